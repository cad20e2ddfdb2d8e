import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { generated, recorded } from "../score/labelled.js";
import { PCAPS, readTruth } from "../score/truth.js";
import { sampled } from "../support/sample.js";
import { extractOf, judgeAgain, judgeBytes, verdictOf } from "../support/extract.js";

/** One of so many captures is cut in `npm test`. */
const SHARE = 24;

/** Captures of one event at several places. */
const scenarios = new Map<string, string[]>();
for (const { scenario, file } of readTruth()) {
  scenarios.set(scenario, [...(scenarios.get(scenario) ?? []), fileURLToPath(new URL(file, PCAPS))]);
}

/** Files that overlap in time tell no order between them; the extract is one file, and says more. */
const ONE_CHILD = "esp-one-way-one-child";

describe("the extract of a labelled capture", () => {
  it.each(
    sampled([...recorded(), ...generated()], SHARE).map(({ truth, open }) => [truth.file, open] as const),
  )("%s comes to the same verdict as the whole", async (_, open) => {
    const { judgement, extract } = await extractOf(open);
    expect(verdictOf(await judgeAgain(extract))).toEqual(verdictOf(judgement));
  });

  it.each(
    sampled(
      [...scenarios].filter(([name, files]) => files.length > 1 && name !== ONE_CHILD),
      SHARE,
    ),
  )("%s: so does that of all places of an event, read as one", async (_, files) => {
    const { judgement, extract } = await extractOf(() => openCaptures(files));
    expect(verdictOf(await judgeBytes(extract))).toEqual(verdictOf(judgement));
  });
});
