import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { AnonymizedSource, analyze } from "../../src/index.js";
import { shapeOf } from "../support/shape.js";
import { PCAPS, readTruth } from "../score/truth.js";

const KEY = new TextEncoder().encode("a secret of the tests");

describe("a labelled capture made anonymous", () => {
  it.each(readTruth().map(({ file }) => file))("%s is judged as before", async (file) => {
    const path = fileURLToPath(new URL(file, PCAPS));
    const { judgement } = await analyze(await openCaptures([path]));
    const anonymous = await analyze(new AnonymizedSource(await openCaptures([path]), KEY));
    expect(anonymous.error).toBeNull();
    expect(shapeOf(anonymous.judgement)).toEqual(shapeOf(judgement));
  });
});
