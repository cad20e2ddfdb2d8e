import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/diagnosis/judgement.js";
import {
  accusations,
  codes,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  informational,
  informationalAnswer,
  INNER,
  opens,
  type SaSpis,
  type Scenario,
  scenario,
  setsUp,
  suspicions,
} from "../support/scenario/index.js";

/** IKE_AUTH round `id`: a request of `asked` bytes of payloads, answered with `said`. */
function round(talk: Scenario, from: number, id: number, asked: number, said: number, sa: SaSpis = talk.sa) {
  const [request] = talk.at(from).initiator.sends(ikeAuth({ id, inner: asked, sa }));
  const [answer] = talk.at(from + 0.05).responder.sends(ikeAuthAnswer({ id, inner: said, sa }));
  return { request, answer };
}

describe("eap-failed", () => {
  it("fires where EAP ends with a message that holds EAP-Failure, and names it", () => {
    const talk = scenario();
    opens(talk);
    const first = round(talk, 0.1, 1, 220, 1300);
    round(talk, 0.2, 2, 30, 45);
    const last = round(talk, 0.3, 3, 75, 8);
    const judgement = talk.endsAt(20).judge();
    const found = finding(judgement, "eap-failed");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "IKE_AUTH" });
    expect(evidence(found)).toEqual([first.request?.number, last.request?.number, last.answer?.number]);
    expect(faults(judgement)).toEqual(["eap-failed"]);
  });

  it("is a warning where the second login comes up", () => {
    const talk = scenario();
    opens(talk);
    round(talk, 0.1, 1, 220, 1300);
    round(talk, 0.2, 2, 75, 8);
    setsUp(talk, { from: 20, sa: talk.newSa() });
    expect(finding(talk.endsAt(60).judge(), "eap-failed").severity).toBe("warning");
  });

  it("fires where the initiator ends it with INFORMATIONAL instead of the next round", () => {
    const talk = scenario({ suite: "cbc" });
    opens(talk);
    round(talk, 0.1, 1, 220, 1300);
    const last = round(talk, 0.2, 2, 90, 60);
    const [end] = talk.at(0.3).initiator.sends(informational({ id: 3, inner: 8 }));
    talk.at(0.35).responder.sends(informationalAnswer({ id: 3 }));
    const judgement = talk.endsAt(10).judge();
    const found = finding(judgement, "eap-failed");
    expect(evidence(found)).toEqual([last.request?.number, last.answer?.number, end?.number]);
    expect(faults(judgement)).toEqual(["eap-failed"]);
  });

  it("fires where an acknowledgement as short as EAP-Success is followed by an answer without room for AUTH", () => {
    const talk = scenario({ suite: "cbc" });
    opens(talk);
    round(talk, 0.1, 1, 220, 1300);
    round(talk, 0.2, 2, 1000, 10);
    round(talk, 0.3, 3, 250, 22);
    talk.at(0.4).initiator.sends(informational({ id: 4, inner: 8 }));
    talk.at(0.45).responder.sends(informationalAnswer({ id: 4 }));
    expect(faults(talk.endsAt(10).judge())).toEqual(["eap-failed"]);
  });

  it("stays silent where EAP-Success and the last round are there, and the client sends an INFORMATIONAL at once", () => {
    const talk = scenario({ suite: "cbc" });
    opens(talk);
    round(talk, 0.1, 1, 220, 1300);
    round(talk, 0.2, 2, 90, INNER.eapSuccess);
    round(talk, 0.3, 3, INNER.auth, 140);
    talk.at(0.4).initiator.sends(informational({ id: 4 }));
    talk.at(0.45).responder.sends(informationalAnswer({ id: 4 }));
    expect(codes(talk.endsAt(60).judge())).not.toContain("eap-failed");
  });

  it("leaves a refusal in the first round to authentication-failed", () => {
    const talk = scenario();
    opens(talk);
    round(talk, 0.1, 1, 220, 8);
    expect(faults(talk.endsAt(60).judge())).toEqual(["authentication-failed"]);
  });

  it.each([
    ["as long as AUTH alone", 40, ["child-rejected"]],
    ["longer than AUTH alone, as another round of EAP is", 90, []],
  ] as const)(
    "knows the last round under a block cipher by a request %s behind what may be EAP-Success",
    (_, asked, expected) => {
      const talk = scenario({ suite: "cbc" });
      opens(talk);
      round(talk, 0.1, 1, 220, 1300);
      round(talk, 0.2, 2, 30, 45);
      round(talk, 0.3, 3, 60, 8);
      // AUTH of the responder and one notify: no room for a Child SA.
      round(talk, 0.4, 4, asked, 60);
      expect(accusations(talk.endsAt(0.5).judge())).toEqual(expected);
    },
  );

  it("stays silent where the capture ends with EAP-Success", () => {
    const talk = scenario();
    opens(talk);
    round(talk, 0.1, 1, 220, 1300);
    round(talk, 0.2, 2, 75, INNER.eapSuccess);
    expect(accusations(talk.endsAt(0.5).judge())).toEqual([]);
  });

  it("fires where the answer before the last is missing, and the last request is no AUTH alone", () => {
    const talk = scenario();
    opens(talk);
    round(talk, 0.1, 1, 220, 1300);
    talk.at(0.2).initiator.sends(ikeAuth({ id: 2, inner: 30 }));
    round(talk, 0.3, 3, 68, 57);
    talk.at(0.4).initiator.sends(informational({ id: 4, inner: INNER.bareNotify }));
    talk.at(0.45).responder.sends(informationalAnswer({ id: 4 }));
    expect(faults(talk.endsAt(10).judge())).toEqual(["eap-failed"]);
  });
});

