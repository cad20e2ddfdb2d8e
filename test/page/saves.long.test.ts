import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { PCAPS } from "../score/truth.js";
import { readBytes } from "../support/capture/read-all.js";
import { CHROMIUM, type Opened, Pages } from "../support/browser.js";
import { drop, JUDGING_PAGE } from "../support/judging-page.js";
import { itIf } from "../support/require.js";

const inBrowser = itIf(CHROMIUM !== null, "no Chromium (apt-get install chromium)");
const COMMAND = fileURLToPath(new URL("../bin/ikescope.js", PCAPS));
const CAPTURE = readFileSync(new URL("port4500-blocked-nat-initiator.pcap", PCAPS));
const folder = mkdtempSync(join(tmpdir(), "ikescope-saves-"));
writeFileSync(join(folder, "a.pcap"), CAPTURE);

let pages: Pages | null = null;
beforeAll(async () => {
  if (CHROMIUM !== null) pages = await Pages.start();
});
afterAll(async () => {
  await pages?.stop();
  rmSync(folder, { recursive: true });
});

/** A page on which a.pcap was dropped. */
async function withCapture(use: (opened: Opened) => Promise<void>): Promise<void> {
  if (pages === null) throw new Error("the browser did not start");
  const opened = await pages.open(JUDGING_PAGE, { permissions: ["clipboard-read", "clipboard-write"] });
  try {
    await drop(opened.page, [{ name: "a.pcap", bytes: CAPTURE }]);
    await use(opened);
    expect(opened.faults).toEqual([]);
  } finally {
    await opened.close();
  }
}

interface Saved {
  readonly name: string;
  readonly bytes: Buffer;
}

async function save(page: Page, button: string): Promise<Saved> {
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: button, exact: true }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Output of the command for the same file. */
function printed(...options: readonly string[]): string {
  return execFileSync(process.execPath, [COMMAND, "a.pcap", "--fail-on", "never", ...options], {
    cwd: folder,
    encoding: "utf8",
  });
}

describe("what the page saves", () => {
  for (const [button, name, format] of [
    ["Report (HTML)", "a-report.html", "html"],
    ["Markdown", "a-report.md", "markdown"],
    ["Tunnels (CSV)", "a-tunnels.csv", "csv"],
    ["JSON", "a-report.json", "json"],
  ] as const) {
    inBrowser(`${name} is what the command prints`, async () => {
      await withCapture(async ({ page }) => {
        const saved = await save(page, button);
        expect(saved.name).toBe(name);
        expect(saved.bytes.toString()).toBe(printed("-f", format));
      });
    });
  }

  inBrowser("the evidence is that of the command", async () => {
    await withCapture(async ({ page }) => {
      const saved = await save(page, "Evidence (pcapng)");
      expect(saved.name).toBe("a-evidence.pcapng");
      printed("--evidence", "evidence.pcapng");
      expect(saved.bytes.equals(readFileSync(join(folder, "evidence.pcapng")))).toBe(true);
    });
  });

  inBrowser("the Markdown for a ticket goes to the clipboard whole", async () => {
    await withCapture(async ({ page }) => {
      await page.getByRole("button", { name: "Copy the report as Markdown" }).click();
      await page.getByText("Copied").waitFor();
      expect(`${String(await page.evaluate("navigator.clipboard.readText()"))}\n`).toBe(
        printed("-f", "markdown"),
      );
    });
  });

  for (const [button, name] of [
    ["Evidence, anonymized", "anonymized-evidence.pcapng"],
    ["Whole capture, anonymized", "anonymized-capture.pcapng"],
  ] as const) {
    inBrowser(`${name} tells the fault again and nobody's address`, async () => {
      await withCapture(async ({ page }) => {
        const [first, second] = [await save(page, button), await save(page, button)];
        expect(first.name).toBe(name);
        for (const address of [
          [192, 0, 2, 10],
          [198, 51, 100, 20],
        ]) {
          expect(first.bytes.includes(Buffer.from(address))).toBe(false);
        }
        expect(first.bytes.includes("a.pcap")).toBe(false);
        // Each has a key of its own, which nobody keeps.
        expect(first.bytes.equals(second.bytes)).toBe(false);
        expect(await drop(page, [first])).toMatchObject({
          word: "failing (likely)",
          what: "IKE_AUTH request on UDP 4500 never answered (4 attempts in 4.8 s); UDP 500 works",
        });
      });
    });
  }

  inBrowser("the whole capture, anonymized, has every frame, at its time and of its length", async () => {
    await withCapture(async ({ page }) => {
      const { bytes } = await save(page, "Whole capture, anonymized");
      const shape = async (file: Uint8Array): Promise<unknown> =>
        (await readBytes(file)).records.map(({ time, originalLength, bytes: { length } }) => ({
          time,
          originalLength,
          length,
        }));
      expect(await shape(bytes)).toEqual(await shape(CAPTURE));
    });
  });
});
