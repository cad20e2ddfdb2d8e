import { describe, expect, it } from "vitest";
import { notify } from "../support/ike/payloads-v2.js";
import {
  accusations,
  codes,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  type Scenario,
  scenario,
} from "../support/scenario/index.js";

const CODE = "ike-fragmentation-not-negotiated";
const TRIES = [0.1, 4.1, 11.3, 24.3];
const SUPPORTED = [notify(16430)];

/** IKE_SA_INIT with or without the notify on each side, then IKE_AUTH in IP fragments again and again. */
function tell(talk: Scenario, byInitiator: boolean, byResponder: boolean, times = TRIES) {
  const [request] = talk.at(0).initiator.sends(ikeSaInit({ notifies: byInitiator ? SUPPORTED : [] }));
  const [answer] = talk.at(0.05).responder.sends(ikeSaInitAnswer({ notifies: byResponder ? SUPPORTED : [] }));
  talk.at(...times).initiator.sends(ikeAuth({ inner: 3000 }), { ipFragments: 1480 });
  return { request, answer };
}

describe(CODE, () => {
  it.each([
    ["neither side does", false, false, "Switch it on at the initiator 192.0.2.10 first"],
    ["the responder does not", true, false, "Switch it on at the responder 198.51.100.20"],
  ])("names %s beside the lost fragments", (who, byInitiator, byResponder, remedy) => {
    const talk = scenario();
    const { request, answer } = tell(talk, byInitiator, byResponder);
    const judgement = talk.endsAt(90).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "warning", confidence: "certain", phase: "IKE_SA_INIT" });
    expect(found.headline).toContain(`${who} announce it`);
    expect(found.summary).toContain(remedy);
    expect(evidence(found)).toEqual([request?.number, answer?.number]);
    expect(accusations(judgement)).toEqual(["ip-fragments-lost", CODE]);
    expect(faults(judgement)).toEqual(["ip-fragments-lost"]);
  });

  it("is silent where both sides announce it", () => {
    const talk = scenario();
    tell(talk, true, true);
    expect(accusations(talk.endsAt(90).judge())).toEqual(["ip-fragments-lost"]);
  });

  it("is silent where the fragments arrive", () => {
    const talk = scenario();
    tell(talk, false, false, [0.1]);
    talk.at(0.3).responder.sends(ikeAuthAnswer());
    expect(codes(talk.endsAt(90).judge())).not.toContain(CODE);
  });

  it("is silent where a small IKE_AUTH meets silence", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.05).responder.sends(ikeSaInitAnswer());
    talk.at(...TRIES).initiator.sends(ikeAuth());
    expect(codes(talk.endsAt(90).judge())).not.toContain(CODE);
  });

  it("is silent where a filter on ports may have hidden the later fragments", () => {
    const talk = scenario({ near: "responder" });
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.05).responder.sends(ikeSaInitAnswer());
    talk.at(...TRIES).initiator.sends(ikeAuth({ inner: 3000 }), { ipFragments: 1480, kept: [0] });
    expect(codes(talk.judge())).not.toContain(CODE);
  });
});