describe("eap-failed where the capture does not hold the algorithms", () => {
  const SUITES = ["gcm", "cbc", "tripleDes", "chacha"] as const;

  /** The last rounds of EAP, from Message ID 3 on, and a message of the initiator behind them. */
  function endOf(
    suite: (typeof SUITES)[number],
    answers: readonly [number, number],
    asked: readonly [number, number],
  ) {
    const talk = scenario({ suite, floats: true });
    round(talk, 0.1, 3, asked[0], answers[0]);
    round(talk, 0.2, 4, asked[1], answers[1]);
    return talk;
  }

  const ends = (talk: Scenario, inner: number, id = 5): Scenario => {
    talk.at(0.3).initiator.sends(informational({ id, inner }));
    talk.at(0.35).responder.sends(informationalAnswer({ id }));
    return talk.endsAt(60);
  };

  it.each(SUITES)("fires under %s where the client objects to a round that accepts nothing", (suite) => {
    const judgement = ends(endOf(suite, [60, 57], [30, 75]), INNER.bareNotify).judge();
    expect(faults(judgement)).toEqual(["eap-failed"]);
    expect(judgement.status).toBe("failing");
  });

  it.each(SUITES)(
    "fires under %s where the last answer is EAP-Failure and the objection is not answered",
    (suite) => {
      const talk = endOf(suite, [60, INNER.eapSuccess], [30, 75]);
      talk.at(0.3).initiator.sends(informational({ id: 5, inner: INNER.bareNotify }));
      const found = finding(talk.endsAt(0.4).judge(), "eap-failed");
      expect(found).toMatchObject({ severity: "critical", confidence: "possible" });
    },
  );

  it("is likely where the objection is longer than its acknowledgement, so that it is no liveness check", () => {
    const judgement = ends(endOf("gcm", [60, 57], [30, 75]), INNER.bareNotify).judge();
    expect(finding(judgement, "eap-failed").confidence).toBe("likely");
  });

  const silent = SUITES.flatMap((suite) => [
    {
      suite,
      name: "EAP-Success and a whole answer are there, and a liveness check follows",
      talk: () => ends(endOf(suite, [INNER.eapSuccess, 140], [75, INNER.auth]), INNER.nothing),
    },
    {
      suite,
      name: "the tunnel is up and the client deletes it",
      talk: () => ends(endOf(suite, [INNER.eapSuccess, 140], [75, INNER.auth]), INNER.deleteIke),
    },
    {
      suite,
      name: "EAP-Success comes before the AUTH of a childless IKE SA",
      talk: () => ends(endOf(suite, [INNER.eapSuccess, INNER.auth], [75, INNER.auth]), INNER.nothing),
    },
    {
      suite,
      name: "a round is missing between the last answer and the INFORMATIONAL",
      talk: () => ends(endOf(suite, [60, 57], [30, 75]), INNER.bareNotify, 7),
    },
    {
      suite,
      name: "ESP follows",
      talk: () => {
        const talk = ends(endOf(suite, [60, 57], [30, 75]), INNER.bareNotify);
        talk.at(1, 2).initiator.esp();
        talk.at(1.1, 2.1).responder.esp();
        return talk;
      },
    },
  ]);
  it.each(silent)("stays silent under $suite where $name", ({ talk }) => {
    expect(codes(talk().judge())).not.toContain("eap-failed");
  });
});

