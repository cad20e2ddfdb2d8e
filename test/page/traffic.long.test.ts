import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { PCAPS } from "../score/truth.js";
import { CHROMIUM, type Opened, Pages } from "../support/browser.js";
import { drop, JUDGING_PAGE } from "../support/judging-page.js";
import { itIf } from "../support/require.js";

const inBrowser = itIf(CHROMIUM !== null, "no Chromium (apt-get install chromium)");
/** 108 packets each way; of one way 11 numbers are missing. */
const LOSS = readFileSync(new URL("esp-loss-responder.pcap", PCAPS));

let pages: Pages | null = null;
beforeAll(async () => {
  if (CHROMIUM !== null) pages = await Pages.start();
});
afterAll(async () => pages?.stop());

/** A page on which the traffic of a tunnel is looked at. */
async function withTraffic(use: (opened: Opened) => Promise<void>, width = 1200): Promise<void> {
  if (pages === null) throw new Error("the browser did not start");
  const opened = await pages.open(JUDGING_PAGE, { viewport: { width, height: 900 } });
  try {
    await drop(opened.page, [{ name: "a.pcap", bytes: LOSS }]);
    await opened.page.locator(".traffic > summary").click();
    await opened.page.locator(".plot .area").first().waitFor();
    await use(opened);
    expect(opened.faults).toEqual([]);
  } finally {
    await opened.close();
  }
}

/** "108 packets" of the text beside the pictures. */
async function packetsIn(page: Page): Promise<number> {
  const text = await page.locator(".traffic [role=status]").innerText();
  return Number(/: (\d+) packets/.exec(text)?.[1]);
}

describe("the traffic of a tunnel, looked at closely", () => {
  inBrowser("has every packet of a stream, and every number that is missing", async () => {
    await withTraffic(async ({ page }) => {
      const said = page.locator(".traffic [role=status]");
      expect(await said.innerText()).toMatch(/: 108 packets; numbers were passed over 11 times, 11 in all$/);
      await page.locator("summary", { hasText: "Numbers that were passed over" }).click();
      expect(await page.locator(".traffic .evidence li").count()).toBe(11);
      await page.locator(".traffic .chip", { hasText: "<-" }).click();
      expect(await said.innerText()).toMatch(/: 108 packets; numbers were passed over 0 times, 0 in all$/);
      expect(await page.locator(".plot").last().innerHTML()).toContain("MTU 1500: 1472 B");
    });
  });

  inBrowser("is zoomed by keys, and all is there again", async () => {
    await withTraffic(async ({ page }) => {
      await page.locator(".plot").first().focus();
      for (let times = 0; times < 3; times++) await page.keyboard.press("+");
      const closer = await packetsIn(page);
      expect(closer).toBeLessThan(60);
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("-");
      expect(await packetsIn(page)).toBeGreaterThan(closer);
      await page.keyboard.press("0");
      expect(await packetsIn(page)).toBe(108);
    });
  });

  inBrowser("is zoomed by drag, and by wheel on a picture that has the focus", async () => {
    await withTraffic(async ({ page }) => {
      const plot = page.locator(".plot").first();
      await plot.scrollIntoViewIfNeeded();
      const box = await plot.boundingBox();
      if (box === null) throw new Error("the picture is not seen");
      await page.mouse.move(box.x + box.width * 0.25, box.y + 40);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.5, box.y + 40);
      await page.mouse.up();
      const dragged = await packetsIn(page);
      expect(dragged).toBeGreaterThan(15);
      expect(dragged).toBeLessThan(40);
      await plot.focus();
      await page.mouse.wheel(0, -100);
      await expect.poll(() => packetsIn(page)).toBeLessThan(dragged);
      await plot.dblclick();
      expect(await packetsIn(page)).toBe(108);
    });
  });

  inBrowser("is read again where it is looked at so closely that packets stand apart", async () => {
    await withTraffic(async ({ page }) => {
      await page.evaluate(`{
        const { postMessage } = Worker.prototype;
        globalThis.spans = [];
        Worker.prototype.postMessage = function (message, ...rest) {
          if (message.question?.about === "traffic") spans.push(message.question.span);
          return postMessage.call(this, message, ...rest);
        };
      }`);
      await page.locator(".plot").first().focus();
      for (let times = 0; times < 8; times++) await page.keyboard.press("+");
      const before = await packetsIn(page);
      await expect.poll(() => page.evaluate("spans.length")).toBe(1);
      expect(before).toBeGreaterThan(0);
      await page.keyboard.press("0");
      expect(await packetsIn(page)).toBe(108);
    });
  });

  inBrowser("fits a phone", async () => {
    await withTraffic(async ({ page }) => {
      expect(
        await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
      ).toBe(0);
    }, 390);
  });
});
