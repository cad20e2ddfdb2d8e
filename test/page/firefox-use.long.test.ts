import { readFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { toHex } from "../../src/bytes/hex.js";
import { startLivePage } from "../../src/cli/live/live-page.js";
import { PagePackets } from "../../src/cli/live/page-packets.js";
import { PLAIN } from "../../src/report/presentation.js";
import { PCAPS } from "../score/truth.js";
import { ikescope } from "../support/command.js";
import { judgeBytes } from "../support/extract.js";
import type { FirefoxPage } from "../support/firefox.js";
import { click, firefoxOfFile, inFirefox } from "../support/firefox-test.js";
import { drop, JUDGING_PAGE } from "../support/judging-page.js";
import { CIPHER_KEY, INTEGRITY_KEY, KEYS, SEALED } from "../support/keys/sealed-capture.js";
import { BlockedGateway } from "../support/live/blocked-gateway.js";
import { remembered } from "../support/live/remembered.js";

const NAME = "port4500-blocked-nat-initiator.pcap";
const CAPTURE = readFileSync(new URL(NAME, PCAPS));

const running = firefoxOfFile();

/** Waits until something in the page is so, and gives it. */
function until<T>(page: FirefoxPage, expression: string): Promise<T> {
  return page.evaluate<T>(`(async () => {
    for (;;) {
      const found = ${expression};
      if (found) return found;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  })()`);
}

/** Presses the button of that name. */
function pressButton(page: FirefoxPage, name: string): Promise<void> {
  return page.evaluate(
    `void [...document.querySelectorAll("button")].find(({ textContent }) => textContent === ${JSON.stringify(name)}).click()`,
  );
}

const focused = (page: FirefoxPage): Promise<string> =>
  page.evaluate(
    `[document.activeElement.tagName, document.activeElement.textContent.trim()].join(" ").slice(0, 40)`,
  );

describe("the page in Firefox", () => {
  inFirefox("opens what is encrypted with keys that are dropped, and shows no key", async () => {
    const page = await running().open(JUDGING_PAGE);
    await drop(page, [SEALED, KEYS]);
    expect(await page.evaluate("document.querySelector('.keys summary').textContent")).toBe(
      "Keys: 1 of 1 open something of the capture",
    );
    await until(page, "document.querySelector('.row')");
    await click(page, ".row");
    const text = await until<string>(
      page,
      "document.querySelector('.hex') && document.querySelector('aside').textContent",
    );
    expect(text).toMatch(/Decrypted .*opened with keys\.csv line 1.*NO_PROPOSAL_CHOSEN/);
    const html = await page.evaluate<string>("document.documentElement.outerHTML");
    for (const key of [CIPHER_KEY, INTEGRITY_KEY]) expect(html).not.toContain(toHex(key).slice(0, 16));
    expect(await page.faults()).toEqual([]);
  });

  inFirefox("saves each file that it offers, reports as the command prints them", async () => {
    const page = await running().open(JUDGING_PAGE);
    await drop(page, [{ name: NAME, bytes: CAPTURE }]);
    for (const [button, ending, format] of [
      ["Report (HTML)", "report.html", "html"],
      ["Markdown", "report.md", "markdown"],
      ["Tunnels (CSV)", "tunnels.csv", "csv"],
      ["JSON", "report.json", "json"],
    ] as const) {
      const saved = await page.saved(() => pressButton(page, button));
      expect(saved.name).toBe(`port4500-blocked-nat-initiator-${ending}`);
      const { stdout } = await ikescope(["-f", format, `pcaps/${NAME}`]);
      // The command tells where the file lies, a page does not know.
      expect(saved.bytes.toString()).toBe(stdout.replaceAll(`pcaps/${NAME}`, NAME));
    }
    for (const button of ["Evidence (pcapng)", "Evidence, anonymized", "Whole capture, anonymized"]) {
      const { name, bytes } = await page.saved(() => pressButton(page, button));
      expect(name).toMatch(/\.pcapng$/);
      expect(bytes.includes(Buffer.from([198, 51, 100, 20]))).toBe(button === "Evidence (pcapng)");
      const { findings } = await judgeBytes(Uint8Array.from(bytes));
      expect(findings[0]?.code).toBe("natt-4500-unanswered");
    }
    expect(await page.faults()).toEqual([]);
  });

  inFirefox("is used by keys alone, from the answer to a message and back", async () => {
    const page = await running().open(JUDGING_PAGE);
    await drop(page, [{ name: NAME, bytes: CAPTURE }]);
    expect(await focused(page)).toBe("H2 192.0.2.10 -> 198.51.100.20");
    await until(page, "document.querySelector('.row')");
    for (let tabs = 0; !(await focused(page)).startsWith("svg"); tabs++) {
      expect(tabs).toBeLessThan(60);
      await page.press("Tab");
    }
    await page.press("ArrowDown");
    await until(page, "document.querySelector('.hex')");
    await page.press("Tab");
    expect(await focused(page)).toBe("BUTTON Close");
    for (let tabs = 0; !(await page.evaluate("document.activeElement.matches('.hex')")); tabs++) {
      expect(tabs).toBeLessThan(200);
      await page.press("Tab");
    }
    await page.press("Home", "ArrowRight", "ArrowDown", "ArrowRight");
    expect(await page.evaluate("document.querySelector('aside .chosen').textContent")).toContain(
      "Exchange type IKE_SA_INIT",
    );
    await page.press("Escape");
    expect(await focused(page)).toMatch(/^svg /);
    expect(await page.faults()).toEqual([]);
  });
});

describe("the page of a running gateway in Firefox", () => {
  inFirefox("follows a tunnel, shows a message with its bytes, and saves", async () => {
    const gateway = await BlockedGateway.create();
    const server = await startLivePage({ address: "127.0.0.1", port: 0 }, gateway, {
      presentation: PLAIN,
      packets: new PagePackets(await remembered(CAPTURE), "ikescope test"),
    });
    try {
      const page = await running().visit(server.url);
      await until(page, "document.querySelector('tbody .badge[data-status=setting-up]')?.textContent");
      gateway.blocks();
      await until(page, "document.querySelector('tbody .badge[data-status=failing]')?.textContent");
      await click(page, "tbody a");
      await until(page, "document.querySelector('.ladder .row')?.isConnected");
      await click(page, ".ladder .row");
      await until(page, "document.querySelector('.hex .cells span')?.isConnected");
      const evidence = await page.saved(() => pressButton(page, "Evidence (pcapng)"));
      const { findings } = await judgeBytes(Uint8Array.from(evidence.bytes));
      expect(findings[0]?.code).toBe("natt-4500-unanswered");
      const { name, bytes } = await page.saved(() => pressButton(page, "Tunnels (CSV)"));
      expect(name).toBe("ikescope-eth0-tunnels.csv");
      expect(bytes.toString()).toContain("natt-4500-unanswered");
      await server.close();
      await until(page, "!document.querySelector('[role=alert]').hidden");
      // Only the connection that ended is told of.
      expect((await page.faults()).filter((fault) => !fault.includes(server.url))).toEqual([]);
    } finally {
      await server.close();
    }
  });
});