describe("eap-stalled", () => {
  it("fires where a later round is repeated and never answered", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    const before = round(talk, 0.1, 1, 220, 1300);
    const frames = talk.at(0.2, 4.2, 11.4).initiator.sends(ikeAuth({ id: 2, inner: 60 }));
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "eap-stalled");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "IKE_AUTH" });
    expect(evidence(found)).toEqual([before.answer?.number, ...frames.map(({ number }) => number)]);
    expect(faults(judgement)).toEqual(["eap-stalled"]);
  });

  it("fires where the initiator leaves the same round without going on, twice", () => {
    const talk = scenario();
    const answers = [talk.sa, talk.newSa()].map((sa, index) => {
      opens(talk, { from: index * 40, sa });
      round(talk, index * 40 + 0.1, 1, 220, 1300, sa);
      return round(talk, index * 40 + 0.2, 2, 30, 45, sa).answer;
    });
    const judgement = talk.endsAt(120).judge();
    const found = finding(judgement, "eap-stalled");
    expect(found).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(evidence(found)).toEqual(answers.map((answer) => answer?.number));
    expect(faults(judgement)).toEqual(["eap-stalled"]);
  });

  it("fires where the answer comes when the initiator has given up", () => {
    const talk = scenario();
    opens(talk);
    round(talk, 0.1, 1, 220, 1300);
    talk.at(0.2, 1, 2.4, 5).initiator.sends(ikeAuth({ id: 2, inner: 40 }));
    const [late] = talk.at(14).responder.sends(ikeAuthAnswer({ id: 2, inner: 8 }));
    const judgement = talk.endsAt(17).judge();
    expect(evidence(finding(judgement, "eap-stalled"))).toContain(late?.number);
    expect(faults(judgement)).toEqual(["eap-stalled"]);
    expect(codes(judgement)).not.toContain("retransmissions");
  });

  const leftOnce = (end: number): Judgement => {
    const talk = scenario();
    opens(talk);
    round(talk, 0.1, 1, 220, 1300);
    round(talk, 0.2, 2, 30, 45);
    return talk.endsAt(end).judge();
  };

  it("is suspected where it happens once: the user may have changed his mind", () => {
    const judgement = leftOnce(120);
    expect(finding(judgement, "eap-stalled")).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(suspicions(judgement)).toEqual(["eap-stalled"]);
  });

  it("only warns while the user may still be typing", () => {
    expect(finding(leftOnce(20), "eap-stalled")).toMatchObject({
      severity: "warning",
      confidence: "possible",
    });
  });

  it("stays silent where the capture ends soon", () => {
    expect(codes(leftOnce(2))).not.toContain("eap-stalled");
  });

  it("stays silent where the last round that was answered may be the last one", () => {
    const talk = scenario();
    opens(talk);
    round(talk, 0.1, 1, 220, 1300);
    round(talk, 0.2, 2, 30, 8);
    round(talk, 0.3, 3, 40, 60);
    expect(codes(talk.endsAt(120).judge())).not.toContain("eap-stalled");
  });

  it("is a warning where another login comes up", () => {
    const talk = scenario();
    opens(talk);
    round(talk, 0.1, 1, 220, 1300);
    round(talk, 0.2, 2, 30, 45);
    setsUp(talk, { from: 40, sa: talk.newSa() });
    expect(finding(talk.endsAt(60).judge(), "eap-stalled").severity).toBe("warning");
  });

  it("leaves a first round without answer to ike-auth-unanswered, and large ones to ip-fragments-lost", () => {
    const small = scenario();
    opens(small);
    small.at(0.2, 4.2, 11.4).initiator.sends(ikeAuth());
    expect(faults(small.endsAt(60).judge())).toEqual(["ike-auth-unanswered"]);
    const large = scenario();
    opens(large);
    round(large, 0.1, 1, 220, 1300);
    large.at(0.2, 4.2, 11.4).initiator.sends(ikeAuth({ id: 2, inner: 3000 }), { ipFragments: 1480 });
    expect(faults(large.endsAt(60).judge())).toEqual(["ip-fragments-lost"]);
  });
});
