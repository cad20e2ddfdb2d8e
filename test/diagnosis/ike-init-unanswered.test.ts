import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/index.js";
import {
  accusations,
  clearNotifyV1,
  codes,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  mainMode,
  aggressiveMode,
  numbers,
  type Scenario,
  scenario,
  setsUp,
  suspicions,
  traffic,
} from "../support/scenario/index.js";

/** strongSwan's schedule. */
const TRIES = [0, 4, 11.2, 24.2];

describe("ike-init-unanswered", () => {
  it("fires where IKE_SA_INIT repeats and nothing comes back, and names each try", () => {
    const talk = scenario({ near: "initiator" });
    const tries = talk.at(...TRIES).initiator.sends(ikeSaInit());
    const judgement = talk.noise(2).endsAt(60).judge();
    const found = finding(judgement, "ike-init-unanswered");
    expect(found).toMatchObject({ severity: "critical", confidence: "certain", phase: "IKE_SA_INIT" });
    expect(evidence(found)).toEqual(numbers(tries));
    expect(faults(judgement)).toEqual(["ike-init-unanswered"]);
    expect(judgement.status).toBe("failing");
    expect(judgement.tunnels[0]?.failingPhase).toBe("IKE_SA_INIT");
  });

  it.each([
    ["MAIN_MODE", mainMode(1)],
    ["AGGRESSIVE_MODE", aggressiveMode(1)],
  ] as const)("fires on IKEv1 %s too", (phase, message) => {
    const talk = scenario();
    talk.at(...TRIES).initiator.sends(message);
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "ike-init-unanswered").phase).toBe(phase);
    expect(faults(judgement)).toEqual(["ike-init-unanswered"]);
  });

  it.each([
    ["IKE_SA_INIT", ikeSaInit(), ["ike-version-mismatch"]],
    ["main mode", mainMode(1), ["ike-version-mismatch", "ike-no-proposal-chosen", "ike-scanned"]],
    ["aggressive mode", aggressiveMode(1), ["authentication-failed", "ike-mode-mismatch", "ike-scanned"]],
  ])("names what a responder may pass over without a word: %s", (_name, message, ignored) => {
    const talk = scenario();
    talk.at(...TRIES).initiator.sends(message);
    const { rivals } = finding(talk.noise(2).endsAt(60).judge(), "ike-init-unanswered");
    const codesOfRivals = rivals.map(({ code }) => code);
    expect(codesOfRivals).toEqual(["peer-selectively-silent", "ike-response-lost", ...ignored]);
  });

  it.each([
    [false, "likely", "a filter may have left out an ICMP error", true],
    [true, "certain", "neither an IKE answer nor an ICMP error came back", false],
  ])(
    "says of ICMP what the capture can show: other packets in it %s",
    (others, confidence, said, isRival) => {
      const talk = scenario();
      talk.at(...TRIES).initiator.sends(ikeSaInit());
      if (others) talk.noise(2);
      const found = finding(talk.judge(), "ike-init-unanswered");
      expect(found.confidence).toBe(confidence);
      expect(found.summary).toContain(said);
      expect(found.rivals.some(({ code }) => code === "icmp-port-unreachable")).toBe(isRival);
    },
  );

  it("fires where the peer was up before and is gone", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 5);
    talk.at(100, 104, 111.2, 124.2).initiator.sends(ikeSaInit({ sa: talk.newSa() }));
    expect(faults(talk.endsAt(170).judge())).toEqual(["ike-init-unanswered"]);
  });

  it("is certain while the last of several setups is still asked for, unless one came up before it", () => {
    const asks = (tell: (talk: Scenario) => void): Judgement => {
      const talk = scenario();
      talk.at(0, 4, 11.2, 24.2).initiator.sends(ikeSaInit());
      tell(talk);
      talk.at(100, 102).initiator.sends(ikeSaInit({ sa: talk.newSa() }));
      return talk.endsAt(103).judge();
    };
    expect(
      finding(
        asks(() => {}),
        "ike-init-unanswered",
      ).confidence,
    ).not.toBe("possible");
    expect(asks(() => {}).status).toBe("failing");
    const hasWorked = asks((talk) => setsUp(talk, { from: 50, sa: talk.newSa() }));
    expect(hasWorked.status).not.toBe("failing");
  });

  it("fires where every attempt begins anew with other SPIs", () => {
    const talk = scenario();
    for (const begin of [0, 200, 400]) {
      const sa = talk.newSa();
      talk.at(begin, begin + 4, begin + 11).initiator.sends(ikeSaInit({ sa }));
    }
    expect(faults(talk.endsAt(600).judge())).toEqual(["ike-init-unanswered"]);
  });
});

describe("ike-init-unanswered stays silent", () => {
  it.each([0.1, 1.5, 6])("where the capture ends %s s after the only request", (end) => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    const judgement = talk.endsAt(end).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("where a scanner asks once and never again", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    const judgement = talk.endsAt(600).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("where the capture ends right after the second request of a daemon that repeats fast", () => {
    const talk = scenario();
    talk.at(0, 0.5).initiator.sends(ikeSaInit());
    expect(accusations(talk.endsAt(0.6).judge())).toEqual([]);
  });

  it.each([
    ["the second request, seconds after the first", [0, 4], 4.1],
    ["the third of a daemon that repeats fast", [0, 0.5, 1.5], 1.6],
  ])("but suspects where the capture ends right after %s", (_name, times, end) => {
    const talk = scenario();
    talk.at(...times).initiator.sends(ikeSaInit());
    const judgement = talk.endsAt(end).judge();
    expect(accusations(judgement)).toEqual(["ike-init-unanswered"]);
    expect(judgement.status).toBe("suspected");
  });

  it("where the third request is answered late", () => {
    const talk = scenario();
    talk.at(0, 4, 11.2).initiator.sends(ikeSaInit());
    talk.at(20).responder.sends(ikeSaInitAnswer());
    talk.at(20.1).initiator.sends(ikeAuth());
    talk.at(20.2).responder.sends(ikeAuthAnswer());
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).not.toBe("failing");
  });

  it("where a mirror port shows one request three times", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit(), { copies: 3 });
    expect(accusations(talk.endsAt(3).judge())).toEqual([]);
  });

  it("where a later attempt comes up: the fault healed", () => {
    const talk = scenario();
    talk.at(0, 4, 11.2, 24.2).initiator.sends(ikeSaInit());
    setsUp(talk, { from: 60, sa: talk.newSa() });
    const judgement = talk.endsAt(90).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("degraded");
  });

  it("where the other side's own attempt comes up meanwhile", () => {
    const talk = scenario();
    talk.at(0, 4, 11.2, 24.2).initiator.sends(ikeSaInit());
    setsUp(talk, { from: 6, sa: talk.newSa("responder") });
    traffic(talk, 7, 40);
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual([]);
  });

  it("where the capture shows one direction only, and the request is followed by IKE_AUTH", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.2).initiator.sends(ikeAuth());
    traffic(talk, 1, 30, "initiator");
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("nothing-to-judge");
  });
});

describe("a capture of the initiator's direction alone", () => {
  it("knows by the responder's SPI in a later message that an answer arrived", () => {
    const talk = scenario();
    talk.at(0, 0.5, 1.5, 3.5).initiator.sends(aggressiveMode(1));
    talk.at(0.02, 0.52, 1.52, 3.52).initiator.sends(clearNotifyV1(23));
    const judgement = talk.endsAt(30).judge();
    expect(codes(judgement)).not.toContain("ike-init-unanswered");
    expect(suspicions(judgement)).toEqual(["ike-refused"]);
  });
});
