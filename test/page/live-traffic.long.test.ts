import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { startLivePage } from "../../src/cli/live/live-page.js";
import { PagePackets } from "../../src/cli/live/page-packets.js";
import { PLAIN } from "../../src/report/presentation.js";
import { PCAPS } from "../score/truth.js";
import { CHROMIUM, Pages } from "../support/browser.js";
import { RunningGateway } from "../support/live/running-gateway.js";
import { itIf } from "../support/require.js";

const inBrowser = itIf(CHROMIUM !== null, "no Chromium (apt-get install chromium)");
/** 108 packets each way; of one way 11 numbers are missing. */
const LOSS = readFileSync(new URL("esp-loss-responder.pcap", PCAPS));

let pages: Pages | null = null;
beforeAll(async () => {
  if (CHROMIUM !== null) pages = await Pages.start();
});
afterAll(async () => pages?.stop());

/** The tunnel of a gateway that has captured some of it, on its page, its ESP looked at closely. */
async function watching(
  use: (page: Page, gateway: RunningGateway) => Promise<void>,
  width = 1200,
): Promise<void> {
  if (pages === null) throw new Error("the browser did not start");
  const gateway = new RunningGateway(LOSS);
  for (let step = 0; step < 6; step++) await gateway.step();
  const server = await startLivePage({ address: "127.0.0.1", port: 0 }, gateway.engine, {
    presentation: PLAIN,
    packets: new PagePackets(gateway.recent, "ikescope test"),
  });
  const { page, faults } = await pages.visit(server.url, { viewport: { width, height: 900 } });
  try {
    await page.locator("tbody a").click();
    await page.locator(".traffic > summary").click();
    await page.locator(".plot .area").first().waitFor();
    await use(page, gateway);
    expect(faults).toEqual([]);
  } finally {
    await page.context().close();
    await server.close();
  }
}

async function said(page: Page): Promise<string> {
  return page.locator(".traffic > div > [role=status]").innerText();
}

async function packetsIn(page: Page): Promise<number> {
  return Number(/: (\d+) packets/.exec(await said(page))?.[1]);
}

describe("the ESP of a running gateway, looked at closely", () => {
  inBrowser("has what came before and what comes, with the numbers that are missing", async () => {
    await watching(async (page, gateway) => {
      const before = await packetsIn(page);
      expect(before).toBeGreaterThan(0);
      expect(before).toBeLessThan(108);
      while (await gateway.step());
      await expect.poll(() => packetsIn(page), { timeout: 30_000 }).toBe(108);
      const texts = [await said(page)];
      await page.locator(".traffic .chip[aria-pressed=false]").click();
      texts.push(await said(page));
      const missing = texts.map((text) => /: 108 packets; .* (\d+) in all$/.exec(text)?.[1]);
      expect(new Set(missing)).toEqual(new Set(["0", "11"]));
      expect(await page.locator(".plot").last().innerHTML()).toContain("MTU 1500: 1472 B");
    });
  });

  inBrowser("is told by its packets where these are remembered, and all is there again", async () => {
    await watching(async (page, gateway) => {
      while (await gateway.step());
      await expect.poll(() => packetsIn(page), { timeout: 30_000 }).toBe(108);
      const asked = page.waitForResponse(/\/traffic\?id=1&from=/);
      await page.locator(".plot").first().focus();
      for (let times = 0; times < 8; times++) await page.keyboard.press("+");
      expect((await asked).status()).toBe(200);
      await expect.poll(() => packetsIn(page)).toBeLessThan(10);
      await page.keyboard.press("0");
      expect(await packetsIn(page)).toBe(108);
    });
  });

  inBrowser("stays open in another language, and fits a phone", async () => {
    await watching(async (page) => {
      await page.getByRole("button", { name: "\u4e2d\u6587" }).click();
      await page.locator(".traffic[open] .plot .area").first().waitFor();
      expect(await page.locator(".traffic > summary").innerText()).toMatch(/\p{Script=Han}/u);
      const beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await page.evaluate(beyond)).toBe(0);
    }, 390);
  });
});
