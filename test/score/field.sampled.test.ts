import { describe, expect, it } from "vitest";
import { faultsOf, FIELD_CONDITIONS, judgeTaken, read, type Taken } from "./field.js";
import { RUNS_EVERY_CASE } from "../support/sample.js";
import { generated, type Labelled, recorded } from "./labelled.js";

/** Each condition is tried on one of so many captures, others than the condition before; `npm run score:field` tries all. */
const SHARE = RUNS_EVERY_CASE ? 4 : 480;

const known = new Map<Labelled, Promise<Taken>>();

function readOnce(labelled: Labelled): Promise<Taken> {
  const taken = known.get(labelled) ?? read(labelled);
  known.set(labelled, taken);
  return taken;
}

describe("labelled captures, taken under other conditions", () => {
  const captures = [...recorded(), ...generated()];

  it.each(FIELD_CONDITIONS.map((condition, number) => ({ ...condition, number })))(
    "$name: nobody is accused of more than before, and what can still be seen is still said",
    async ({ number, ...condition }) => {
      const fitting = captures.filter(({ truth }) => condition.fits(truth));
      const tried = fitting.filter((_, index) => (index + number) % SHARE === 0);
      const faults: string[] = [];
      for (const labelled of tried) {
        const capture = await readOnce(labelled);
        const { accused, lost } = faultsOf(condition, capture.truth, await judgeTaken(condition, capture));
        if (accused.length > 0) faults.push(`${capture.truth.file} is accused of ${accused.join(", ")}`);
        if (lost.length > 0) faults.push(`of ${capture.truth.file} is lost ${lost.join(", ")}`);
      }
      expect(faults).toEqual([]);
    },
  );
});
