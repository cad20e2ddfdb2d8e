import { describe, expect, it } from "vitest";
import {
  accusations,
  aggressiveMode,
  clearNotifyV1,
  codes,
  evidence,
  faults,
  finding,
  mainMode,
  mainModeUp,
  scenario,
} from "../support/scenario/index.js";

describe("ike-mode-mismatch", () => {
  it("fires where aggressive mode is ignored and main mode of the same peer is answered", () => {
    const talk = scenario();
    const sa = talk.newSa();
    talk.at(0).initiator.sends(mainMode(1));
    const [answer] = talk.at(0.1).responder.sends(mainMode(2));
    const tries = talk.at(10, 14, 21).initiator.sends(aggressiveMode(1, { sa }));
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "ike-mode-mismatch");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "AGGRESSIVE_MODE" });
    expect(evidence(found)).toEqual([...tries.map(({ number }) => number), answer?.number]);
    expect(codes(judgement)).not.toContain("ike-init-unanswered");
  });

  it("fires where the exchange type is refused in clear", () => {
    const talk = scenario();
    const [request] = talk.at(0).initiator.sends(aggressiveMode(1));
    const [answer] = talk.at(0.1).responder.sends(clearNotifyV1(29));
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "ike-mode-mismatch");
    expect(found).toMatchObject({ severity: "critical", confidence: "certain" });
    expect(evidence(found)).toEqual([request?.number, answer?.number]);
    expect(faults(judgement)).toEqual(["ike-mode-mismatch"]);
  });

  it("is all that is said where the initiator goes on repeating behind the refusal", () => {
    const talk = scenario();
    talk.at(0, 4, 11, 24).initiator.sends(aggressiveMode(1));
    talk.at(0.1).responder.sends(clearNotifyV1(7));
    expect(accusations(talk.endsAt(60).judge())).toEqual(["ike-mode-mismatch"]);
  });

  it("is a warning where main mode comes up behind it", () => {
    const talk = scenario();
    talk.at(0, 4, 11).initiator.sends(aggressiveMode(1));
    mainModeUp(talk, { from: 20, sa: talk.newSa() });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "ike-mode-mismatch").severity).toBe("warning");
    expect(faults(judgement)).toEqual([]);
  });

  it("stays silent where no mode is answered, and on other refusals", () => {
    const talk = scenario();
    talk.at(0, 4, 11).initiator.sends(aggressiveMode(1));
    talk.at(20, 24, 31).initiator.sends(mainMode(1, { sa: talk.newSa() }));
    expect(faults(talk.endsAt(60).judge())).toEqual(["ike-init-unanswered"]);
    const offer = scenario();
    offer.at(0).initiator.sends(aggressiveMode(1));
    offer.at(0.1).responder.sends(clearNotifyV1(14));
    expect(faults(offer.endsAt(60).judge())).toEqual(["ike-no-proposal-chosen"]);
  });
});
