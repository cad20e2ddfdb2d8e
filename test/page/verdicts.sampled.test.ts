import { afterAll, beforeAll, describe, expect } from "vitest";
import { CHROMIUM, type Opened, Pages } from "../support/browser.js";
import { drop, JUDGING_PAGE } from "../support/judging-page.js";
import { commandAnswer, PAGE_CASES } from "../support/page-cases.js";
import { itIf } from "../support/require.js";
import { sampled } from "../support/sample.js";

const inBrowser = itIf(CHROMIUM !== null, "no Chromium (apt-get install chromium)");

/** In `npm test` one capture of so many is dropped. */
const SHARE = 96;
/** Captures of a test: one that takes too long shows where. */
const AT_ONCE = 60;
/** Each capture has a worker of its own, which a busy machine takes its time to start. */
const PATIENCE_MS = 180_000;

const DRAWN = sampled(PAGE_CASES, SHARE);
const PARTS = Array.from({ length: Math.ceil(DRAWN.length / AT_ONCE) }, (_, part) => part * AT_ONCE);

let pages: Pages | null = null;
let opened: Opened | null = null;
beforeAll(async () => {
  if (CHROMIUM === null) return;
  pages = await Pages.start();
  opened = await pages.open(JUDGING_PAGE);
});
afterAll(async () => pages?.stop());

describe("the page says of the labelled captures what the command says", () => {
  for (const from of PARTS) {
    inBrowser(
      `from number ${from + 1} on`,
      async () => {
        if (opened === null) throw new Error("the browser did not start");
        for (const { labelled, file } of DRAWN.slice(from, from + AT_ONCE)) {
          const answer = await drop(opened.page, [file()]);
          expect({ file: labelled.truth.file, ...answer }).toEqual({
            file: labelled.truth.file,
            ...(await commandAnswer(labelled)),
          });
        }
        expect(opened.faults).toEqual([]);
      },
      PATIENCE_MS,
    );
  }
});
