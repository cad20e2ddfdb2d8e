import { describe, expect, it } from "vitest";
import { codes, evidence, faults, finding, numbers, scenario, setsUp } from "../support/scenario/index.js";

const CODE = "ah-through-nat";
const NAT = { address: "192.0.2.10", port500: 500, port4500: 4500 };
const BEHIND = { initiator: { address: "10.0.0.5", nat: NAT } };
const TIMES = [1, 2, 3, 4, 5];

describe(CODE, () => {
  it("fires where one side sends AH through a translator and nothing comes back", () => {
    const talk = scenario(BEHIND);
    setsUp(talk);
    const frames = talk.at(...TIMES).initiator.ah();
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "ESP" });
    expect(evidence(found)).toEqual([1, 2, ...numbers(frames.filter((_, index) => index % 4 === 0))]);
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("is silent where AH flows both ways: what looks like NAT is none", () => {
    const talk = scenario(BEHIND);
    setsUp(talk);
    talk.at(...TIMES).initiator.ah();
    talk.at(...TIMES.map((time) => time + 0.1)).responder.ah();
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });

  it("is silent without a translator", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(...TIMES).initiator.ah();
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });

  it("is silent about ESP", () => {
    const talk = scenario(BEHIND);
    setsUp(talk);
    talk.at(...TIMES).initiator.esp();
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });
});
