import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  evidence,
  faults,
  finding,
  informationalV1,
  mainModeUp,
  numbers,
  quickModeUp,
  type Scenario,
  scenario,
  transaction,
} from "../support/scenario/index.js";

describe("xauth-stalled", () => {
  it("is only possible while the capture ends after few attempts: a user may be typing", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1, 5, 12.2, 25.2).responder.sends(transaction());
    const judgedUntil = (end: number) => talk.judge(({ time }) => time <= end);
    expect(finding(judgedUntil(5), "xauth-stalled")).toMatchObject({
      severity: "critical",
      confidence: "possible",
    });
    expect(judgedUntil(5).status).toBe("suspected");
    expect(finding(judgedUntil(25.2), "xauth-stalled").confidence).toBe("likely");
  });

  it("fires where the transaction repeats without an answer", () => {
    const talk = scenario();
    mainModeUp(talk);
    const frames = talk.at(1, 5, 12).responder.sends(transaction());
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "xauth-stalled");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "TRANSACTION" });
    expect(found.rivals.map(({ code }) => code)).toEqual(["path-lost"]);
    expect(evidence(found)).toEqual(numbers(frames));
    expect(faults(judgement)).toEqual(["xauth-stalled"]);
  });

  it("fires where the gateway ends the login with an INFORMATIONAL", () => {
    const talk = scenario();
    mainModeUp(talk);
    const [ask] = talk.at(1).responder.sends(transaction());
    talk.at(4).initiator.sends(transaction());
    const [end] = talk.at(20).responder.sends(informationalV1());
    const judgement = talk.endsAt(90).judge();
    const found = finding(judgement, "xauth-stalled");
    expect(found).toMatchObject({ severity: "critical", confidence: "possible", phase: "TRANSACTION" });
    expect(evidence(found)).toEqual([ask?.number, end?.number]);
    expect(faults(judgement)).toEqual(["xauth-stalled"]);
  });

  it("is told, and not the closed port, where the client that was refused has ended", () => {
    const ends = (wait: number): readonly string[] => {
      const talk = scenario();
      mainModeUp(talk);
      talk.at(1).responder.sends(transaction());
      talk.at(4).initiator.sends(transaction());
      talk.at(4 + wait).responder.sends(informationalV1());
      talk.icmp(4.01 + wait, talk.initiator, talk.responder, 3, 3);
      return codes(talk.endsAt(90).judge());
    };
    expect(ends(0.05)).not.toContain("icmp-port-unreachable");
    // The client may have gone by itself, and the gateway have given it up.
    expect(ends(20)).toContain("icmp-port-unreachable");
    const crashed = scenario();
    mainModeUp(crashed);
    crashed.at(0.5).responder.sends(transaction());
    crashed.icmp(0.51, crashed.initiator, crashed.responder, 3, 3);
    expect(faults(crashed.endsAt(90).judge())).toEqual(["icmp-port-unreachable"]);
  });

  it("fires where the gateway never says what became of the login", () => {
    const talk = scenario();
    mainModeUp(talk);
    const [ask] = talk.at(1).responder.sends(transaction());
    const [login] = talk.at(2).initiator.sends(transaction());
    const judgement = talk.endsAt(30).judge();
    const found = finding(judgement, "xauth-stalled");
    expect(found).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(evidence(found)).toEqual([ask?.number, login?.number]);
    expect(faults(judgement)).toEqual(["xauth-stalled"]);
  });

  /** Login and result, then the client asks for its address; the gateway's answer has `bytes` of ciphertext. */
  function asksForAddress(bytes: number): Scenario {
    const talk = scenario();
    mainModeUp(talk);
    for (const messageId of [5, 6]) {
      talk.at(messageId / 5).responder.sends(transaction({ messageId }));
      talk.at(messageId / 5 + 0.01).initiator.sends(transaction({ messageId }));
    }
    talk.at(1.3).initiator.sends(transaction({ messageId: 7, length: 160 }));
    talk.at(1.31).responder.sends(transaction({ messageId: 7, length: bytes }));
    return talk;
  }

  it("fires where the client ends the setup at the answer to its request for an address", () => {
    const talk = asksForAddress(48);
    const [error] = talk.at(1.32).initiator.sends(informationalV1({ length: 48 }));
    const [end] = talk.at(1.321).initiator.sends(informationalV1({ length: 64 }));
    const judgement = talk.endsAt(1.33).judge();
    const found = finding(judgement, "xauth-stalled");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "TRANSACTION" });
    expect(found.headline).toContain("does not accept the answer to its request for an address");
    expect(evidence(found)).toEqual(expect.arrayContaining([error?.number, end?.number]));
    expect(faults(judgement)).toEqual(["xauth-stalled"]);
    expect(judgement.status).toBe("failing");
  });

  it("only suspects it where one message follows and the capture ends: quick mode may come", () => {
    const talk = asksForAddress(48);
    talk.at(1.32).initiator.sends(informationalV1({ length: 48 }));
    expect(talk.endsAt(1.33).judge().status).toBe("suspected");
  });

  it.each<[string, (talk: Scenario) => void]>([
    ["quick mode follows", (talk) => quickModeUp(talk, { from: 1.5 })],
    [
      "quick mode follows INITIAL-CONTACT",
      (talk) => {
        talk.at(1.32).initiator.sends(informationalV1({ length: 48 }));
        quickModeUp(talk, { from: 1.5 });
      },
    ],
    [
      "a user ends it later",
      (talk) => {
        talk.at(1.9).initiator.sends(informationalV1({ length: 48 }));
        talk.at(1.91).initiator.sends(informationalV1({ length: 64 }));
      },
    ],
  ])("does not take the answer for rejected where %s", (_, goesOn) => {
    const talk = asksForAddress(64);
    goesOn(talk);
    const told = talk
      .endsAt(1.95)
      .judge()
      .findings.map(({ headline }) => headline);
    expect(told.join(" ")).not.toContain("does not accept the answer");
  });

  it("does not take the answer for rejected where INITIAL-CONTACT follows, and quick mode waits for traffic", () => {
    const talk = asksForAddress(64);
    // As long as that notify makes it under SHA2-256 with a whole block of padding.
    talk.at(1.32, 1.3201).initiator.sends(informationalV1({ length: 80 }));
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("stays silent where quick mode follows, and where the user still types", () => {
    const goesOn = scenario();
    mainModeUp(goesOn);
    goesOn.at(1, 5, 12).responder.sends(transaction());
    goesOn.at(13).initiator.sends(transaction());
    quickModeUp(goesOn, { from: 14 });
    const types = scenario();
    mainModeUp(types);
    types.at(1).responder.sends(transaction());
    for (const [talk, end] of [
      [goesOn, 60],
      [types, 20],
    ] as const) {
      expect(codes(talk.endsAt(end).judge())).not.toContain("xauth-stalled");
    }
  });

  it("only suspects where the capture ends soon after the gateway's INFORMATIONAL", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1).responder.sends(transaction());
    talk.at(4).initiator.sends(transaction());
    talk.at(5).responder.sends(informationalV1());
    const judgement = talk.endsAt(6).judge();
    expect(codes(judgement)).toContain("xauth-stalled");
    expect(judgement.status).toBe("suspected");
  });

  describe("at the result of the login", () => {
    /** The login, then the result, which the client answers or not; it sends INFORMATIONAL `wait` after it. */
    const login = (talk: Scenario, from: number, isAnswered: boolean, wait: number): void => {
      const sa = from === 0 ? talk.sa : talk.newSa();
      const result = { sa, messageId: 0x40000000 + from };
      mainModeUp(talk, { from, sa });
      talk.at(from + 0.4).responder.sends(transaction({ sa }));
      talk.at(from + 0.5).initiator.sends(transaction({ sa }));
      talk.at(from + 0.6).responder.sends(transaction(result));
      if (isAnswered) talk.at(from + 0.61).initiator.sends(transaction(result));
      talk.at(from + 0.6 + wait).initiator.sends(informationalV1({ sa }));
    };

    it("fires where the client ends the IKE SA instead of answering", () => {
      const talk = scenario();
      for (const from of [0, 2, 8]) login(talk, from, false, 0.02);
      const judgement = talk.endsAt(30).judge();
      expect(finding(judgement, "xauth-stalled")).toMatchObject({
        severity: "critical",
        phase: "TRANSACTION",
      });
      expect(judgement.status).toBe("failing");
      expect(judgement.headline).toContain("192.0.2.10 ends the IKE SA at the result of XAUTH, 3 setups");
    });

    it("stays silent where the client answers it, or sends INFORMATIONAL later", () => {
      for (const [isAnswered, wait] of [
        [true, 0.02],
        [false, 0.9],
      ] as const) {
        const talk = scenario();
        login(talk, 0, isAnswered, wait);
        expect(codes(talk.endsAt(1.6).judge())).not.toContain("xauth-stalled");
      }
    });

    it("fails where the capture ends right behind the last of several logins that the gateway ended", () => {
      const talk = scenario();
      for (const from of [0, 30, 60]) {
        const sa = from === 0 ? talk.sa : talk.newSa();
        mainModeUp(talk, { from, sa });
        talk.at(from + 0.4).responder.sends(transaction({ sa }));
        talk.at(from + 5).initiator.sends(transaction({ sa }));
        talk.at(from + 5.1).responder.sends(informationalV1({ sa, length: 64 }));
      }
      const until = (end: number): string => talk.judge(({ time }) => time <= end).status;
      expect(until(66)).toBe("failing");
      expect(until(6)).toBe("suspected");
    });

    it("stays silent where phase 1 is renewed: the old one is deleted, and its Child SAs live on", () => {
      const renews = (isDeleted: boolean): readonly string[] => {
        const talk = scenario();
        mainModeUp(talk);
        quickModeUp(talk, { from: 1 });
        const sa = talk.newSa();
        const result = { sa, messageId: 0x40000000 };
        mainModeUp(talk, { from: 60, sa });
        talk.at(60.4).responder.sends(transaction({ sa }));
        talk.at(60.5).initiator.sends(transaction({ sa }));
        talk.at(60.6).responder.sends(transaction(result));
        talk.at(60.61).initiator.sends(transaction(result));
        if (isDeleted) talk.at(60.62).initiator.sends(informationalV1());
        return codes(talk.endsAt(90).judge());
      };
      expect(renews(true)).not.toContain("xauth-stalled");
      expect(renews(false)).toContain("xauth-stalled");
    });

    it("stays silent where the gateway checks the client instead of ending the IKE SA", () => {
      const talk = scenario();
      mainModeUp(talk);
      talk.at(1).initiator.sends(transaction());
      talk.at(1.1).responder.sends(transaction());
      talk.at(20).responder.sends(informationalV1());
      talk.at(20.02).initiator.sends(informationalV1());
      talk.at(40).initiator.sends(informationalV1());
      talk.at(40.02).responder.sends(informationalV1());
      expect(codes(talk.endsAt(90).judge())).not.toContain("xauth-stalled");
    });

    it("stays silent where quick mode follows", () => {
      const talk = scenario();
      login(talk, 0, false, 0.02);
      quickModeUp(talk, { from: 1 });
      expect(codes(talk.endsAt(30).judge())).not.toContain("xauth-stalled");
    });
  });
});
