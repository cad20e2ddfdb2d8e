import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { PCAPS, readTruth } from "../score/truth.js";
import { extractOf, judgeBytes, verdictOf } from "../support/extract.js";

describe("the extract of a labelled capture", () => {
  it.each(readTruth().map(({ file }) => file))("%s comes to the same verdict as the whole", async (file) => {
    const path = fileURLToPath(new URL(file, PCAPS));
    const { judgement, extract } = await extractOf(() => openCaptures([path]));
    expect(verdictOf(await judgeBytes(extract))).toEqual(verdictOf(judgement));
  });
});
