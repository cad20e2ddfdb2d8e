import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  dialogue,
  evidence,
  every,
  faults,
  finding,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const CODE = "encapsulation-disagreement";

describe(CODE, () => {
  it("fires where one side sends protocol 50 and the other UDP", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    const native = talk.at(...every(2, 1, 21)).initiator.esp({ udp: false });
    const wrapped = talk.at(...every(3, 1.5, 22.5)).responder.esp({ udp: true });
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "ESP" });
    expect(found.headline).toBe("192.0.2.10 sends ESP as protocol 50, 198.51.100.20 sends it in UDP");
    expect(evidence(found)).toEqual(
      [native[0], wrapped[0], native.at(-1), wrapped.at(-1)].map((frame) => frame?.number),
    );
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("is an explanation where the traffic is brisk both ways", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    talk.at(...every(0.05, 1, 11)).initiator.esp({ udp: false });
    talk.at(...every(0.1, 1.01, 11)).responder.esp({ udp: true });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, CODE).severity).toBe("info");
    expect(accusations(judgement)).toEqual([]);
  });

  it("is an explanation where slow questions are answered: it works", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    dialogue(talk, [1, 5, 9, 14, 20], { ask: { udp: false }, answer: { udp: true } });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, CODE).severity).toBe("info");
    expect(accusations(judgement)).toEqual([]);
  });

  it.each([true, false])("is silent where both do the same (UDP: %s)", (floats) => {
    const talk = scenario({ floats });
    setsUp(talk);
    traffic(talk, 1, 20);
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("is silent where both change the encapsulation, one after the other", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    talk.at(1, 2, 3, 4, 5, 6).initiator.esp({ udp: false });
    talk.at(1.1, 2.1, 3.1, 4.1).responder.esp({ udp: false });
    talk.at(7, 8, 9, 10, 11).initiator.esp({ udp: true });
    talk.at(5.1, 6.1, 7.1, 8.1, 9.1).responder.esp({ udp: true });
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });
});
