import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/diagnosis/finding.js";
import type { PayloadBytes } from "../support/ike/message.js";
import { certificateRequest } from "../support/ike/payloads-v2.js";
import {
  accusations,
  authRefusal,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  INNER,
  opens,
  type Scenario,
  type ScenarioOptions,
  scenario,
  setsUp,
  type SuiteName,
  traffic,
} from "../support/scenario/index.js";

/** IKE_AUTH round `id` of EAP: a request of `asked` bytes of payloads, answered with `said`. */
function round(talk: Scenario, from: number, id: number, asked: number, said: number): void {
  talk.at(from).initiator.sends(ikeAuth({ id, inner: asked }));
  talk.at(from + 0.05).responder.sends(ikeAuthAnswer({ id, inner: said }));
}

/** EAP-MSCHAPv2 up to and with the round of EAP-Success. */
function eapToSuccess(talk: Scenario): void {
  opens(talk);
  round(talk, 0.1, 1, 220, 1300);
  round(talk, 0.2, 2, 30, 45);
  round(talk, 0.3, 3, 75, 60);
  round(talk, 0.4, 4, 12, INNER.eapSuccess);
}

describe("authentication-failed", () => {
  it("fires where the answer to IKE_AUTH holds one notify, and names request and answer", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    const [request] = talk.at(0.1).initiator.sends(ikeAuth());
    const [answer] = talk.at(0.2).responder.sends(authRefusal());
    const judgement = talk.endsAt(10).judge();
    const found = finding(judgement, "authentication-failed");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "IKE_AUTH" });
    expect(evidence(found)).toEqual([request?.number, answer?.number]);
    expect(faults(judgement)).toEqual(["authentication-failed"]);
    expect(judgement.status).toBe("failing");
  });

  it.each([
    ["gcm", 4],
    ["gcm", 16],
    ["chacha", undefined],
    ["cbc", undefined],
    ["cbcSha1", undefined],
    ["cbcSha512", undefined],
    ["tripleDes", undefined],
  ] as const)("fires under %s, padded to %s bytes", (suite: SuiteName, padTo) => {
    const talk = scenario({ suite });
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(authRefusal(padTo === undefined ? {} : { padTo }));
    expect(faults(talk.endsAt(10).judge())).toEqual(["authentication-failed"]);
  });

  it("says so where each side refuses the other one", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(authRefusal());
    const sa = talk.newSa("responder");
    opens(talk, { from: 5, sa });
    talk.at(5.1).responder.sends(ikeAuth({ sa }));
    talk.at(5.2).initiator.sends(authRefusal({ sa }));
    const found = finding(talk.endsAt(10).judge(), "authentication-failed");
    expect(found.headline).toContain("each side rejects the authentication of the other one");
    expect(found.summary).toContain("Both sides begin setups");
  });

  it("fires at once, without waiting for what follows: nothing does", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(authRefusal());
    expect(faults(talk.judge())).toEqual(["authentication-failed"]);
  });

  it("names the Child SA as the other cause where the initiator objects to the short answer", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(authRefusal());
    talk.at(0.21).initiator.sends(informational({ id: 2 }));
    const found = finding(talk.endsAt(10).judge(), "authentication-failed");
    expect(found).toMatchObject({ severity: "critical", confidence: "possible", doubt: "cause" });
    expect(found.rivals[0]?.code).toBe("child-no-proposal-chosen");
  });

  it("fires where EAP ends with one notify and the initiator begins anew", () => {
    const talk = scenario();
    opens(talk);
    round(talk, 0.1, 1, 220, 1300);
    round(talk, 0.2, 2, 30, 45);
    round(talk, 0.3, 3, 75, INNER.bareNotify);
    talk.at(2).initiator.sends(ikeSaInit({ sa: talk.newSa() }));
    expect(faults(talk.endsAt(2.1).judge())).toEqual(["eap-failed"]);
  });

  it("fires where EAP ends with one notify and the capture goes on without another round", () => {
    const talk = scenario();
    opens(talk);
    round(talk, 0.1, 1, 220, 1300);
    round(talk, 0.2, 2, 30, INNER.bareNotify);
    expect(faults(talk.endsAt(20).judge())).toEqual(["eap-failed"]);
  });

  it("fires where the capture begins with IKE_AUTH: under every suite the answer holds one notify only", () => {
    const talk = scenario({ floats: true });
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(authRefusal());
    expect(accusations(talk.endsAt(60).judge())).toEqual(["authentication-failed"]);
  });

  it("is a warning where a later setup comes up", () => {
    const talk = scenario();
    opens(talk);
    round(talk, 0.1, 1, 220, INNER.bareNotify);
    setsUp(talk, { from: 20, sa: talk.newSa() });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "authentication-failed").severity).toBe("warning");
    expect(judgement.status).toBe("degraded");
  });

  it("is critical where it comes after a success", () => {
    const talk = scenario();
    setsUp(talk);
    const sa = talk.newSa();
    opens(talk, { from: 20, sa });
    talk.at(20.1).initiator.sends(ikeAuth({ sa }));
    talk.at(20.2).responder.sends(authRefusal({ sa }));
    expect(faults(talk.endsAt(60).judge())).toEqual(["authentication-failed"]);
  });
});

