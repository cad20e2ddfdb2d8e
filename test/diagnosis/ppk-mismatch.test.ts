import { describe, expect, it } from "vitest";
import { notify } from "../support/ike/payloads-v2.js";
import {
  accusations,
  authRefusal,
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
  type Scenario,
  scenario,
} from "../support/scenario/index.js";

const INTERMEDIATE = 43;
const INTERMEDIATE_SUPPORTED = 16438;
const PPK = { notifies: [notify(16435)] };

function stopsBehindIntermediate(): Scenario {
  const talk = scenario({ floats: true });
  talk.at(0).initiator.sends(ikeSaInit({ notifies: [notify(16435), notify(INTERMEDIATE_SUPPORTED)] }));
  talk.at(0.1).responder.sends(ikeSaInitAnswer({ notifies: [notify(INTERMEDIATE_SUPPORTED)] }));
  talk.at(0.2).initiator.sends(fragmented(INTERMEDIATE, false, 2));
  talk.at(0.3).responder.sends(encrypted(INTERMEDIATE, true, { inner: 1100 }));
  return talk;
}

describe("ppk-mismatch", () => {
  it("fires where USE_PPK is not agreed to and the initiator stops", () => {
    const talk = scenario();
    const [request] = talk.at(0).initiator.sends(ikeSaInit(PPK));
    const [answer] = talk.at(0.1).responder.sends(ikeSaInitAnswer());
    const judgement = talk.endsAt(30).judge();
    const found = finding(judgement, "ppk-mismatch");
    expect(found).toMatchObject({ severity: "critical", confidence: "possible", phase: "IKE_SA_INIT" });
    expect(evidence(found)).toEqual([request?.number, answer?.number]);
    expect(faults(judgement)).toEqual(["ppk-mismatch"]);
    expect(codes(judgement)).not.toContain("ike-auth-missing");
  });

  it("fires where the initiator stops behind the answer to IKE_INTERMEDIATE, as strongSwan does", () => {
    const talk = stopsBehindIntermediate();
    const judgement = talk.endsAt(30).judge();
    expect(faults(judgement)).toEqual(["ppk-mismatch"]);
    // The request in two fragments is not cited.
    expect(evidence(finding(judgement, "ppk-mismatch"))).toEqual([1, 2, 5]);
    const soon = finding(stopsBehindIntermediate().endsAt(3).judge(), "ike-auth-missing");
    expect(soon.rivals.map(({ code }) => code)).toContain("ppk-mismatch");
    expect(soon.rivals.map(({ code }) => code)).not.toContain("natt-4500-unanswered");
  });

  it("stays silent where IKE_AUTH follows IKE_INTERMEDIATE", () => {
    const talk = scenario({ floats: true });
    talk.at(0).initiator.sends(ikeSaInit({ notifies: [notify(16435), notify(INTERMEDIATE_SUPPORTED)] }));
    talk.at(0.1).responder.sends(ikeSaInitAnswer({ notifies: [notify(INTERMEDIATE_SUPPORTED)] }));
    talk.at(0.2).initiator.sends(encrypted(INTERMEDIATE, false, { inner: 1100 }));
    talk.at(0.3).responder.sends(encrypted(INTERMEDIATE, true, { inner: 1100 }));
    talk.at(0.4).initiator.sends(ikeAuth({ id: 2 }));
    talk.at(0.5).responder.sends(ikeAuthAnswer({ id: 2 }));
    expect(accusations(talk.endsAt(30).judge())).toEqual([]);
  });

  it("stays silent where the key is optional and the setup goes on, whatever becomes of it", () => {
    const healthy = scenario();
    healthy.at(0).initiator.sends(ikeSaInit(PPK));
    healthy.at(0.1).responder.sends(ikeSaInitAnswer());
    healthy.at(0.2).initiator.sends(ikeAuth());
    healthy.at(0.3).responder.sends(ikeAuthAnswer());
    expect(accusations(healthy.endsAt(30).judge())).toEqual([]);
    const refused = scenario();
    refused.at(0).initiator.sends(ikeSaInit(PPK));
    refused.at(0.1).responder.sends(ikeSaInitAnswer(PPK));
    refused.at(0.2).initiator.sends(ikeAuth());
    refused.at(0.3).responder.sends(authRefusal());
    const judgement = refused.endsAt(30).judge();
    expect(faults(judgement)).toEqual(["authentication-failed"]);
    expect(finding(judgement, "authentication-failed").rivals.map(({ code }) => code)).toContain(
      "ppk-mismatch",
    );
  });

  it("stays silent where the capture ends soon, and where both or none have USE_PPK", () => {
    const short = scenario();
    short.at(0).initiator.sends(ikeSaInit(PPK));
    short.at(0.1).responder.sends(ikeSaInitAnswer());
    expect(codes(short.endsAt(2).judge())).not.toContain("ppk-mismatch");
    for (const options of [PPK, {}]) {
      const talk = scenario();
      talk.at(0).initiator.sends(ikeSaInit(options));
      talk.at(0.1).responder.sends(ikeSaInitAnswer(options));
      expect(faults(talk.endsAt(30).judge())).toEqual(["ike-auth-missing"]);
    }
  });
});
