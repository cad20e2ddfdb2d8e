import { readFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { startLivePage } from "../../src/cli/live/live-page.js";
import { PagePackets } from "../../src/cli/live/page-packets.js";
import { PLAIN } from "../../src/report/presentation.js";
import { PCAPS } from "../score/truth.js";
import { LOWEST_CONTRAST } from "../support/browser.js";
import { ikescope } from "../support/command.js";
import type { FirefoxPage } from "../support/firefox.js";
import { click, firefoxOfFile, inFirefox } from "../support/firefox-test.js";
import { drop, JUDGING_PAGE } from "../support/judging-page.js";
import { RunningGateway } from "../support/live/running-gateway.js";

const captured = (name: string) => ({ name, bytes: readFileSync(new URL(name, PCAPS)) });
/** One tunnel with a finding about its ESP, and ten tunnels. */
const LOSS = captured("esp-loss-responder.pcap");
const TEN = captured("healthy-ten-clients-initiator.pcap");

const WIDTHS = [390, 800, 1400] as const;
const SCHEMES = ["light", "dark"] as const;
const LANGUAGES = ["en", "zh"] as const;

const running = firefoxOfFile();

/** Waits until something in the page is so. */
function until(page: FirefoxPage, expression: string): Promise<boolean> {
  return page.evaluate<boolean>(`(async () => {
    while (!(${expression})) await new Promise((resolve) => requestAnimationFrame(resolve));
    return true;
  })()`);
}

/** Shows a tunnel with a message open and its ESP looked at closely. */
async function openAll(page: FirefoxPage): Promise<void> {
  await until(page, "document.querySelector('.ladder .row')");
  await click(page, ".ladder .row");
  await until(page, "document.querySelector('.panel.open .tree, .panel.open li')");
  await page.evaluate("void document.querySelectorAll('details').forEach((one) => (one.open = true))");
  await until(page, "document.querySelector('.traffic') === null || document.querySelector('.plot .area')");
}

/** Faults of how a page looks at each width, in light and in dark. */
async function looksOf(page: FirefoxPage): Promise<string[]> {
  const faults: string[] = [];
  for (const width of WIDTHS) {
    for (const scheme of SCHEMES) {
      await running().screen(width, scheme);
      await until(page, `innerWidth === ${width} && matchMedia("(prefers-color-scheme: ${scheme})").matches`);
      const say = (what: string): void => void faults.push(`${width} ${scheme}: ${what}`);
      const beyond = await page.evaluate<number>(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      if (beyond > 0) say(`${beyond} px beyond the page`);
      const contrast = await page.evaluate<number>(LOWEST_CONTRAST);
      if (contrast < 4.5) say(`contrast ${contrast}`);
      // Buttons and badges are read whole.
      const cut = await page.evaluate<string[]>(
        `[...document.querySelectorAll("button, .badge")].filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
          .map(({ textContent }) => textContent)`,
      );
      if (cut.length > 0) say(`cut: ${cut.join(", ")}`);
      const hex = await page.evaluate<number>(
        "(() => { const hex = document.querySelector('.hex'); return hex === null ? 0 : hex.scrollWidth - hex.clientWidth; })()",
      );
      if (width === 1400 && hex > 0) say(`${hex} px of the bytes are beyond their panel`);
    }
  }
  return faults;
}

describe.each(LANGUAGES)("in Firefox (%s)", (language) => {
  inFirefox("the page fits phones and screens, in light and dark", async () => {
    await running().screen(800, "light");
    const page = await running().open(JUDGING_PAGE, `#lang=${language}`);
    await drop(page, [LOSS]);
    await openAll(page);
    await until(page, "document.querySelector('.hex')");
    expect(await looksOf(page)).toEqual([]);
    await drop(page, [TEN]);
    await openAll(page);
    expect(await looksOf(page)).toEqual([]);
    expect(await page.faults()).toEqual([]);
  });

  inFirefox("the report fits phones and screens, in light and dark", async () => {
    await running().screen(800, "light");
    for (const { name } of [LOSS, TEN]) {
      const { stdout } = await ikescope(["-f", "html", "--lang", language, `pcaps/${name}`]);
      const page = await running().open(stdout);
      await openAll(page);
      expect(await looksOf(page)).toEqual([]);
      expect(await page.faults()).toEqual([]);
    }
  });

  inFirefox("the page of a running gateway does, too", async () => {
    const gateway = new RunningGateway(LOSS.bytes);
    while (await gateway.step());
    const server = await startLivePage({ address: "127.0.0.1", port: 0 }, gateway.engine, {
      presentation: PLAIN,
      packets: new PagePackets(gateway.recent, "ikescope test"),
    });
    try {
      await running().screen(800, "light");
      const page = await running().visit(server.url);
      await page.evaluate(`void (location.hash = "#tunnel=1&lang=${language}")`);
      await openAll(page);
      expect(await looksOf(page)).toEqual([]);
      expect(await page.faults()).toEqual([]);
    } finally {
      await server.close();
    }
  });
});

describe("in Firefox", () => {
  inFirefox("all views are reached by keys on a phone", async () => {
    await running().screen(390, "light");
    const page = await running().open(JUDGING_PAGE);
    const first: string[] = [];
    for (let tabs = 0; tabs < 6; tabs++) {
      await page.press("Tab");
      first.push(await page.evaluate<string>("document.activeElement.textContent.trim()"));
    }
    for (const name of ["Times: UTC", "Colours: auto", "Choose files"]) expect(first).toContain(name);
    await drop(page, [TEN]);
    await until(page, "document.querySelector('.ladder .row') && document.querySelector('.traffic')");
    const wanted = [
      [".saves button", "what can be saved"],
      ["#filter", "the filter of tunnels"],
      [".list a", "a tunnel of the list"],
      [".ladder", "the exchanges"],
      [".streams .scroll", "the table of streams"],
      [".traffic > summary", "the closer look"],
      ["footer summary", "the licences"],
    ] as const;
    const reached = new Set<string>();
    for (let tabs = 0; tabs < 250 && reached.size < wanted.length; tabs++) {
      await page.press("Tab");
      const on = await page.evaluate<string[]>(
        `${JSON.stringify(wanted)}.filter(([selector]) => document.activeElement.closest(selector) !== null).map(([, name]) => name)`,
      );
      for (const name of on) reached.add(name);
    }
    expect(wanted.map(([, name]) => name).filter((name) => !reached.has(name))).toEqual([]);
    await page.evaluate("void document.querySelector('.traffic > summary').focus()");
    await page.press("Enter");
    await until(page, "document.querySelector('.plot .area')");
    for (let tabs = 0; !(await page.evaluate("document.activeElement.matches('.plot')")); tabs++) {
      expect(tabs).toBeLessThan(60);
      await page.press("Tab");
    }
    const before = await page.evaluate<string>(
      "document.querySelector('.traffic [role=status]').textContent",
    );
    await page.press("+", "+");
    await until(
      page,
      `document.querySelector('.traffic [role=status]').textContent !== ${JSON.stringify(before)}`,
    );
  });
});