describe("authentication-failed stays silent", () => {
  it("after EAP with eight rounds that comes up", () => {
    const talk = scenario();
    opens(talk);
    for (let id = 1; id <= 6; id++) round(talk, id / 10, id, id === 1 ? 220 : 300, id === 6 ? 8 : 1000);
    round(talk, 0.8, 7, INNER.auth, 140);
    traffic(talk, 1, 10);
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it("where the capture ends with EAP-Success", () => {
    const talk = scenario();
    eapToSuccess(talk);
    const judgement = talk.endsAt(0.6).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("where the capture ends in the middle of EAP, after a challenge that is short", () => {
    const talk = scenario();
    opens(talk);
    round(talk, 0.1, 1, 220, 1300);
    round(talk, 0.2, 2, 30, 10);
    expect(accusations(talk.endsAt(0.4).judge())).toEqual([]);
  });

  it("where EAP begins without certificate (RFC 5998), and the first answer is short for that reason", () => {
    for (const end of [0.2, 30]) {
      const talk = scenario();
      opens(talk);
      round(talk, 0.1, 1, 160, INNER.id + INNER.eapIdentity);
      const judgement = talk.endsAt(end).judge();
      expect(accusations(judgement)).toEqual([]);
      expect(judgement.status).toBe("nothing-to-judge");
    }
  });

  it("where the capture begins with IKE_AUTH, and a round of EAP has the length of a refusal", () => {
    for (const said of [INNER.eapSuccess, 45, 60]) {
      const talk = scenario({ floats: true });
      round(talk, 0.1, 1, 220, 1300);
      round(talk, 0.2, 2, 30, said);
      talk.at(1).initiator.sends(informational({ id: 3 }));
      talk.at(1.1).responder.sends(informationalAnswer({ id: 3 }));
      // The next round is due there, and the message IDs leave no room for one that was not captured.
      expect(accusations(talk.endsAt(60).judge())).toEqual(["eap-failed"]);
    }
  });

  it("where the last round of EAP is not in the capture, and the IKE SA lives", () => {
    const talk = scenario();
    eapToSuccess(talk);
    talk.at(30).initiator.sends(informational({ id: 6 }));
    talk.at(30.1).responder.sends(informationalAnswer({ id: 6 }));
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("up");
  });

  it.each([
    ["padded to 4 bytes", 4],
    ["padded to 16 bytes", 16],
  ])("on a whole answer under AES-GCM %s", (_name, padTo) => {
    const options: ScenarioOptions = { suite: "gcm" };
    const talk = scenario(options);
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth({ padTo }));
    talk.at(0.2).responder.sends(ikeAuthAnswer({ padTo }));
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });
});

describe("the steps after a refused authentication", () => {
  /** Two setups, the first accepted or not there, the second refused; `inner` bytes in the request. */
  function refused(inner: number, payloads: readonly PayloadBytes[], worked: boolean): Finding {
    const talk = scenario();
    for (const [from, isAccepted] of worked
      ? ([
          [0, true],
          [26, false],
        ] as const)
      : ([[26, false]] as const)) {
      const sa = talk.newSa();
      talk.at(from).initiator.sends(ikeSaInit({ sa }));
      talk.at(from + 0.05).responder.sends(ikeSaInitAnswer({ sa, notifies: payloads }));
      talk.at(from + 0.1).initiator.sends(ikeAuth({ sa, inner }));
      talk.at(from + 0.15).responder.sends(isAccepted ? ikeAuthAnswer({ sa, inner }) : authRefusal({ sa }));
    }
    return finding(talk.endsAt(60).judge(), "authentication-failed");
  }

  it("begin with validity where certificates were accepted before", () => {
    const found = refused(1500, [certificateRequest()], true);
    expect(found.headline).toContain("(certificate or ID)");
    expect(found.remedies[0]).toContain("validity");
    expect(found.summary).toContain("was accepted 26.0 s before");
    expect(found.references).toEqual(["RFC 7296 section 2.21.2"]);
  });

  it("begin with the chain where nothing was accepted before", () => {
    const found = refused(1500, [certificateRequest()], false);
    expect(found.remedies[0]).toContain("chain");
    expect(found.summary).not.toContain("before");
  });

  it.each([
    ["the request is too small for a certificate", 220, [certificateRequest()]],
    ["the responder asks for no certificate", 1500, []],
  ])("name all that may not fit where %s", (_name, inner, payloads) => {
    const found = refused(inner, payloads, false);
    expect(found.headline).toContain("(ID, PSK or certificate)");
    expect(found.remedies).toHaveLength(4);
  });
});
