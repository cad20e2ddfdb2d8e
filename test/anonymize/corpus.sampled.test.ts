import { describe, expect, it } from "vitest";
import { AnonymizedSource, analyze } from "../../src/index.js";
import { sampled } from "../support/sample.js";
import { shapeOf } from "../support/shape.js";
import { generated, recorded } from "../score/labelled.js";

/** One of so many captures is judged in `npm test`. */
const SHARE = 24;
const KEY = new TextEncoder().encode("a secret of the tests");

describe("a labelled capture made anonymous", () => {
  it.each(
    sampled([...recorded(), ...generated()], SHARE).map(({ truth, open }) => [truth.file, open] as const),
  )("%s is judged as before", async (_, open) => {
    const { judgement } = await analyze(await open());
    const anonymous = await analyze(new AnonymizedSource(await open(), KEY));
    expect(anonymous.error).toBeNull();
    expect(shapeOf(anonymous.judgement)).toEqual(shapeOf(judgement));
  });
});
