import { describe, expect, it } from "vitest";
import { judge } from "../../src/diagnosis/judge.js";
import {
  accusations,
  aggressiveMode,
  codes,
  evidence,
  faults,
  finding,
  fragmented,
  ikeAuth,
  ikeAuthAnswer,
  informationalV1,
  mainMode,
  numbers,
  opens,
  quickMode,
  quickModeUp,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const TRIES = [0.1, 4.1, 11.3, 24.3];

describe("natt-4500-unanswered", () => {
  it("fires though the responder begins an IKE SA of its own, in which the initiator is the responder", () => {
    const talk = scenario({ floats: true });
    for (const number of [1, 2, 3, 4] as const) {
      talk.at(number * 0.02)[number % 2 === 1 ? "initiator" : "responder"].sends(mainMode(number));
    }
    talk.at(0.1, 4.1, 11.3).initiator.sends(mainMode(5));
    const sa = talk.newSa();
    talk.at(14).responder.sends(mainMode(1, { sa }));
    talk.at(14.1).initiator.sends(mainMode(2, { sa }));
    expect(codes(talk.endsAt(30).judge())).toContain("natt-4500-unanswered");
  });

  it.each([
    ["with a pre-shared key leaves open why", false, "possible", "authentication-failed"],
    ["with a signature points to the port", true, "likely", "ike-auth-unanswered"],
  ] as const)("Main Mode 5 without an answer %s", (_name, signed, confidence, rival) => {
    const talk = scenario({ floats: true });
    for (const number of [1, 2, 3, 4] as const) {
      const { initiator, responder } = talk.at(number * 0.02);
      (number % 2 === 1 ? initiator : responder).sends(mainMode(number, { signed }));
    }
    talk.at(0.1, 4.1, 11.3, 24.3).initiator.sends(mainMode(5));
    const found = finding(talk.endsAt(60).judge(), "natt-4500-unanswered");
    expect(found.confidence).toBe(confidence);
    expect(found.rivals[0]?.code).toBe(rival);
  });

  it.each([
    [
      "is possible where a capture of UDP 4500 alone holds three attempts of IKE_AUTH",
      [0.1, 4.1, 11.3],
      true,
    ],
    ["stays silent about two of them: the sniffer may have missed an answer", [0.1, 4.1], false],
  ])("%s", (_name, times, told) => {
    const talk = scenario({ floats: true });
    talk.at(...times).initiator.sends(ikeAuth());
    const judgement = talk.endsAt(60).judge();
    if (told) {
      expect(finding(judgement, "natt-4500-unanswered").confidence).toBe("possible");
      expect(judgement.status).not.toBe("nothing-to-judge");
    } else expect(faults(judgement)).toEqual([]);
  });

  it("stays silent where aggressive mode is seen at three interfaces, and quick mode waits for traffic", () => {
    const talk = scenario({ floats: true });
    talk.at(0, 0.0002, 0.0004).initiator.sends(aggressiveMode(1));
    talk.at(0.05, 0.0502, 0.0504).responder.sends(aggressiveMode(2));
    talk.at(0.1, 0.1002, 0.1004).initiator.sends(aggressiveMode(3));
    expect(accusations(talk.endsAt(40).judge())).toEqual([]);
  });

  it("fires where IKE_AUTH on 4500 repeats and port 500 was answered", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    const tries = talk.at(...TRIES).initiator.sends(ikeAuth());
    const judgement = talk.endsAt(90).judge();
    const found = finding(judgement, "natt-4500-unanswered");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "IKE_AUTH" });
    expect(evidence(found)).toEqual(expect.arrayContaining(numbers(tries)));
    expect(faults(judgement)).toEqual(["natt-4500-unanswered"]);
  });

  it.each([
    ["between the peers", {}, "UDP 4500 of 192.0.2.10 gets as far as the capture point"],
    [
      "at the sender alone, of several interfaces",
      { near: "initiator" as const },
      "UDP 4500 leaves 192.0.2.10;",
    ],
  ])("says of UDP 4500 what a request seen %s proves", (_, options, text) => {
    const talk = scenario({ floats: true, ...options });
    opens(talk);
    talk.at(...TRIES).initiator.sends(ikeAuth());
    const model = talk.endsAt(90).kept();
    const tunnels = model.tunnels.map((tunnel) => ({
      ...tunnel,
      duplicates: { ...tunnel.duplicates, routed: true },
    }));
    expect(finding(judge({ ...model, tunnels }, []), "natt-4500-unanswered").summary).toContain(text);
  });

  it.each([
    [
      "asks for a capture there and for open firewalls",
      "initiator",
      "a capture at the responder",
      "every firewall",
    ],
    ["asks for that host's log and own firewall", "responder", "the responder's log", "its own firewall"],
  ] as const)("%s where it was captured near the %s", (_name, near, decides, remedy) => {
    const talk = scenario({ floats: true, near });
    opens(talk);
    talk.at(...TRIES).initiator.sends(ikeAuth());
    const { rivals, remedies } = finding(talk.endsAt(90).judge(), "natt-4500-unanswered");
    expect(rivals.find(({ code }) => code === "ike-auth-unanswered")?.separatedBy).toContain(decides);
    expect(remedies[0]).toContain(remedy);
  });

  it("fires in IKEv1 main mode too", () => {
    const talk = scenario({ floats: true });
    talk.at(0).initiator.sends(mainMode(1));
    talk.at(0.02).responder.sends(mainMode(2));
    talk.at(0.04).initiator.sends(mainMode(3));
    talk.at(0.06).responder.sends(mainMode(4));
    talk.at(...TRIES).initiator.sends(mainMode(5));
    const judgement = talk.endsAt(90).judge();
    expect(finding(judgement, "natt-4500-unanswered").phase).toBe("MAIN_MODE");
    expect(faults(judgement)).toEqual(["natt-4500-unanswered"]);
  });

  it.each([0.1, 1.5, 6])("stays silent where the capture ends %s s after the only request", (end) => {
    const talk = scenario({ floats: true });
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth());
    const judgement = talk.endsAt(0.1 + end).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("stays silent where the answer comes after three tries", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    talk.at(0.1, 4.1, 11.3).initiator.sends(ikeAuth());
    talk.at(20).responder.sends(ikeAuthAnswer());
    expect(faults(talk.endsAt(90).judge())).toEqual([]);
  });

  it("stays silent where a later setup heals it", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    talk.at(...TRIES).initiator.sends(ikeAuth());
    setsUp(talk, { from: 200, sa: talk.newSa() });
    const judgement = talk.endsAt(290).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("degraded");
  });
});

