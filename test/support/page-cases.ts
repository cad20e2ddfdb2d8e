import { readFileSync } from "node:fs";
import { pageHead } from "../../src/report/html/head.js";
import { printableData } from "../../src/report/html/printable-data.js";
import { PLAIN } from "../../src/report/presentation.js";
import { STORIES } from "../score/generated/index.js";
import { generated, type Labelled, recorded, storyFile } from "../score/labelled.js";
import { judgeLabelled } from "../score/score.js";
import { PCAPS } from "../score/truth.js";
import type { DroppedFile, PageAnswer } from "./judging-page.js";

/** A labelled capture, as a file that can be dropped on the page. */
interface PageCase {
  readonly labelled: Labelled;
  readonly file: () => DroppedFile;
}

export const PAGE_CASES: readonly PageCase[] = [
  ...recorded().map((labelled) => {
    const { file } = labelled.truth;
    return { labelled, file: () => ({ name: file, bytes: readFileSync(new URL(file, PCAPS)) }) };
  }),
  ...generated().flatMap((labelled, index) => {
    const story = STORIES[index];
    return story === undefined
      ? []
      : { labelled, file: () => ({ name: story.name, bytes: storyFile(story) }) };
  }),
];

/** What the page has to say of a capture: what the command says. */
export async function commandAnswer(labelled: Labelled): Promise<PageAnswer> {
  const { word, who, what } = printableData(pageHead(await judgeLabelled(labelled), PLAIN));
  return { word, who, what, refused: "" };
}
