import { describe, expect, it } from "vitest";
import { codes, evidence, finding, scenario, setsUp } from "../support/scenario/index.js";

const CODE = "clock-jump";

describe(CODE, () => {
  it("is told where the time goes back by minutes", () => {
    const talk = scenario();
    setsUp(talk);
    const judgement = talk.judgeWith({ stepBack: { by: 120_000_000, frame: 3, time: 1 } });
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "warning", tunnel: null });
    expect(found.headline).toBe("the time of the capture goes back by 2 min 0 s (frame 3)");
    expect(evidence(found)).toEqual([3]);
    expect(judgement.status).toBe("up");
  });

  it.each([
    ["small disorder of merged interfaces", { by: 900_000, frame: 3, time: 1 }],
    ["steady time", null],
  ])("is silent about %s", (_name, stepBack) => {
    const talk = scenario();
    setsUp(talk);
    expect(codes(talk.judgeWith({ stepBack }))).not.toContain(CODE);
  });
});
