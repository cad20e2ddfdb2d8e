import { describe, expect, it } from "vitest";
import { notify, type ProposalOptions } from "../support/ike/payloads-v2.js";
import {
  accusations,
  clear,
  clearNotifyV1,
  codes,
  cookieDemand,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  initNotify,
  mainMode,
  mainModeUp,
  type Message,
  noProposalChosen,
  numbers,
  quickModeUp,
  type Scenario,
  scenario,
  setsUp,
  traffic,
  wantsGroup,
} from "../support/scenario/index.js";

const ARCHAIC: ProposalOptions = { encr: [[3]], prf: [2], integ: [2], group: [2] };

describe("ike-no-proposal-chosen", () => {
  it("fires on the clear notify of IKEv2, with the offer and the answer as evidence", () => {
    const talk = scenario();
    const [offer] = talk.at(0).initiator.sends(ikeSaInit());
    const [answer] = talk.at(0.1).responder.sends(noProposalChosen());
    const judgement = talk.endsAt(1).judge();
    const found = finding(judgement, "ike-no-proposal-chosen");
    expect(found).toMatchObject({ severity: "critical", confidence: "certain", phase: "IKE_SA_INIT" });
    expect(evidence(found)).toEqual([offer?.number, answer?.number]);
    expect(found.summary).toContain("Offered: ");
    expect(faults(judgement)).toEqual(["ike-no-proposal-chosen"]);
  });

  it("fires on the clear INFORMATIONAL of IKEv1", () => {
    const talk = scenario();
    talk.at(0, 4, 11).initiator.sends(mainMode(1));
    talk.at(0.1, 4.1, 11.1).responder.sends(clearNotifyV1(14));
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "ike-no-proposal-chosen").phase).toBe("MAIN_MODE");
    expect(faults(judgement)).toEqual(["ike-no-proposal-chosen"]);
  });

  it("fires where the capture holds nothing but the refusal of IKEv1, and takes its sender for the responder", () => {
    const talk = scenario();
    const [refusal] = talk.at(0).responder.sends(clearNotifyV1(14));
    const judgement = talk.endsAt(1).judge();
    const found = finding(judgement, "ike-no-proposal-chosen");
    // A single packet in clear may be forged: nothing shows what it answers.
    expect(found).toMatchObject({ confidence: "likely", phase: "MAIN_MODE" });
    expect(found.rivals.map(({ code }) => code)).toContain("capture-starts-late");
    expect(found.headline).toContain("198.51.100.20 refuses the offer");
    expect(evidence(found)).toEqual([refusal?.number]);
  });

  it("stays silent where a phase 1 went on over the refusal that anybody may have sent", () => {
    const talk = scenario();
    talk.at(0).responder.sends(clearNotifyV1(14));
    mainModeUp(talk, { from: 0.1 });
    quickModeUp(talk, { from: 1 });
    expect(faults(talk.endsAt(60).judge())).toEqual([]);
  });

  it("fires once for many attempts", () => {
    const talk = scenario();
    for (const begin of [0, 10, 20, 30]) {
      const sa = talk.newSa();
      talk.at(begin).initiator.sends(ikeSaInit({ sa }));
      talk.at(begin + 0.1).responder.sends(noProposalChosen({ sa }));
    }
    expect(codes(talk.endsAt(60).judge())).toEqual(["ike-no-proposal-chosen"]);
  });

  it("is a warning where another offer of the same peer is taken later", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(noProposalChosen());
    setsUp(talk, { from: 5, sa: talk.newSa() });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "ike-no-proposal-chosen").severity).toBe("warning");
    expect(judgement.status).toBe("degraded");
  });

  /** Offers at these times that are refused, each another one, and behind them a tunnel that works. */
  const walks = (times: readonly number[], works: number, isOther = true): ReturnType<Scenario["judge"]> => {
    const talk = scenario();
    const offers = [ARCHAIC, { encr: [[12, 256]], prf: [2], integ: [2], group: [5] }] as const;
    for (const [index, at] of times.entries()) {
      const sa = index === 0 ? talk.sa : talk.newSa();
      talk.at(at).initiator.sends(ikeSaInit({ sa, offers: [offers[isOther ? index : 0] ?? ARCHAIC] }));
      talk.at(at + 0.1).responder.sends(noProposalChosen({ sa }));
    }
    setsUp(talk, { from: works, sa: talk.newSa() });
    traffic(talk, works + 1, works + 30);
    return talk.endsAt(works + 60).judge();
  };

  it("is a note where a client goes through its offers until one is accepted", () => {
    const judgement = walks([0, 2], 4);
    const found = finding(judgement, "ike-no-proposal-chosen");
    expect(found.severity).toBe("info");
    expect(found.summary).toContain(
      "192.0.2.10 goes through its offers: the next one is accepted 1.9 s later.",
    );
    expect(judgement.status).toBe("healthy");
  });

  it("is a note also where the client does so each time that it connects", () => {
    const talk = scenario();
    for (const [index, at] of [0, 600].entries()) {
      const sa = index === 0 ? talk.sa : talk.newSa();
      talk.at(at).initiator.sends(ikeSaInit({ sa, offers: [ARCHAIC] }));
      talk.at(at + 0.1).responder.sends(noProposalChosen({ sa }));
      setsUp(talk, { from: at + 2, sa: talk.newSa() });
      traffic(talk, at + 3, at + 590);
    }
    expect(finding(talk.endsAt(1300).judge(), "ike-no-proposal-chosen").severity).toBe("info");
  });

  it.each([
    ["the same offer is refused twice", walks([0, 2], 4, false)],
    ["somebody had the time to change a configuration", walks([0, 2], 40)],
  ])("is a warning where %s", (_, judgement) => {
    expect(finding(judgement, "ike-no-proposal-chosen").severity).toBe("warning");
    expect(judgement.status).toBe("degraded");
  });

  it("is critical where it comes after a success", () => {
    const talk = scenario();
    setsUp(talk);
    const sa = talk.newSa();
    talk.at(20).initiator.sends(ikeSaInit({ sa }));
    talk.at(20.1).responder.sends(noProposalChosen({ sa }));
    expect(faults(talk.endsAt(60).judge())).toEqual(["ike-no-proposal-chosen"]);
  });
});