describe("aggressive mode 3, which wants no answer", () => {
  /** Message 1 and 2; message 3 follows at `tries`, and copies of message 2 at `repeats`. */
  function sentInVain(tries: readonly number[], repeats: readonly number[], floats = true): Scenario {
    const talk = scenario({ floats });
    talk.at(0).initiator.sends(aggressiveMode(1));
    talk.at(0.05, ...repeats).responder.sends(aggressiveMode(2));
    talk.at(...tries).initiator.sends(aggressiveMode(3));
    return talk;
  }

  it("does not arrive on 4500 where the responder repeats message 2: no key is suspected", () => {
    const judgement = sentInVain(TRIES, [1, 3, 6]).endsAt(60).judge();
    const found = finding(judgement, "natt-4500-unanswered");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "AGGRESSIVE_MODE" });
    expect(found.summary).toContain("repeats Aggressive Mode 2");
    expect(found.rivals.map(({ code }) => code)).toEqual(["ike-auth-unanswered"]);
    expect(faults(judgement)).toEqual(["natt-4500-unanswered"]);
    expect(judgement.tunnels[0]?.setups[0]?.progress.state).toBe("authenticating");
  });

  it("may be refused where the initiator alone repeats it", () => {
    const found = finding(sentInVain(TRIES, []).endsAt(60).judge(), "natt-4500-unanswered");
    expect(found.confidence).toBe("likely");
    expect(found.rivals.map(({ code }) => code)).toContain("authentication-failed");
  });

  it("does not arrive either where quick mode goes the same way", () => {
    const talk = sentInVain([0.1], [1, 3, 6]);
    talk.at(0.2, 4.2, 11.4).initiator.sends(quickMode(1));
    expect(faults(talk.endsAt(60).judge())).toEqual(["natt-4500-unanswered"]);
  });

  it("fires on port 500 as ike-auth-unanswered, for another reason than the port", () => {
    const judgement = sentInVain(TRIES, [1, 3, 6], false).endsAt(60).judge();
    expect(faults(judgement)).toEqual(["ike-auth-unanswered"]);
    expect(finding(judgement, "ike-auth-unanswered").rivals.map(({ code }) => code)).toContain(
      "authentication-failed",
    );
  });

  it("is no fault of a closed port that the client left for 4500", () => {
    const talk = sentInVain(TRIES, []);
    for (const at of [1, 3, 6]) {
      talk.at(at).responder.sends(aggressiveMode(2));
      talk.icmp(at + 0.01, talk.initiator, talk.responder, 3, 3);
    }
    expect(faults(talk.endsAt(60).judge())).toEqual(["natt-4500-unanswered"]);
  });

  it.each([
    ["sent once", [0.1], []],
    ["sent twice", [0.1, 2], []],
    ["crossed by one copy of message 2", [0.1, 0.9], [0.8]],
    ["crossed by one copy that two interfaces show", [0.1, 0.9], [0.8, 0.801]],
  ])("stays silent where it is %s and the client waits for traffic", (_, tries, repeats) => {
    expect(accusations(sentInVain(tries, repeats).endsAt(60).judge())).toEqual([]);
  });

  it("stays silent where the third one arrives", () => {
    const talk = sentInVain([0.1, 2, 6], [1, 3]);
    quickModeUp(talk, { from: 6.2 });
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("is only suspected where the capture ends at once", () => {
    expect(sentInVain([0.1, 1, 2], [0.9, 1.9]).endsAt(2.1).judge().status).toBe("suspected");
  });
});

