import { describe, expect } from "vitest";
import type { FirefoxPage } from "../support/firefox.js";
import { firefoxOfFile, inFirefox, PATIENCE_MS } from "../support/firefox-test.js";
import { HOSTILE, hostileCapture } from "../support/hostile.js";
import { drop, JUDGING_PAGE } from "../support/judging-page.js";
import { commandAnswer, PAGE_CASES } from "../support/page-cases.js";
import { PACKED, packedAnswer } from "../support/page-packed.js";
import { SEED } from "../support/seed.js";

/** Of the labelled captures each third is dropped, another third with each commit. */
const SHARE = 3;

const running = firefoxOfFile();

function open(html = JUDGING_PAGE): Promise<FirefoxPage> {
  return running().open(html);
}

describe("the page in Firefox", () => {
  inFirefox(
    "says of the labelled captures what the command says",
    async () => {
      const page = await open();
      for (const { labelled, file } of PAGE_CASES.filter((_, index) => (index + SEED) % SHARE === 0)) {
        const answer = await drop(page, [file()]);
        const { file: name } = labelled.truth;
        expect({ name, ...answer }).toEqual({ name, ...(await commandAnswer(labelled)) });
      }
      expect(await page.faults()).toEqual([]);
    },
    PATIENCE_MS,
  );

  inFirefox(
    "reads gzip of one member and of many, cut, damaged, and of more than 6 MiB",
    async () => {
      const page = await open();
      for (const packed of PACKED) {
        const { refused, ...answer } = await drop(page, [{ name: "trace.pcap.gz", bytes: packed.bytes() }]);
        expect(answer, packed.what).toEqual(await packedAnswer(packed));
        expect(refused).toMatch(packed.refused);
      }
      expect(await page.faults()).toEqual([]);
    },
    PATIENCE_MS,
  );

  inFirefox("gives the same without WebAssembly", async () => {
    const page = await open(JUDGING_PAGE.replace(" 'wasm-unsafe-eval'", ""));
    for (const { labelled, file } of PAGE_CASES.filter((_, index) => index % 40 === 0)) {
      expect(await drop(page, [file()])).toEqual(await commandAnswer(labelled));
    }
  });

  inFirefox("shows hostile texts in every field and in its name, and nothing of them acts", async () => {
    const page = await open();
    await drop(page, [{ name: `${HOSTILE[0]}.pcap`, bytes: hostileCapture() }]);
    const shown = await page.evaluate<{ title: string; acting: number; text: string }>(`(async () => {
      const shows = async (selector) => {
        while (document.querySelector(selector) === null) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      };
      await shows(".row");
      for (const row of document.querySelectorAll(".row")) row.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      await shows("[role=complementary], aside");
      for (const details of document.querySelectorAll("details")) details.open = true;
      return {
        title: document.title,
        acting: document.querySelectorAll("img, iframe, object, embed, script[src], b b, main style").length,
        text: document.querySelector("main").textContent,
      };
    })()`);
    expect(shown.title).toMatch(/ - ikescope$/);
    expect(shown.acting).toBe(0);
    expect(shown.text).toContain(HOSTILE[0]);
    expect(await page.faults()).toEqual([]);
  });

  inFirefox("is watched: what a page must not do shows", async () => {
    const page = await open("<!doctype html><title>x</title><script>console.error('said')</script>");
    await page.evaluate(`new Promise((resolve) => {
      setTimeout(() => { resolve(); throw new Error("thrown"); }, 0);
    })`);
    await page.evaluate(`fetch("http://127.0.0.1:8089/").catch(() => null)`);
    const faults = await page.faults();
    expect(faults).toContain("error said");
    expect(faults).toContain("Error: thrown");
    expect(faults).toContain("request http://127.0.0.1:8089/");
  });
});