describe("ike-invalid-ke-loop", () => {
  it("fires where the group is asked for again and again", () => {
    const talk = scenario();
    const frames = [0, 0.2, 0.4].flatMap((second) => [
      ...talk.at(second).initiator.sends(ikeSaInit({ group: 14 })),
      ...talk.at(second + 0.1).responder.sends(wantsGroup(19)),
    ]);
    const judgement = talk.endsAt(10).judge();
    const found = finding(judgement, "ike-invalid-ke-loop");
    expect(found).toMatchObject({ severity: "critical", phase: "IKE_SA_INIT" });
    expect(evidence(found)).toEqual(numbers(frames));
    expect(faults(judgement)).toEqual(["ike-invalid-ke-loop"]);
  });

  it("names the groups that are asked for in turn, as by two gateways behind one address", () => {
    const talk = scenario();
    for (const [second, sent, wanted] of [
      [0, 14, 19],
      [0.2, 19, 14],
      [0.4, 14, 19],
    ] as const) {
      talk.at(second).initiator.sends(ikeSaInit({ group: sent }));
      talk.at(second + 0.1).responder.sends(wantsGroup(wanted));
    }
    const found = finding(talk.endsAt(10).judge(), "ike-invalid-ke-loop");
    expect(found.headline).toContain("asks for group ECP_256 and MODP_2048 in turn");
    expect(found.summary).toContain("several with different proposals behind one address");
  });

  it("fires where the wanted group was never offered", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(wantsGroup(31));
    expect(faults(talk.endsAt(10).judge())).toEqual(["ike-invalid-ke-loop"]);
  });

  it("fires where one request repeats unchanged, and names the lost demand as a rival", () => {
    const talk = scenario();
    const request = ikeSaInit({ group: 14 });
    for (const second of [0, 4, 11, 24]) {
      talk.at(second).initiator.sends(request);
      talk.at(second + 0.1).responder.sends(wantsGroup(19));
    }
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "ike-invalid-ke-loop");
    expect(found).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(found.rivals.map(({ code }) => code)).toEqual(["ike-response-lost"]);
    expect(faults(judgement)).toEqual(["ike-invalid-ke-loop"]);
  });

  it("stays silent where one lost demand is repeated", () => {
    const talk = scenario();
    talk.at(0, 4).initiator.sends(ikeSaInit({ group: 14 }));
    talk.at(0.1, 4.1).responder.sends(wantsGroup(19));
    talk.at(4.2).initiator.sends(ikeSaInit());
    talk.at(4.3).responder.sends(ikeSaInitAnswer());
    expect(faults(talk.endsAt(5).judge())).toEqual([]);
  });

  it("stays silent where one round was enough, which is told as ike-invalid-ke-retry", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit({ group: 14 }));
    const [wanted] = talk.at(0.1).responder.sends(wantsGroup(19));
    setsUp(talk, { from: 0.2 });
    const judgement = talk.endsAt(10).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(evidence(finding(judgement, "ike-invalid-ke-retry"))).toContain(wanted?.number);
    expect(judgement.status).toBe("up");
  });

  it("stays silent where the capture ends after the first round", () => {
    const talk = scenario();
    talk
      .at(0)
      .initiator.sends(ikeSaInit({ group: 14, offers: [{ encr: [[20, 256]], prf: [5], group: [14, 19] }] }));
    talk.at(0.1).responder.sends(wantsGroup(19));
    const judgement = talk.endsAt(0.2).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("stays silent where the first round's answer was lost and given again", () => {
    const talk = scenario();
    talk.at(0, 4).initiator.sends(ikeSaInit({ group: 14 }));
    talk.at(0.1, 4.1).responder.sends(wantsGroup(19));
    setsUp(talk, { from: 4.2 });
    expect(faults(talk.endsAt(10).judge())).toEqual([]);
  });
});