describe("ike-auth-unanswered", () => {
  it.each([
    ["two seconds, as Libreswan makes them", 2.2, "suspected"],
    ["longer than a busy responder takes", 4, "failing"],
  ])("is as sure of four attempts as their time allows: %s", (_, until, status) => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1, 0.6, 1.1, 2.1).initiator.sends(ikeAuth());
    expect(talk.endsAt(until).judge().status).toBe(status);
  });

  it("fires where IKE_AUTH on port 500 repeats", () => {
    const talk = scenario();
    opens(talk);
    const tries = talk.at(...TRIES).initiator.sends(ikeAuth());
    const judgement = talk.endsAt(90).judge();
    const found = finding(judgement, "ike-auth-unanswered");
    expect(found).toMatchObject({ severity: "critical", phase: "IKE_AUTH" });
    expect(evidence(found)).toEqual(expect.arrayContaining(numbers(tries)));
    expect(faults(judgement)).toEqual(["ike-auth-unanswered"]);
  });

  it("fires where main mode 3 meets silence", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(mainMode(1));
    talk.at(0.02).responder.sends(mainMode(2));
    talk.at(...TRIES).initiator.sends(mainMode(3));
    expect(faults(talk.endsAt(90).judge())).toEqual(["ike-auth-unanswered"]);
  });

  it("leaves it to eap-stalled where the last of several IKE_AUTH rounds meets silence", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth({ id: 1 }));
    talk.at(0.2).responder.sends(ikeAuthAnswer({ id: 1, inner: 1200 }));
    talk.at(0.3, 4.3, 11.5).initiator.sends(ikeAuth({ id: 2, inner: 40 }));
    expect(faults(talk.endsAt(90).judge())).toEqual(["eap-stalled"]);
  });

  it("stays silent where no answer of any kind is in the capture: it shows one direction", () => {
    const talk = scenario();
    talk.at(0.05).responder.sends(mainMode(2, { sa: talk.newSa() }));
    talk.at(0.1, 4.1, 11.3).initiator.sends(ikeAuth());
    expect(faults(talk.endsAt(90).judge())).toEqual([]);
  });

  it("stays silent where the capture begins in the middle of the repeats", () => {
    const talk = scenario();
    talk.at(4.1, 11.3).initiator.sends(ikeAuth());
    talk.at(11.4).responder.sends(ikeAuthAnswer());
    traffic(talk, 12, 20);
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });
});

function largeAuth(talk: Scenario, times: readonly number[], kept?: readonly number[]) {
  opens(talk);
  return talk.at(...times).initiator.sends(ikeAuth({ inner: 3000 }), {
    ipFragments: 1480,
    ...(kept === undefined ? {} : { kept }),
  });
}

describe("ip-fragments-lost", () => {
  it("fires at the sender, where all fragments leave again and again", () => {
    const talk = scenario({ near: "initiator", floats: true });
    const frames = largeAuth(talk, TRIES);
    const judgement = talk.endsAt(90).judge();
    const found = finding(judgement, "ip-fragments-lost");
    expect(found).toMatchObject({ severity: "critical", phase: "IKE_AUTH" });
    expect(evidence(found)).toEqual(expect.arrayContaining([frames[0]?.number, frames.at(-3)?.number]));
    expect(faults(judgement)).toEqual(["ip-fragments-lost"]);
  });

  it.each([
    ["the first fragment", [0]],
    ["all but the last fragment", [0, 1]],
  ])("fires at the receiver, where only %s arrives each time", (_name, kept) => {
    const talk = scenario({ near: "responder" });
    largeAuth(talk, TRIES, kept);
    const judgement = talk.noise(1, 2, 3).endsAt(90).judge();
    expect(finding(judgement, "ip-fragments-lost").confidence).toBe("certain");
    expect(faults(judgement)).toEqual(["ip-fragments-lost"]);
  });

  it("leaves the cause open where a filter on ports may have hidden the later fragments", () => {
    const talk = scenario({ near: "responder" });
    largeAuth(talk, TRIES, [0]);
    const judgement = talk.judge();
    expect(faults(judgement)).toEqual(["ip-fragments-lost"]);
    const { confidence, rivals } = finding(judgement, "ip-fragments-lost");
    expect(confidence).toBe("likely");
    expect(rivals.map(({ code }) => code)).toEqual(["capture-filter-blind", "ike-auth-unanswered"]);
  });

  it("is no fault there after two attempts: what answers may be under way", () => {
    const talk = scenario({ near: "responder" });
    largeAuth(talk, TRIES.slice(0, 2), [0]);
    expect(faults(talk.judge())).toEqual([]);
  });

  it("stays silent where the fragments are answered", () => {
    const talk = scenario();
    largeAuth(talk, [0.1]);
    talk.at(0.3).responder.sends(ikeAuthAnswer({ inner: 2000 }), { ipFragments: 1480, kept: [1, 0] });
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("up");
  });

  it("stays silent where one fragment was lost once", () => {
    const talk = scenario({ near: "responder" });
    opens(talk);
    const request = ikeAuth({ inner: 3000 });
    talk.at(0.1).initiator.sends(request, { ipFragments: 1480, kept: [0, 2] });
    talk.at(4.1).initiator.sends(request, { ipFragments: 1480 });
    talk.at(4.2).responder.sends(ikeAuthAnswer());
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("up");
  });

  it.each([0.1, 1.5, 6])("stays silent where the capture ends %s s after the fragments", (end) => {
    const talk = scenario();
    largeAuth(talk, [0.1]);
    expect(accusations(talk.endsAt(0.1 + end).judge())).toEqual([]);
  });
});

