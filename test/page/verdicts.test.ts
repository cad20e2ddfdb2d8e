import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UTC } from "../../src/bytes/clock.js";
import { pageHead } from "../../src/report/html/head.js";
import { printableData } from "../../src/report/html/printable-data.js";
import { STORIES } from "../score/generated/index.js";
import { generated, recorded, storyFile } from "../score/labelled.js";
import { judgeLabelled } from "../score/score.js";
import { PCAPS } from "../score/truth.js";
import { CHROMIUM, type Opened, Pages } from "../support/browser.js";
import { type DroppedFile, drop, JUDGING_PAGE } from "../support/judging-page.js";
import { itIf } from "../support/require.js";

const inBrowser = itIf(CHROMIUM !== null, "no Chromium (apt-get install chromium)");

/** Captures of a test: one that takes too long shows where. */
const AT_ONCE = 60;
/** Each capture has a worker of its own, which a busy machine takes its time to start. */
const PATIENCE_MS = 180_000;

const FILES: readonly (() => DroppedFile)[] = [
  ...recorded().map(({ truth: { file } }) => () => ({
    name: file,
    bytes: readFileSync(new URL(file, PCAPS)),
  })),
  ...STORIES.map((story) => () => ({ name: story.name, bytes: storyFile(story) })),
];
const LABELLED = [...recorded(), ...generated()].map((labelled, index) => ({ labelled, file: FILES[index] }));
const PARTS = Array.from({ length: Math.ceil(LABELLED.length / AT_ONCE) }, (_, part) => part * AT_ONCE);

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
      `from the ${from + 1}st on`,
      async () => {
        if (opened === null) throw new Error("the browser did not start");
        for (const { labelled, file } of LABELLED.slice(from, from + AT_ONCE)) {
          const answer = await drop(opened.page, file === undefined ? [] : [file()]);
          const { word, who, what } = printableData(pageHead(await judgeLabelled(labelled), UTC));
          expect({ file: labelled.truth.file, ...answer }).toEqual({
            file: labelled.truth.file,
            word,
            who,
            what,
            refused: "",
          });
        }
        expect(opened.faults).toEqual([]);
      },
      PATIENCE_MS,
    );
  }

  it("all of them", () => expect(FILES.length).toBe(LABELLED.length));
});
