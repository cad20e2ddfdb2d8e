import { beforeAll, describe, expect, it } from "vitest";
import { faultsOf, FIELD_WAYS, judgeTaken, read, type Taken } from "./field.js";
import { RUNS_EVERY_CASE } from "../support/sample.js";
import { generated, recorded } from "./labelled.js";

/** Each way is tried on one of so many captures, others than the way before; `npm run score:field` tries all. */
const SHARE = RUNS_EVERY_CASE ? 4 : 120;

/**
 * What these show lies in packets in clear beside the tunnel, or in the last and first numbers of short streams: another link,
 * another place, a cut or a loss takes it away, and what is left may well be said.
 */
const NOT_AS_TAKEN = /^kernel-(replay-(window-wide|late)|ah-nat|sequence-restart)-/;

describe("labelled captures, taken in another way", () => {
  let captures: readonly Taken[];
  beforeAll(async () => {
    const labelled = [...recorded(), ...generated()].filter(({ truth }) => !NOT_AS_TAKEN.test(truth.file));
    captures = await Promise.all(labelled.map(read));
  });

  it.each(FIELD_WAYS.map((way, number) => ({ ...way, number })))(
    "$name: nobody is accused of more than before, and what can still be seen is still said",
    async ({ number, ...way }) => {
      const fitting = captures.filter(({ truth }) => way.fits(truth));
      const tried = fitting.filter((_, index) => (index + number) % SHARE === 0);
      const faults: string[] = [];
      for (const capture of tried) {
        const { accused, lost } = faultsOf(way, capture.truth, await judgeTaken(way, capture));
        if (accused.length > 0) faults.push(`${capture.truth.file} is accused of ${accused.join(", ")}`);
        if (lost.length > 0) faults.push(`of ${capture.truth.file} is lost ${lost.join(", ")}`);
      }
      expect(faults).toEqual([]);
    },
  );
});