describe("cookie-challenge", () => {
  it("is an explanation, not a fault", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    const [cookie] = talk.at(0.05).responder.sends(cookieDemand());
    talk.at(0.1).initiator.sends(ikeSaInit({ cookie: true }));
    talk.at(0.15).responder.sends(ikeSaInitAnswer());
    talk.at(0.2).initiator.sends(ikeAuth());
    talk.at(0.25).responder.sends(ikeAuthAnswer());
    const judgement = talk.endsAt(30).judge();
    expect(finding(judgement, "cookie-challenge").severity).toBe("info");
    expect(evidence(finding(judgement, "cookie-challenge"))).toEqual([cookie?.number]);
    expect(judgement.status).toBe("up");
  });

  it("is not told where the capture ends with the demand", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.05).responder.sends(cookieDemand());
    expect(accusations(talk.endsAt(0.1).judge())).toEqual([]);
  });
});

describe("ike-version-mismatch", () => {
  it("fires on INVALID_MAJOR_VERSION", () => {
    const talk = scenario();
    const [request] = talk.at(0).initiator.sends(ikeSaInit());
    const [answer] = talk.at(0.1).responder.sends(initNotify(5, Uint8Array.of(1)));
    const judgement = talk.endsAt(10).judge();
    expect(evidence(finding(judgement, "ike-version-mismatch"))).toEqual([request?.number, answer?.number]);
    expect(faults(judgement)).toEqual(["ike-version-mismatch"]);
  });

  it("fires where IKEv1 is answered with IKEv2", () => {
    const talk = scenario();
    talk.at(0, 4, 11).initiator.sends(mainMode(1));
    const refusal: Message = {
      encode: (envelope) =>
        clear(envelope, { exchange: 34, spi: "0000000000000000", response: true, payloads: [notify(5)] }),
    };
    talk.at(0.1, 4.1, 11.1).responder.sends(refusal);
    expect(faults(talk.endsAt(60).judge())).toEqual(["ike-version-mismatch"]);
  });

  it("stays silent where a peer tries IKEv2 and IKEv1 in turn and one of them comes up", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(mainMode(1, { sa: talk.newSa() }));
    setsUp(talk, { from: 1 });
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual([]);
  });
});
