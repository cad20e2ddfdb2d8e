import { ladderOf } from "../../src/report/ladder/ladder.js";
import { describe, expect, it } from "vitest";
import {
  accusations,
  BEHIND_NAT,
  codes,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  INSIDE,
  type Keeps,
  type Message,
  NAT,
  scenario,
  type ScenarioOptions,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

describe("nat-detected", () => {
  it("names the initiator that is translated before the sniffer", () => {
    const talk = scenario(BEHIND_NAT);
    setsUp(talk);
    traffic(talk, 1, 10);
    const judgement = talk.endsAt(30).judge();
    expect(finding(judgement, "nat-detected")).toMatchObject({ severity: "info", phase: "IKE_SA_INIT" });
    expect(judgement.tunnels[0]?.nat).toMatchObject({ initiatorBehindNat: true, responderBehindNat: false });
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it("names it too where the sniffer stands behind the translator", () => {
    const talk = scenario({ floats: true, initiator: { address: INSIDE, nat: NAT, seen: "inside" } });
    setsUp(talk);
    const judgement = talk.endsAt(30).judge();
    expect(judgement.tunnels[0]?.nat).toMatchObject({ initiatorBehindNat: true, responderBehindNat: false });
    expect(accusations(judgement)).toEqual([]);
  });

  it("is silent without a translator", () => {
    const talk = scenario();
    setsUp(talk);
    expect(codes(talk.endsAt(30).judge())).toEqual([]);
  });

  it("is silent where peers do not send hashes", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit({ natDetection: "none" }));
    talk.at(0.1).responder.sends(ikeSaInitAnswer({ natDetection: "none" }));
    talk.at(0.2).initiator.sends(ikeAuth());
    talk.at(0.3).responder.sends(ikeAuthAnswer());
    expect(codes(talk.endsAt(30).judge())).toEqual([]);
  });
});

describe("nat-detected beside a side that forces UDP encapsulation", () => {
  /** The initiator is behind NAT; the responder's hash of its own address is wrong, all others are as the NAT makes them. */
  function forcedAtResponder(options: ScenarioOptions = {}, keeps?: Keeps) {
    const talk = scenario({
      ...options,
      floats: true,
      initiator: { address: INSIDE, nat: NAT, seen: "inside" },
    });
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(wrongOfItself(NAT.address, NAT.port500));
    talk.at(0.2).initiator.sends(ikeAuth());
    talk.at(0.3).responder.sends(ikeAuthAnswer());
    return talk.endsAt(30).judge(keeps);
  }

  it("says that the responder forces it, or is behind NAT too", () => {
    const judgement = forcedAtResponder();
    expect(finding(judgement, "nat-detected").headline).toBe(
      "the initiator is behind NAT; the responder forces UDP encapsulation, or is behind NAT too",
    );
    expect(judgement.tunnels[0]?.nat).toMatchObject({ initiatorBehindNat: true, responderBehindNat: null });
  });

  it("says that it forces it where the capture was taken there", () => {
    const judgement = forcedAtResponder({ near: "responder" });
    expect(finding(judgement, "nat-detected").headline).toBe(
      "the initiator is behind NAT; the responder forces UDP encapsulation",
    );
    expect(judgement.tunnels[0]?.nat).toMatchObject({ initiatorBehindNat: true, responderBehindNat: false });
  });

  it("is drawn in the ladder at the initiator alone", () => {
    const [tunnel] = forcedAtResponder({ near: "responder" }).tunnels;
    if (tunnel === undefined) throw new Error("no tunnel");
    const { left, right } = ladderOf(tunnel, 10);
    expect(left.about).toContain("behind NAT");
    expect(right.about).not.toContain("behind NAT");
  });

  it("says no more where the responder's packets alone were captured", () => {
    const judgement = forcedAtResponder({}, ({ sender }) => sender === "responder");
    const found = finding(judgement, "nat-detected");
    expect(found.headline).toBe(
      "the initiator is behind NAT; the responder forces UDP encapsulation, or is behind NAT too",
    );
    expect(found.summary).toContain("is not in the capture");
  });
});

/** IKE_SA_INIT response whose hash of the sender is wrong, and that of the receiver is of that outer address. */
function wrongOfItself(address: string, port: number): Message {
  const answer = ikeSaInitAnswer({ natDetection: "wrong" });
  return {
    ...answer,
    encode: (envelope) => answer.encode({ ...envelope, peer: { ...envelope.peer, address, port } }),
  };
}

it("nat-forced-encapsulation explains hashes that are wrong on purpose at both ends", () => {
  const talk = scenario({ floats: true });
  talk.at(0).initiator.sends(ikeSaInit({ natDetection: "wrong" }));
  talk.at(0.1).responder.sends(ikeSaInitAnswer({ natDetection: "wrong" }));
  talk.at(0.2).initiator.sends(ikeAuth());
  talk.at(0.3).responder.sends(ikeAuthAnswer());
  const judgement = talk.endsAt(30).judge();
  expect(codes(judgement)).toEqual(["nat-forced-encapsulation"]);
  expect(judgement.status).toBe("up");
});

it("hashes that are wrong on purpose do not hide a translator that gives another client a port of its own", () => {
  const talk = scenario({ floats: true });
  const clientAt = (port500: number, port4500: number, own: string) =>
    talk.host(own, { nat: { address: NAT.address, port500, port4500 } });
  for (const [index, client] of [clientAt(500, 4500, "10.0.0.5"), clientAt(102, 419, "10.0.0.6")].entries()) {
    const sa = talk.newSa();
    const at = index * 2;
    talk.between(client, talk.responder, at).sends(ikeSaInit({ sa, natDetection: "wrong" }));
    talk.between(talk.responder, client, at + 0.1).sends(ikeSaInitAnswer({ sa, natDetection: "wrong" }));
    talk.between(client, talk.responder, at + 0.2).sends(ikeAuth({ sa }));
    talk.between(talk.responder, client, at + 0.3).sends(ikeAuthAnswer({ sa }));
  }
  const told = codes(talk.endsAt(30).judge());
  expect(told).toContain("nat-detected");
  expect(told).not.toContain("nat-forced-encapsulation");
});

describe("a capture on the translator itself", () => {
  const both: ScenarioOptions = { floats: true, initiator: { address: INSIDE, nat: NAT, seen: "both" } };

  it("is one tunnel, seen twice, and healthy", () => {
    const talk = scenario(both);
    setsUp(talk);
    traffic(talk, 1, 10);
    const judgement = talk.endsAt(30).judge();
    expect(judgement.tunnels.length).toBe(1);
    expect(judgement.tunnels[0]?.vantage.place).toBe("between");
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it("does not count the second view as a retransmission", () => {
    const talk = scenario(both);
    talk.at(0).initiator.sends(ikeSaInit());
    expect(accusations(talk.endsAt(3).judge())).toEqual([]);
  });

  it("shows a fault once", () => {
    const talk = scenario(both);
    talk.at(0, 4, 11).initiator.sends(ikeSaInit());
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual(["ike-init-unanswered"]);
    expect(judgement.tunnels.length).toBe(1);
  });
});
