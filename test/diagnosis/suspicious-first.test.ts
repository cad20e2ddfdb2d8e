import { describe, expect, it } from "vitest";
import { judge, judgeStepwise } from "../../src/diagnosis/judge.js";
import { partialOutage } from "../support/outage/partial-outage.js";

const FAILING = 9;
const model = partialOutage(200, { blocked: 5, wrongKeys: 1, oneWay: 1, unanswered: 2 }).kept();

describe("judging that is ended early", () => {
  it("has come to the tunnels that look as if something were wrong", () => {
    const steps = judgeStepwise(model, [], {});
    for (let step = 0; step < FAILING; step++) steps.next(false);
    const last = steps.next(true);
    if (last.done !== true) throw new Error("the judging goes on");
    const { causes, notJudged, status } = last.value;
    expect([status, notJudged]).toEqual(["failing", 200 - FAILING]);
    expect(causes.reduce((sum, { tunnels }) => sum + tunnels.length, 0)).toBe(FAILING);
  });

  it("leaves the tunnels of a whole judgement in their order", () => {
    const ids = judge(model, []).tunnels.map(({ tunnel }) => tunnel.id);
    expect(ids).toEqual(model.tunnels.map(({ id }) => id));
  });
});
