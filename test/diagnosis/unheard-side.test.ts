import { describe, expect, it } from "vitest";
import {
  createChild,
  evidence,
  finding,
  ikeAuth,
  ikeSaInit,
  informational,
  informationalAnswer,
  mainMode,
  numbers,
  quickMode,
  type Scenario,
  scenario,
} from "../support/scenario/index.js";

/** Captures in which no packet of the side that is asked stands: the sniffer sees one direction, or that side is silent. */
const BACK_OFF = [1, 2, 3.8, 7];
const INTERRUPTED_AT = 9;

describe("a request that repeats when the capture ends, to a side that is not in the capture", () => {
  it.each<[string, string, (talk: Scenario) => unknown]>([
    [
      "a liveness check",
      "dpd-timeout",
      (talk) => talk.at(...BACK_OFF).initiator.sends(informational({ id: 7 })),
    ],
    [
      "a liveness check of the responder",
      "dpd-timeout",
      (talk) => talk.at(...BACK_OFF).responder.sends(informational({ id: 7 })),
    ],
    ["a rekey", "rekey-unanswered", (talk) => talk.at(...BACK_OFF).initiator.sends(createChild({ id: 7 }))],
    ["IKE_AUTH", "ike-auth-unanswered", (talk) => talk.at(...BACK_OFF).initiator.sends(ikeAuth())],
    [
      "quick mode, after a phase 1 of which one side was captured",
      "quick-mode-unanswered",
      (talk) => {
        talk.at(0).initiator.sends(mainMode(1));
        talk.at(0.1).initiator.sends(mainMode(3));
        talk.at(0.2).initiator.sends(mainMode(5));
        talk.at(...BACK_OFF).initiator.sends(quickMode(1));
      },
    ],
  ])("suspects silence: %s", (_, code, tell) => {
    const talk = scenario();
    tell(talk);
    const judgement = talk.endsAt(INTERRUPTED_AT).judge();
    const found = finding(judgement, code);
    expect(judgement.status).toBe("suspected");
    expect(found).toMatchObject({ severity: "critical", confidence: "possible", doubt: "fault" });
    expect(found.rivals.map((rival) => rival.code)).toContain("capture-one-direction");
  });

  it("cites the attempts, and says why they count", () => {
    const talk = scenario();
    const attempts = talk.at(...BACK_OFF).initiator.sends(informational({ id: 7 }));
    const found = finding(talk.endsAt(INTERRUPTED_AT).judge(), "dpd-timeout");
    expect(evidence(found)).toEqual(numbers(attempts));
    expect(found.summary).toContain("an answer that reached 192.0.2.10 would have ended the repeats");
  });

  it("is sure of it where five attempts took long, and go on", () => {
    const talk = scenario();
    talk.at(1, 5, 12.2, 25.2, 48.5).initiator.sends(informational({ id: 7 }));
    const judgement = talk.endsAt(70).judge();
    expect(judgement.status).toBe("failing");
    expect(finding(judgement, "dpd-timeout").confidence).toBe("likely");
  });

  it("suspects it where the asker gives up and begins anew", () => {
    const talk = scenario();
    talk.at(...BACK_OFF).initiator.sends(informational({ id: 7 }));
    talk.at(20).initiator.sends(ikeSaInit({ sa: talk.newSa() }));
    expect(finding(talk.endsAt(21).judge(), "dpd-timeout").confidence).toBe("possible");
  });

  it.each<[string, number, (talk: Scenario) => unknown]>([
    [
      "goes on to the next request",
      INTERRUPTED_AT,
      (talk) => {
        talk.at(...BACK_OFF).initiator.sends(informational({ id: 7 }));
        talk.at(8).initiator.sends(informational({ id: 8 }));
      },
    ],
    [
      "sends ESP on a new SPI",
      INTERRUPTED_AT,
      (talk) => {
        talk.at(...BACK_OFF).initiator.sends(createChild({ id: 7 }));
        talk.at(7.5, 8, 8.5).initiator.esp({ spi: 0xabcd1234 });
      },
    ],
    [
      "no longer repeats it, though the next attempt was due",
      60,
      (talk) => talk.at(...BACK_OFF).initiator.sends(informational({ id: 7 })),
    ],
    [
      "has asked twice, which one lost packet explains",
      INTERRUPTED_AT,
      (talk) => talk.at(1, 5).initiator.sends(informational({ id: 7 })),
    ],
    [
      "has asked three times within moments",
      3,
      (talk) => talk.at(0.5, 1, 2).initiator.sends(informational({ id: 7 })),
    ],
    [
      "repeats its answers: the requests stand elsewhere",
      INTERRUPTED_AT,
      (talk) => talk.at(...BACK_OFF).initiator.sends(informationalAnswer({ id: 7 })),
    ],
  ])("stays silent where the asker %s", (_, end, tell) => {
    const talk = scenario();
    tell(talk);
    expect(talk.endsAt(end).judge().status).toBe("nothing-to-judge");
  });
});
