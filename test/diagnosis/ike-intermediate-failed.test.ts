import { describe, expect, it } from "vitest";
import { notify } from "../support/ike/payloads-v2.js";
import {
  codes,
  encrypted,
  evidence,
  faults,
  finding,
  fragmented,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  numbers,
  type Scenario,
  scenario,
} from "../support/scenario/index.js";

const INTERMEDIATE = 43;
const SUPPORTED = 16438;

function opensWithIntermediate(talk: Scenario) {
  talk.at(0).initiator.sends(ikeSaInit({ notifies: [notify(SUPPORTED)] }));
  return talk.at(0.1).responder.sends(ikeSaInitAnswer({ notifies: [notify(SUPPORTED)] }));
}

describe("ike-intermediate-failed", () => {
  it("fires where a large IKE_INTERMEDIATE in IP fragments is never answered", () => {
    const talk = scenario({ floats: true });
    const opened = opensWithIntermediate(talk);
    const frames = talk
      .at(0.2, 4.2, 11.4)
      .initiator.sends(encrypted(INTERMEDIATE, false, { inner: 2000 }), { ipFragments: 1480 });
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "ike-intermediate-failed");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "IKE_INTERMEDIATE" });
    // The last fragment of each is the frame that completes it.
    expect(evidence(found)).toEqual(numbers([...opened, ...frames.filter((_, index) => index % 2 === 0)]));
    expect(faults(judgement)).toEqual(["ike-intermediate-failed"]);
  });

  it("fires on IKE fragments, and in one piece on a port that works", () => {
    const pieces = scenario();
    opensWithIntermediate(pieces);
    pieces.at(0.2, 4.2, 11.4).initiator.sends(fragmented(INTERMEDIATE, false, 3));
    expect(faults(pieces.endsAt(60).judge())).toEqual(["ike-intermediate-failed"]);
    const whole = scenario();
    opensWithIntermediate(whole);
    whole.at(0.2, 4.2, 11.4).initiator.sends(encrypted(INTERMEDIATE, false, { inner: 900 }));
    const judgement = whole.endsAt(60).judge();
    expect(finding(judgement, "ike-intermediate-failed").confidence).toBe("possible");
    expect(faults(judgement)).toEqual(["ike-intermediate-failed"]);
  });

  it("names a closed port 4500 beside lost fragments where nothing ever came from there", () => {
    for (const heard of [false, true]) {
      const talk = scenario({ floats: true });
      opensWithIntermediate(talk);
      talk.at(0.2).initiator.sends(encrypted(INTERMEDIATE, false, { inner: 900 }));
      if (heard) talk.at(0.3).responder.sends(encrypted(INTERMEDIATE, true, { inner: 900 }));
      const second = { id: heard ? 2 : 1 };
      talk.at(0.4, 4.4, 11.5).initiator.sends(fragmented(INTERMEDIATE, false, 2, second));
      const found = finding(talk.endsAt(60).judge(), "ike-intermediate-failed");
      expect(found.confidence).toBe(heard ? "likely" : "possible");
      expect(found.rivals.map(({ code }) => code)).toEqual(
        heard ? ["ike-fragments-lost"] : ["natt-4500-unanswered", "ike-fragments-lost"],
      );
    }
  });

  it("leaves it to natt-4500-unanswered where nothing on 4500 was ever answered", () => {
    const talk = scenario({ floats: true });
    opensWithIntermediate(talk);
    talk.at(0.2, 4.2, 11.4).initiator.sends(encrypted(INTERMEDIATE, false, { inner: 400 }));
    expect(faults(talk.endsAt(60).judge())).toEqual(["natt-4500-unanswered"]);
  });

  it("stays silent where it is answered after a loss, and where IKE_AUTH is what fails", () => {
    const healed = scenario();
    opensWithIntermediate(healed);
    healed.at(0.2, 4.2).initiator.sends(encrypted(INTERMEDIATE, false, { inner: 900 }));
    healed.at(4.3).responder.sends(encrypted(INTERMEDIATE, true, { inner: 900 }));
    healed.at(4.4).initiator.sends(ikeAuth({ id: 2 }));
    healed.at(4.5).responder.sends(ikeAuthAnswer({ id: 2 }));
    expect(codes(healed.endsAt(60).judge())).not.toContain("ike-intermediate-failed");
    const later = scenario();
    opensWithIntermediate(later);
    later.at(0.2).initiator.sends(encrypted(INTERMEDIATE, false, { inner: 900 }));
    later.at(0.3).responder.sends(encrypted(INTERMEDIATE, true, { inner: 900 }));
    later.at(0.4, 4.4, 11.5).initiator.sends(ikeAuth({ id: 2 }));
    expect(faults(later.endsAt(60).judge())).toEqual(["ike-auth-unanswered"]);
  });
});
