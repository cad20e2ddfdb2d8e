import { describe, expect, it } from "vitest";
import {
  accusations,
  aggressiveMode,
  aggressiveModeUp,
  behindNat,
  codes,
  evidence,
  faults,
  finding,
  ikeSaInit,
  informationalV1,
  mainMode,
  mainModeUp,
  numbers,
  quickMode,
  quickModeUp,
  type Scenario,
  scenario,
} from "../support/scenario/index.js";

/** Bytes of ciphertext of a notify that refuses, under AES-CBC with SHA2-256: HASH of 36, notify of 16, padded to 16. */
const REFUSAL = 64;

/** Main mode 1 to 4. */
function keysAgreed(talk: Scenario): void {
  talk.at(0).initiator.sends(mainMode(1));
  talk.at(0.05).responder.sends(mainMode(2));
  talk.at(0.1).initiator.sends(mainMode(3));
  talk.at(0.15).responder.sends(mainMode(4));
}

/** IKE of others on port 500, after which the capture ends. */
function scans(talk: Scenario, at: number): void {
  talk.between(talk.host("203.0.113.9"), talk.responder, at).sends(ikeSaInit({ sa: talk.newSa() }));
}

describe("authentication-failed in main mode", () => {
  it("fires where message 5 is met by INFORMATIONAL each time", () => {
    const talk = scenario();
    keysAgreed(talk);
    const tries = talk.at(0.2, 4.2, 11.4).initiator.sends(mainMode(5));
    talk.at(0.3).responder.sends(informationalV1());
    talk.at(4.3).responder.sends(informationalV1());
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "authentication-failed");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "MAIN_MODE" });
    expect(evidence(found)).toEqual(expect.arrayContaining(numbers(tries)));
    expect(evidence(found)).toEqual(evidence(found).toSorted((a, b) => a - b));
    expect(found.headline).toContain("(PSK or ID)");
    expect(found.remedies[0]).toContain("pre-shared key");
    expect(found.remedies.join(" ")).not.toContain("certificates");
    expect(found.remedies.at(-2)).toContain("XAUTH");
    expect(found.references).toEqual(["RFC 2409 section 5"]);
    expect(faults(judgement)).toEqual(["authentication-failed"]);
  });

  it("says how long before the same peers were accepted", () => {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 0.5 });
    const sa = talk.newSa();
    talk.at(20).initiator.sends(mainMode(1, { sa }));
    talk.at(20.05).responder.sends(mainMode(2, { sa }));
    talk.at(20.1).initiator.sends(mainMode(3, { sa }));
    talk.at(20.15).responder.sends(mainMode(4, { sa }));
    talk.at(20.2, 24.2).initiator.sends(mainMode(5, { sa }));
    talk.at(20.3).responder.sends(informationalV1({ sa }));
    const found = finding(talk.endsAt(60).judge(), "authentication-failed");
    expect(found.summary).toMatch(/was accepted 19\.\d s before: the key or an identity was changed/);
  });

  it("fires, as one possibility, where message 5 repeats on port 500 and nothing comes", () => {
    const talk = scenario();
    keysAgreed(talk);
    talk.at(0.2, 4.2, 11.4).initiator.sends(mainMode(5));
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "authentication-failed").confidence).toBe("possible");
    expect(faults(judgement)).toEqual(["authentication-failed"]);
  });

  it.each([0.1, 1.5, 6])("stays silent where the capture ends %s s after message 5", (end) => {
    const talk = scenario();
    keysAgreed(talk);
    talk.at(0.2).initiator.sends(mainMode(5));
    const judgement = talk.endsAt(0.2 + end).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("is possible after one repeat of message 5 where the responder repeats message 4 meanwhile", () => {
    const talk = scenario();
    keysAgreed(talk);
    talk.at(0.2, 0.7).initiator.sends(mainMode(5));
    talk.at(0.65, 1.15).responder.sends(mainMode(4));
    const judgement = talk.endsAt(1.2).judge();
    expect(finding(judgement, "authentication-failed").confidence).toBe("possible");
    expect(judgement.status).toBe("suspected");
  });

  it("stays silent where message 4 and message 5 cross once", () => {
    const talk = scenario();
    keysAgreed(talk);
    talk.at(0.2, 0.7).initiator.sends(mainMode(5));
    talk.at(0.65).responder.sends(mainMode(4));
    expect(accusations(talk.endsAt(1.2).judge())).toEqual([]);
  });

  it("stays silent where message 5 was lost twice and then answered", () => {
    const talk = scenario();
    keysAgreed(talk);
    talk.at(0.2, 4.2, 11.4).initiator.sends(mainMode(5));
    talk.at(11.5).responder.sends(mainMode(6));
    quickModeUp(talk, { from: 12 });
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual([]);
  });

  it("fires, and names the right side, where the capture begins with message 2", () => {
    const talk = scenario();
    talk.at(0.05).responder.sends(mainMode(2));
    talk.at(0.1).initiator.sends(mainMode(3));
    talk.at(0.15).responder.sends(mainMode(4));
    talk.at(0.2, 4.2).initiator.sends(mainMode(5));
    talk.at(0.21, 4.21).responder.sends(informationalV1());
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual(["authentication-failed"]);
    expect(judgement.tunnels[0]?.setups[0]?.sa.initiator.address).toBe("192.0.2.10");
  });

  it.each([
    [10, "failing"],
    [0.3, "suspected"],
  ])(
    "fires where a filter on UDP 4500 leaves message 5 and the INFORMATIONAL alone, up to %s s: %s",
    (end, status) => {
      const talk = scenario({ floats: true });
      talk.at(0.2).initiator.sends(mainMode(5));
      talk.at(0.21).responder.sends(informationalV1());
      const judgement = talk.endsAt(end).judge();
      expect(codes(judgement)).toContain("authentication-failed");
      expect(judgement.status).toBe(status);
    },
  );

  it("stays silent where quick mode follows such an INFORMATIONAL", () => {
    const talk = scenario({ floats: true });
    talk.at(0.2).initiator.sends(mainMode(5));
    talk.at(0.21).responder.sends(informationalV1());
    quickModeUp(talk, { from: 0.5 });
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("fires where message 4 comes first: message 5 from the other side tells who the initiator is", () => {
    const talk = scenario();
    talk.at(0.15).responder.sends(mainMode(4));
    talk.at(0.2).initiator.sends(mainMode(5));
    talk.at(0.21).responder.sends(informationalV1());
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual(["authentication-failed"]);
    expect(judgement.tunnels[0]?.setups[0]?.sa).toMatchObject({
      rolesProven: true,
      initiator: { address: "192.0.2.10" },
    });
  });

  it("stays silent where the capture begins after phase 1, with INFORMATIONAL messages only", () => {
    const talk = scenario();
    talk.at(1).responder.sends(informationalV1());
    talk.at(2).responder.sends(informationalV1());
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });
});

describe("authentication-failed in aggressive mode", () => {
  it("fires where the initiator's program ends at message 2, and copies of it meet a closed port", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(aggressiveMode(1));
    const message = aggressiveMode(2);
    const [second] = talk.at(0.1).responder.sends(message);
    talk.at(4.1).responder.sends(message);
    talk.icmp(4.2, talk.initiator, talk.responder, 3, 3);
    const judgement = talk.endsAt(4.3).judge();
    const found = finding(judgement, "authentication-failed");
    expect(found).toMatchObject({ severity: "critical", confidence: "possible", phase: "AGGRESSIVE_MODE" });
    expect(found.summary).toContain("closed port");
    expect(found.rivals.map((rival) => rival.code)).toContain("natt-4500-unanswered");
    expect(evidence(found)).toContain(second?.number);
    expect(faults(judgement)).toEqual(["authentication-failed"]);
  });

  it("fires where the capture begins at message 2, if the first copy of it meets no closed port", () => {
    const begun = (isFirstMet: boolean): readonly string[] => {
      const talk = scenario();
      const message = aggressiveMode(2);
      talk.at(0.1).responder.sends(message);
      if (isFirstMet) talk.icmp(0.11, talk.initiator, talk.responder, 3, 3);
      talk.at(4.1).responder.sends(message);
      talk.icmp(4.2, talk.initiator, talk.responder, 3, 3);
      return faults(talk.endsAt(30).judge());
    };
    expect(begun(false)).toEqual(["authentication-failed"]);
    expect(begun(true)).toEqual(["icmp-port-unreachable"]);
  });

  it("leaves it to the port where message 1 itself meets a closed one", () => {
    const talk = scenario();
    talk.at(0, 4).initiator.sends(aggressiveMode(1));
    talk.icmp(4.1, talk.responder, talk.initiator, 3, 3);
    expect(faults(talk.endsAt(60).judge())).toEqual(["icmp-port-unreachable"]);
  });

  it("fires where message 2 is met by an INFORMATIONAL of the initiator", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(aggressiveMode(1));
    const [second] = talk.at(0.1).responder.sends(aggressiveMode(2));
    const [refusal] = talk.at(0.2).initiator.sends(informationalV1());
    const judgement = talk.endsAt(1).judge();
    const found = finding(judgement, "authentication-failed");
    expect(found).toMatchObject({ severity: "critical", phase: "AGGRESSIVE_MODE" });
    expect(evidence(found)).toEqual([second?.number, refusal?.number]);
    expect(faults(judgement)).toEqual(["authentication-failed"]);
  });

  it("fires where message 3 is met by an INFORMATIONAL of the responder before anything else was asked", () => {
    const talk = scenario();
    aggressiveModeUp(talk);
    const [refusal] = talk.at(0.21).responder.sends(informationalV1());
    const judgement = talk.endsAt(10).judge();
    const found = finding(judgement, "authentication-failed");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "AGGRESSIVE_MODE" });
    expect(evidence(found).at(-1)).toBe(refusal?.number);
    expect(faults(judgement)).toEqual(["authentication-failed"]);
  });

  it("fires, and not for the quick modes, where the initiator asks on before it hears of it", () => {
    const talk = scenario();
    aggressiveModeUp(talk);
    talk.at(0.21).responder.sends(informationalV1());
    talk.at(0.211, 4.2, 11).initiator.sends(quickMode(1));
    const sa = talk.newSa();
    aggressiveModeUp(talk, { from: 20, sa });
    talk.at(20.205).initiator.sends(quickMode(1, { sa }));
    talk.at(20.21).responder.sends(informationalV1({ sa }));
    expect(accusations(talk.endsAt(60).judge())).toEqual(["authentication-failed"]);
  });

  it("leaves an INFORMATIONAL that may answer quick mode 1 to child-rejected", () => {
    const talk = scenario();
    aggressiveModeUp(talk);
    talk.at(0.22).initiator.sends(quickMode(1));
    talk.at(0.25).responder.sends(informationalV1());
    expect(faults(talk.endsAt(60).judge())).toEqual(["child-rejected"]);
  });

  it("only suspects where the capture ends before the initiator could go on", () => {
    const talk = scenario();
    aggressiveModeUp(talk);
    talk.at(0.21).responder.sends(informationalV1({ length: REFUSAL }));
    const judgement = talk.endsAt(0.3).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("suspected");
  });

  it("leaves an INFORMATIONAL as long as INITIAL-CONTACT open where the capture ends at once", () => {
    const talk = scenario();
    aggressiveModeUp(talk);
    talk.at(0.21).responder.sends(informationalV1());
    expect(talk.endsAt(0.3).judge().status).toBe("nothing-to-judge");
  });

  it("takes it for INITIAL-CONTACT where the initiator asks for a quick mode on demand later", () => {
    const asks = (length: number): string => {
      const talk = scenario();
      aggressiveModeUp(talk);
      talk.at(0.21).responder.sends(informationalV1({ length }));
      talk.at(6.3).initiator.sends(quickMode(1));
      return talk.endsAt(6.4).judge().status;
    };
    expect(asks(80)).toBe("nothing-to-judge");
    // A refusal is shorter.
    expect(asks(REFUSAL)).toBe("failing");
    const late = scenario();
    late.at(0.2).initiator.sends(aggressiveMode(3));
    late.at(0.21).responder.sends(informationalV1());
    late.at(6.3).initiator.sends(quickMode(1));
    expect(codes(late.endsAt(6.4).judge())).not.toContain("authentication-failed");
  });

  it.each([
    ["quick mode is answered after it", (talk: Scenario) => quickModeUp(talk, { from: 0.4 })],
    ["it comes later, as a liveness check does", () => {}],
  ])("stays silent where %s", (_, then) => {
    const talk = scenario();
    aggressiveModeUp(talk);
    talk.at(then.length > 0 ? 0.21 : 3).responder.sends(informationalV1());
    then(talk);
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("fires where message 2 is the first in the capture", () => {
    const talk = scenario();
    talk.at(0.1).responder.sends(aggressiveMode(2));
    talk.at(0.2).initiator.sends(informationalV1());
    expect(faults(talk.endsAt(10).judge())).toEqual(["authentication-failed"]);
  });

  it("fires where message 3 never comes", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(aggressiveMode(1));
    talk.at(0.1).responder.sends(aggressiveMode(2));
    expect(faults(talk.endsAt(20).judge())).toEqual(["authentication-failed"]);
  });

  it("stays silent where message 3 would go to UDP 4500, and nothing but UDP 500 was captured", () => {
    const asked = (): Scenario => {
      const talk = behindNat();
      talk.at(0).initiator.sends(aggressiveMode(1));
      talk.at(0.1).responder.sends(aggressiveMode(2, { natDetection: true }));
      scans(talk, 30);
      return talk;
    };
    expect(accusations(asked().judge())).toEqual(["capture-filter-blind"]);
    const withOthers = asked();
    withOthers.noise(20);
    expect(faults(withOthers.judge())).toEqual(["authentication-failed"]);
    // A responder that is not heard repeats its message.
    const repeated = behindNat();
    const answer = aggressiveMode(2, { natDetection: true });
    repeated.at(0).initiator.sends(aggressiveMode(1));
    repeated.at(0.1, 2.1, 6.1).responder.sends(answer);
    scans(repeated, 30);
    expect(faults(repeated.judge())).toEqual(["authentication-failed"]);
    const refused = asked();
    refused.at(0.2).initiator.sends(informationalV1(), { port: 500 });
    expect(faults(refused.judge())).toEqual(["authentication-failed"]);
  });

  it("stays silent where the capture holds no packet of the initiator", () => {
    const talk = scenario();
    aggressiveModeUp(talk);
    quickModeUp(talk, { from: 1 });
    talk.at(5, 6, 7, 20, 40).responder.esp();
    const judgement = talk.endsAt(60).judge(({ sender }) => sender === "responder");
    expect(accusations(judgement)).not.toContain("authentication-failed");
  });

  it("stays silent where the capture ends right after message 2", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(aggressiveMode(1));
    talk.at(0.1).responder.sends(aggressiveMode(2));
    const judgement = talk.endsAt(0.3).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("stays silent where INITIAL-CONTACT follows message 3", () => {
    const talk = scenario();
    aggressiveModeUp(talk);
    talk.at(0.2).initiator.sends(informationalV1());
    quickModeUp(talk, { from: 0.5 });
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });
});

it("an IKEv1 peer that fails once and then comes up is not failing", () => {
  const talk = scenario();
  keysAgreed(talk);
  talk.at(0.2, 4.2, 11.4).initiator.sends(mainMode(5));
  const sa = talk.newSa();
  mainModeUp(talk, { from: 30, sa });
  quickModeUp(talk, { from: 31, sa });
  const judgement = talk.endsAt(60).judge();
  expect(faults(judgement)).toEqual([]);
  expect(judgement.status).toBe("degraded");
});