describe("ike-fragments-lost", () => {
  it("fires at the sender, where all fragments leave again and again", () => {
    const talk = scenario();
    opens(talk);
    const frames = talk.at(...TRIES).initiator.sends(fragmented(35, false, 3));
    const judgement = talk.endsAt(90).judge();
    const found = finding(judgement, "ike-fragments-lost");
    expect(found).toMatchObject({ severity: "critical", phase: "IKE_AUTH" });
    expect(evidence(found)).toEqual(expect.arrayContaining([frames[0]?.number, frames.at(-1)?.number]));
    expect(faults(judgement)).toEqual(["ike-fragments-lost"]);
  });

  it("fires at the receiver and names the number that never comes", () => {
    const talk = scenario();
    opens(talk);
    const fragments = fragmented(35, false, 3).filter((_, index) => index !== 1);
    talk.at(...TRIES).initiator.sends(fragments);
    const found = finding(talk.endsAt(90).judge(), "ike-fragments-lost");
    expect(found.headline).toContain("fragment 2 of 3 never arrives");
    expect(found.confidence).toBe("certain");
  });

  it("misses no number of a message that came in one piece before it was sent in fragments", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(4.1, 11.3, 24.3).initiator.sends(fragmented(35, false, 3).filter((_, index) => index !== 1));
    const found = finding(talk.endsAt(90).judge(), "ike-fragments-lost");
    expect(found.headline).toContain("in 3 IKE fragments never answered");
    expect(found.confidence).not.toBe("certain");
  });

  it("stays silent where a fragment was lost once and the set came again", () => {
    const talk = scenario();
    opens(talk);
    const fragments = fragmented(35, false, 3);
    talk.at(0.1).initiator.sends(fragments.slice(1));
    talk.at(4.1).initiator.sends(fragments);
    talk.at(4.2).responder.sends(fragmented(35, true, 2));
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("up");
  });

  it("stays silent where the fragments come in reverse", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1).initiator.sends(fragmented(35, false, 4).toReversed());
    talk.at(0.3).responder.sends(fragmented(35, true, 4).toReversed());
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it.each([0.1, 1.5, 6])("stays silent where the capture ends %s s after the only set", (end) => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1).initiator.sends(fragmented(35, false, 3));
    expect(accusations(talk.endsAt(0.1 + end).judge())).toEqual([]);
  });
});

describe("Main Mode 5 in IP fragments", () => {
  /** It is sent at these times, and met by an INFORMATIONAL `met` seconds after the first. */
  const sent = (met: number | null): ReturnType<Scenario["judge"]> => {
    const talk = scenario();
    for (const [index, number] of ([1, 2, 3, 4] as const).entries()) {
      talk.at(index * 0.02)[number % 2 === 1 ? "initiator" : "responder"].sends(mainMode(number));
    }
    talk.at(0.1, 0.6, 1.6, 3.6).initiator.sends(mainMode(5, { length: 1540 }), { ipFragments: 1480 });
    if (met !== null) talk.at(0.1 + met).responder.sends(informationalV1());
    return talk.endsAt(30).judge();
  };

  it("is refused where the responder meets a whole copy at once, though the initiator goes on repeating it", () => {
    expect(faults(sent(0.003))).toEqual(["authentication-failed"]);
  });

  it("is lost in fragments where nothing meets it", () => {
    expect(faults(sent(null))).toEqual(["ip-fragments-lost"]);
  });
});
