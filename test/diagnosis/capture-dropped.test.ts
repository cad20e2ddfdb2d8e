import { describe, expect, it } from "vitest";
import { codes, evidence, finding, scenario, setsUp } from "../support/scenario/index.js";

const CODE = "capture-dropped";

describe(CODE, () => {
  it("is told where the file counts drops, and says nothing about the tunnel", () => {
    const talk = scenario();
    setsUp(talk);
    const judgement = talk.judgeWith({ dropped: 110 });
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "warning", confidence: "certain", tunnel: null });
    expect(found.headline).toBe("110 packets were dropped while capturing (4 were kept)");
    expect(evidence(found)).toEqual([1, 4]);
    expect(judgement.status).toBe("up");
  });

  it.each([0, null])("is silent where the file says %s", (dropped) => {
    const talk = scenario();
    setsUp(talk);
    expect(codes(talk.judgeWith({ dropped }))).not.toContain(CODE);
  });
});
