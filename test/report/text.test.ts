import { describe, expect, it } from "vitest";
import { renderText } from "../../src/index.js";
import { judgeLabelled } from "../score/score.js";
import { readTruth } from "../score/truth.js";

const truths = readTruth();

describe("the text report", () => {
  it.each(truths)("of $file fits 100 columns and begins with the verdict", async (truth) => {
    const text = renderText(await judgeLabelled(truth));
    const lines = text.split("\n");
    expect(lines[0]?.startsWith(truth.status.replaceAll("-", " ").toUpperCase())).toBe(true);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });

  it("of one failing tunnel has about 60 lines at most", async () => {
    for (const truth of truths.filter(({ status }) => status === "failing")) {
      const lines = renderText(await judgeLabelled(truth)).split("\n");
      expect(lines.length, truth.file).toBeLessThanOrEqual(65);
    }
  });

  it("colours only where it is told to", async () => {
    const [truth] = truths;
    if (truth === undefined) throw new Error("no labelled capture");
    const judgement = await judgeLabelled(truth);
    expect(renderText(judgement)).not.toContain("\u001b");
    expect(renderText(judgement, { colour: true })).toContain("\u001b[");
  });
});
