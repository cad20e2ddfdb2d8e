import { describe, expect, it } from "vitest";
import { notify, transform } from "../support/ike/payloads-v2.js";
import {
  codes,
  evidence,
  faults,
  finding,
  ikeSaInit,
  initNotify,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

const ADDKE = { offers: [{ encr: [[20, 256]], prf: [5], group: [19], others: [transform(6, 36)] }] } as const;

describe("ike-unsupported-extension", () => {
  it("fires on INVALID_SYNTAX after additional key exchanges", () => {
    const talk = scenario();
    const [request] = talk.at(0).initiator.sends(ikeSaInit(ADDKE));
    const [answer] = talk.at(0.1).responder.sends(initNotify(7));
    const judgement = talk.endsAt(10).judge();
    const found = finding(judgement, "ike-unsupported-extension");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "IKE_SA_INIT" });
    expect(found.headline).toContain("ADDKE");
    expect(evidence(found)).toEqual([request?.number, answer?.number]);
    expect(faults(judgement)).toEqual(["ike-unsupported-extension"]);
  });

  it("fires on INVALID_SYNTAX after USE_PPK and INTERMEDIATE_EXCHANGE_SUPPORTED", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit({ notifies: [notify(16435), notify(16438)] }));
    talk.at(0.1).responder.sends(initNotify(7));
    const found = finding(talk.endsAt(10).judge(), "ike-unsupported-extension");
    expect(found.headline).toContain("USE_PPK, INTERMEDIATE_EXCHANGE_SUPPORTED");
  });

  it("fires on UNSUPPORTED_CRITICAL_PAYLOAD, and names the payload", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(initNotify(1, Uint8Array.of(54)));
    const judgement = talk.endsAt(10).judge();
    expect(finding(judgement, "ike-unsupported-extension")).toMatchObject({ confidence: "certain" });
    expect(finding(judgement, "ike-unsupported-extension").headline).toContain("payload PS");
  });

  it("is a warning where the initiator comes up without it", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit(ADDKE));
    talk.at(0.1).responder.sends(initNotify(7));
    setsUp(talk, { from: 5, sa: talk.newSa() });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "ike-unsupported-extension").severity).toBe("warning");
    expect(faults(judgement)).toEqual([]);
  });

  it("stays silent on INVALID_SYNTAX after a plain request, and where a normal answer overrides the claim", () => {
    const plain = scenario();
    plain.at(0).initiator.sends(ikeSaInit());
    plain.at(0.1).responder.sends(initNotify(7));
    expect(codes(plain.endsAt(10).judge())).not.toContain("ike-unsupported-extension");
    const forged = scenario();
    const request = ikeSaInit(ADDKE);
    forged.at(0).initiator.sends(request);
    forged.at(0.01).responder.sends(initNotify(7));
    setsUp(forged, { from: 0.02 });
    expect(codes(forged.endsAt(10).judge())).not.toContain("ike-unsupported-extension");
  });
});
