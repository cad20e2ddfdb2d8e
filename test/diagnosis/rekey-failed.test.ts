import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/diagnosis/judgement.js";
import {
  codes,
  createChild,
  createChildAnswer,
  dialogue,
  evidence,
  every,
  faults,
  finding,
  informational,
  informationalAnswer,
  informationalV1,
  INNER,
  mainModeUp,
  numbers,
  quickMode,
  quickModeUp,
  type Scenario,
  type ScenarioOptions,
  scenario,
  suspicions,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

/** Rekeys at these seconds, each refused with one notify. */
function refused(talk: Scenario, times: readonly number[], inner: number = INNER.bareNotify) {
  return times.flatMap((time, index) => {
    const id = 2 + index;
    const request = talk.at(time).initiator.sends(createChild({ id }));
    return [...request, ...talk.at(time + 0.1).responder.sends(createChildAnswer({ id, inner }))];
  });
}

/** Bytes of a request for IPv4, and for IPv6 with its longer traffic selectors. */
const RENEWAL = 148;
const FURTHER = 196;
const FURTHER_AMONG_RENEWALS = [
  [10, FURTHER],
  [20, RENEWAL],
  [30, FURTHER],
  [40, RENEWAL],
] as const;

function up(until: number, options: ScenarioOptions = {}): Scenario {
  const talk = scenario(options);
  setsUp(talk);
  traffic(talk, 1, until);
  return talk;
}

describe("rekey-failed", () => {
  it.each(["gcm", "cbc", "cbcSha512", "tripleDes"] as const)(
    "fires under %s where the old SA dies after the refusals",
    (suite) => {
      const talk = up(80, { suite });
      const frames = refused(talk, [30, 50, 70]);
      const judgement = talk.endsAt(200).judge();
      const found = finding(judgement, "rekey-failed");
      expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "CREATE_CHILD_SA" });
      expect(numbers(frames)).toEqual(expect.arrayContaining(evidence(found)));
      expect(faults(judgement)).toEqual(["rekey-failed"]);
    },
  );

  it("fires for a late capture, where the suite is not known", () => {
    const talk = scenario();
    traffic(talk, 1, 80);
    refused(talk, [30, 50, 70]);
    expect(faults(talk.endsAt(200).judge())).toEqual(["rekey-failed"]);
  });

  it("fires at once where the Child SA is deleted and what was to take its place is refused as well", () => {
    const talk = up(50);
    refused(talk, [30]);
    talk.at(50).initiator.sends(informational({ id: 8, inner: INNER.deleteEsp }));
    talk.at(50.05).responder.sends(informationalAnswer({ id: 8, inner: INNER.deleteEsp }));
    talk.at(50.1).initiator.sends(createChild({ id: 9 }));
    talk.at(50.2).responder.sends(createChildAnswer({ id: 9, inner: INNER.bareNotify }));
    const judgement = talk.judge(({ time }) => time < 50.3);
    expect(finding(judgement, "rekey-failed")).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(judgement.status).toBe("failing");
  });

  it.each([
    ["traffic goes on behind that", 80, INNER.deleteEsp],
    ["it is a liveness check", 50, 0],
  ])("only warns where %s", (_how, until, inner) => {
    const talk = up(until);
    refused(talk, [30]);
    talk.at(50).initiator.sends(informational({ id: 8, inner }));
    talk.at(50.05).responder.sends(informationalAnswer({ id: 8, inner }));
    talk.at(50.1).initiator.sends(createChild({ id: 9 }));
    talk.at(50.2).responder.sends(createChildAnswer({ id: 9, inner: INNER.bareNotify }));
    const judgement = talk.judge(({ time }) => time < until + 0.3);
    expect(finding(judgement, "rekey-failed").severity).toBe("warning");
  });

  it("only warns while traffic goes on", () => {
    const talk = up(190);
    refused(talk, [30, 50, 70]);
    const judgement = talk.endsAt(200).judge();
    expect(finding(judgement, "rekey-failed").severity).toBe("warning");
    expect(judgement.status).toBe("degraded");
  });

  it("only warns where the tunnel was idle before", () => {
    const talk = up(10);
    refused(talk, [100, 120]);
    expect(finding(talk.endsAt(200).judge(), "rekey-failed").severity).toBe("warning");
  });

  it("says of each side whose requests it refuses where both do, as with PFS at one side only", () => {
    const talk = up(190);
    const ofInitiator = refused(talk, [30, 70]);
    const ofResponder = [
      ...talk.at(50).responder.sends(createChild({ id: 0 })),
      ...talk.at(50.1).initiator.sends(createChildAnswer({ id: 0, inner: INNER.bareNotify })),
    ];
    const found = finding(talk.endsAt(200).judge(), "rekey-failed");
    const [asks, answers] = ["192.0.2.10", "198.51.100.20"];
    expect(found.headline).toContain(
      `${answers} refuses CREATE_CHILD_SA of ${asks} 2 times, and ${asks} that of ${answers} once`,
    );
    expect(found.summary).toContain("PFS is set at one of them only");
    expect(found.evidence.map(({ frame, text }) => [frame, text.replace(/, \d+ bytes.*/, "")])).toEqual([
      [ofInitiator[0]?.number, `CREATE_CHILD_SA request of ${asks}`],
      [ofInitiator[1]?.number, `answer of ${answers}`],
      [ofResponder[0]?.number, `CREATE_CHILD_SA request of ${answers}`],
      [ofResponder[1]?.number, `answer of ${asks}`],
      [ofInitiator[2]?.number, `CREATE_CHILD_SA request of ${asks} again`],
      [ofInitiator[3]?.number, `answer of ${answers}`],
    ]);
  });

  it.each([
    [32, "possible"],
    [200, "likely"],
  ])("is a warning after one refusal; where the capture ends at %s s it is %s", (end, confidence) => {
    const talk = up(end);
    refused(talk, [30]);
    const judgement = talk.endsAt(end).judge();
    expect(finding(judgement, "rekey-failed")).toMatchObject({ severity: "warning", confidence });
  });

  it("stays silent after one TEMPORARY_FAILURE, where the next attempt succeeds", () => {
    const talk = up(80);
    refused(talk, [30]);
    talk.at(40).initiator.sends(createChild({ id: 3 }));
    talk.at(40.1).responder.sends(createChildAnswer({ id: 3 }));
    expect(codes(talk.endsAt(200).judge())).not.toContain("rekey-failed");
  });

  it("stays silent where both sides put each other off once, and the capture ends before they ask again", () => {
    const crosses = (end: number): readonly string[] => {
      const talk = up(end);
      talk.at(30).initiator.sends(createChild({ id: 2 }));
      talk.at(30.02).responder.sends(createChild({ id: 0 }));
      talk.at(30.05).responder.sends(createChildAnswer({ id: 2, inner: INNER.bareNotify }));
      talk.at(30.07).initiator.sends(createChildAnswer({ id: 0, inner: INNER.bareNotify }));
      return codes(talk.endsAt(end).judge());
    };
    expect(crosses(32)).not.toContain("rekey-failed");
    expect(crosses(200)).toContain("rekey-failed");
  });

  it("stays silent where the other side had just renewed a Child SA, and the capture ends before it is asked again", () => {
    const isPutOff = (end: number): readonly string[] => {
      const talk = up(end);
      talk.at(29.9).responder.sends(createChild({ id: 0 }));
      talk.at(29.95).initiator.sends(createChildAnswer({ id: 0 }));
      talk.at(30).initiator.sends(createChild({ id: 2 }));
      talk.at(30.05).responder.sends(createChildAnswer({ id: 2, inner: INNER.bareNotify }));
      return codes(talk.endsAt(end).judge());
    };
    expect(isPutOff(32)).not.toContain("rekey-failed");
    expect(isPutOff(200)).toContain("rekey-failed");
  });

  it("stays silent where a later try succeeds, as after INVALID_KE_PAYLOAD", () => {
    const talk = up(80);
    refused(talk, [30, 50], 10);
    talk.at(50.2).initiator.sends(createChild({ id: 4 }));
    talk.at(50.3).responder.sends(createChildAnswer({ id: 4 }));
    expect(codes(talk.endsAt(200).judge())).not.toContain("rekey-failed");
  });

  it("warns of a refused further child where the one after it, of the same length and soon, is made", () => {
    const talk = up(80);
    refused(talk, [30]);
    talk.at(30.3).initiator.sends(createChild({ id: 3 }));
    talk.at(30.4).responder.sends(createChildAnswer({ id: 3 }));
    const found = finding(talk.endsAt(200).judge(), "rekey-failed");
    expect(found).toMatchObject({ severity: "warning", confidence: "likely" });
  });

  it("warns of a further child that is refused again and again while another one, whose requests have another length, is renewed", () => {
    const talk = up(80);
    for (const [index, [time, inner]] of FURTHER_AMONG_RENEWALS.entries()) {
      const id = 2 + index;
      talk.at(time).initiator.sends(createChild({ id, inner }));
      const answer = inner === FURTHER ? { id, inner: INNER.bareNotify } : { id };
      talk.at(time + 0.1).responder.sends(createChildAnswer(answer));
    }
    const judgement = talk.endsAt(200).judge();
    const found = finding(judgement, "rekey-failed");
    expect(found).toMatchObject({ severity: "warning", confidence: "likely" });
    expect(found.headline).toContain("2 times");
    expect(judgement.status).toBe("degraded");
  });

  it("warns of that also where the capture begins behind all but the last of it", () => {
    const talk = scenario();
    traffic(talk, 1, 80);
    for (const [id, [time, inner]] of FURTHER_AMONG_RENEWALS.slice(-2).entries()) {
      talk.at(time).initiator.sends(createChild({ id, inner }));
      const answer = inner === FURTHER ? { id, inner: INNER.bareNotify } : { id };
      talk.at(time + 0.1).responder.sends(createChildAnswer(answer));
    }
    const judgement = talk.endsAt(200).judge();
    expect(finding(judgement, "rekey-failed").severity).toBe("warning");
    expect(judgement.status).toBe("degraded");
  });

  it("stays silent where each rekey begins with a group that INVALID_KE_PAYLOAD refuses", () => {
    const talk = up(80);
    for (const [index, time] of [20, 40, 60].entries()) {
      const id = 2 + 2 * index;
      talk.at(time).initiator.sends(createChild({ id, inner: FURTHER }));
      talk.at(time + 0.1).responder.sends(createChildAnswer({ id, inner: INNER.bareNotify }));
      talk.at(time + 0.2).initiator.sends(createChild({ id: id + 1, inner: RENEWAL }));
      talk.at(time + 0.3).responder.sends(createChildAnswer({ id: id + 1 }));
    }
    expect(codes(talk.endsAt(200).judge())).not.toContain("rekey-failed");
  });

  it("warns of that in a late capture too, where the suite is not known", () => {
    const talk = scenario();
    traffic(talk, 1, 80);
    refused(talk, [30]);
    talk.at(30.3).initiator.sends(createChild({ id: 3 }));
    talk.at(30.4).responder.sends(createChildAnswer({ id: 3 }));
    const judgement = talk.endsAt(200).judge();
    expect(finding(judgement, "rekey-failed").severity).toBe("warning");
    expect(judgement.status).toBe("degraded");
  });

  it("stays silent in a late capture where the next attempt waits, as after TEMPORARY_FAILURE", () => {
    const talk = scenario();
    traffic(talk, 1, 80);
    refused(talk, [30]);
    talk.at(40).initiator.sends(createChild({ id: 3 }));
    talk.at(40.1).responder.sends(createChildAnswer({ id: 3 }));
    expect(codes(talk.endsAt(200).judge())).not.toContain("rekey-failed");
  });

  it.each([
    ["has another length, as after INVALID_KE_PAYLOAD", 212, 0],
    ["follows a rekey of the side that refused, as after TEMPORARY_FAILURE", 180, 1],
  ])("stays silent where the next request %s", (_name, inner, crossing) => {
    const talk = up(80);
    refused(talk, [30]);
    for (let id = 0; id < crossing; id++) {
      talk.at(29.9).responder.sends(createChild({ id, inner: 172 }));
      talk.at(29.95).initiator.sends(createChildAnswer({ id }));
    }
    talk.at(30.3).initiator.sends(createChild({ id: 3, inner }));
    talk.at(30.4).responder.sends(createChildAnswer({ id: 3 }));
    expect(codes(talk.endsAt(200).judge())).not.toContain("rekey-failed");
  });

  it.each([
    [
      "stays silent where it is asked again at once with another length, and the capture ends",
      212,
      30.2,
      false,
    ],
    ["warns where what is asked again at once stays without an answer", 212, 60, true],
    ["warns where what is asked again has the same length, and the capture ends", 180, 30.2, true],
  ])("%s", (_name, inner, end, told) => {
    const talk = up(20);
    refused(talk, [30]);
    talk.at(30.15).initiator.sends(createChild({ id: 3, inner }));
    expect(codes(talk.endsAt(end).judge()).includes("rekey-failed")).toBe(told);
  });

  /** The IKE SA of MODP 2048 is rekeyed behind a refused Child SA; what is asked for next has the SPI `spi`. */
  function rekeysIkeSa(startedBy: "initiator" | "responder", spi?: number): Scenario {
    const talk = scenario({ suite: "cbc" });
    setsUp(talk);
    traffic(talk, 1, 40);
    refused(talk, [30]);
    const other = startedBy === "initiator" ? "responder" : "initiator";
    const id = startedBy === "initiator" ? 3 : 0;
    talk.at(40)[startedBy].sends(createChild({ id, inner: 368 }));
    talk.at(40.1)[other].sends(createChildAnswer({ id, inner: 368 }));
    dialogue(talk, every(1, 41, 80), spi === undefined ? {} : { ask: { spi }, answer: { spi: spi + 1 } });
    return talk;
  }

  it.each(["initiator", "responder"] as const)(
    "still warns where the %s then rekeys the IKE SA alone: ESP goes on with the old SPIs",
    (startedBy) => {
      const found = finding(rekeysIkeSa(startedBy).endsAt(200).judge(), "rekey-failed");
      expect(found).toMatchObject({ severity: "warning", confidence: "likely" });
    },
  );

  it.each(["initiator", "responder"] as const)(
    "stays silent where what the %s then asks for brings new SPIs",
    (startedBy) => {
      expect(codes(rekeysIkeSa(startedBy, 0xa2).endsAt(200).judge())).not.toContain("rekey-failed");
    },
  );

  it.each([
    ["", 128],
    [" with PFS", 480],
  ])("warns where only the IKE SA was rekeyed since, and no Child SA%s is left", (_, asked) => {
    const idle = (renews: boolean): Judgement => {
      const talk = scenario();
      setsUp(talk);
      for (const [index, second] of [30, 40].entries()) {
        talk.at(second).initiator.sends(createChild({ id: 2 + index, inner: asked }));
        const inner = INNER.bareNotify;
        talk.at(second + 0.1).responder.sends(createChildAnswer({ id: 2 + index, inner }));
      }
      talk.at(50).initiator.sends(informational({ id: 4, inner: INNER.deleteEsp }));
      talk.at(50.1).responder.sends(informationalAnswer({ id: 4, inner: INNER.deleteEsp }));
      // With a key exchange, as the IKE SA has.
      talk.at(60).initiator.sends(createChild({ id: 5, inner: 360 }));
      talk.at(60.1).responder.sends(createChildAnswer({ id: 5, inner: 360 }));
      talk.at(60.2).initiator.sends(informational({ id: 6, inner: INNER.deleteIke }));
      talk.at(60.3).responder.sends(informationalAnswer({ id: 6 }));
      const next = { ...talk.newSa(), startedBy: "initiator" } as const;
      if (renews) {
        talk.at(70).initiator.sends(createChild({ sa: next, id: 0, inner: asked }));
        talk.at(70.1).responder.sends(createChildAnswer({ sa: next, id: 0, inner: asked - 12 }));
      }
      for (const [index, second] of [90, 120, 150].entries()) {
        talk.at(second).initiator.sends(informational({ sa: next, id: index + 1 }));
        talk.at(second + 0.1).responder.sends(informationalAnswer({ sa: next, id: index + 1 }));
      }
      return talk.endsAt(160).judge();
    };
    expect(finding(idle(false), "rekey-failed").severity).toBe("warning");
    expect(codes(idle(true))).not.toContain("rekey-failed");
  });

  it("stays silent where a new IKE SA takes over", () => {
    const talk = up(80);
    refused(talk, [30, 50]);
    setsUp(talk, { from: 60, sa: talk.newSa() });
    expect(codes(talk.endsAt(200).judge())).not.toContain("rekey-failed");
  });

  it("is not confused by short answers of other exchanges", () => {
    const talk = up(80);
    for (const id of [2, 3, 4]) {
      talk.at(20 + id).initiator.sends(informational({ id }));
      talk.at(20.1 + id).responder.sends(informationalAnswer({ id }));
    }
    expect(codes(talk.endsAt(200).judge())).not.toContain("rekey-failed");
  });
});

describe("further Child SAs right after the setup", () => {
  /** CREATE_CHILD_SA a tenth of a second apart from `from` on; those with these indices are refused. */
  function asks(from: number, count: number, refusedAt: readonly number[]): Scenario {
    const talk = up(from + 20);
    for (let index = 0; index < count; index++) {
      const at = from + index / 10;
      const isRefused = refusedAt.includes(index);
      talk.at(at).initiator.sends(createChild({ id: 2 + index }));
      talk
        .at(at + 0.05)
        .responder.sends(
          createChildAnswer({ id: 2 + index, ...(isRefused ? { inner: INNER.bareNotify } : {}) }),
        );
    }
    return talk.endsAt(from + 20);
  }

  it("are child-rejected, with how many of how many, where some are refused", () => {
    const judgement = asks(0.3, 9, [1, 6]).judge();
    const found = finding(judgement, "child-rejected");
    expect(found).toMatchObject({ severity: "warning", confidence: "likely", phase: "CREATE_CHILD_SA" });
    expect(found.headline).toBe("198.51.100.20 refuses 2 of 10 Child SAs after the setup; 8 accepted");
    expect(found.remedies[0]).toContain("subnets");
    expect(codes(judgement)).not.toContain("rekey-failed");
    expect(judgement.status).toBe("degraded");
  });

  /** Under AES-GCM the second of two is refused, and `side` renews another one 10 s later by a request with so many bytes more. */
  function renewedAfter(
    more: number,
    side: "initiator" | "responder",
    deletesOld: boolean,
    at = 10,
  ): Judgement {
    const talk = up(30);
    const inner = 120;
    talk.at(0.3).initiator.sends(createChild({ id: 2, inner }));
    talk.at(0.35).responder.sends(createChildAnswer({ id: 2 }));
    talk.at(0.4).initiator.sends(createChild({ id: 3, inner }));
    talk.at(0.45).responder.sends(createChildAnswer({ id: 3, inner: INNER.bareNotify }));
    const other = side === "initiator" ? "responder" : "initiator";
    const first = side === "initiator" ? 4 : 0;
    talk.at(at)[side].sends(createChild({ id: first, inner: inner + more }));
    talk.at(at + 0.1)[other].sends(createChildAnswer({ id: first }));
    if (deletesOld) {
      talk.at(at + 0.2)[side].sends(informational({ id: first + 1, inner: INNER.deleteEsp }));
      talk.at(at + 0.3)[other].sends(informationalAnswer({ id: first + 1, inner: INNER.deleteEsp }));
    }
    return talk.endsAt(30).judge();
  }

  it.each([
    ["a later request is longer by REKEY_SA alone", 12, "initiator", false, ["child-rejected"]],
    ["a later request ends with the Delete of an old one", 60, "initiator", true, ["child-rejected"]],
    ["the other side renews one and deletes the old one", 60, "responder", true, ["child-rejected"]],
    ["a request soon after it is longer by REKEY_SA alone", 12, "initiator", false, ["child-rejected"], 1.7],
    ["the other side renews one soon after it", 60, "responder", true, ["child-rejected"], 1.7],
    ["a later request may be the same with another group", 60, "initiator", false, []],
    ["a later request is the same", 0, "initiator", false, []],
  ] as const)("are judged where %s", (_name, more, side, deletesOld, found, at?: number) => {
    const judged = codes(renewedAfter(more, side, deletesOld, at));
    expect(judged.filter((code) => code === "child-rejected" || code === "rekey-failed")).toEqual(found);
  });

  it("stay silent about a rekey that is put off, and made in the next attempt of either side", () => {
    for (const side of ["initiator", "responder"] as const) {
      const talk = up(40);
      const other = side === "initiator" ? "responder" : "initiator";
      talk.at(0.3).initiator.sends(createChild({ id: 2, inner: 120 }));
      talk.at(0.35).responder.sends(createChildAnswer({ id: 2 }));
      talk.at(10).initiator.sends(createChild({ id: 3, inner: 132 }));
      talk.at(10.1).responder.sends(createChildAnswer({ id: 3, inner: INNER.bareNotify }));
      const id = side === "initiator" ? 4 : 0;
      talk.at(15)[side].sends(createChild({ id, inner: 132 }));
      talk.at(15.1)[other].sends(createChildAnswer({ id }));
      talk.at(15.2)[side].sends(informational({ id: id + 1, inner: INNER.deleteEsp }));
      talk.at(15.3)[other].sends(informationalAnswer({ id: id + 1, inner: INNER.deleteEsp }));
      expect(codes(talk.endsAt(40).judge())).not.toContain("rekey-failed");
    }
  });

  it.each(["initiator", "responder"] as const)(
    "are told in a capture that begins later, where the %s renews another one",
    (side) => {
      const talk = scenario({ suite: "cbcSha512" });
      traffic(talk, 1, 30);
      const other = side === "initiator" ? "responder" : "initiator";
      talk.at(2).initiator.sends(createChild({ id: 8, inner: 148 }));
      talk.at(2.1).responder.sends(createChildAnswer({ id: 8, inner: INNER.bareNotify }));
      const id = side === "initiator" ? 9 : 0;
      talk.at(8)[side].sends(createChild({ id, inner: 160 }));
      talk.at(8.1)[other].sends(createChildAnswer({ id }));
      expect(codes(talk.endsAt(40).judge())).toContain("rekey-failed");
    },
  );

  it("accuse nobody where all are accepted", () => {
    expect(codes(asks(0.3, 9, []).judge())).not.toContain("child-rejected");
  });

  it.each([
    ["they come later, for then they may be rekeys", 60, 3, [0, 1]],
    ["none of them is accepted", 0.3, 1, [0]],
  ])("are rekey-failed where %s", (_name, from, count, refusedAt) => {
    const judgement = asks(from, count, refusedAt).judge();
    expect(codes(judgement)).toContain("rekey-failed");
    expect(codes(judgement)).not.toContain("child-rejected");
  });
});

describe("rekey-failed in IKEv1", () => {
  /** A tunnel whose second quick mode, `at` seconds after phase 1, is refused; its ESP goes on to `until`. */
  function refusedAt(at: number, until: number, length = 168) {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 0.5 }, 1);
    traffic(talk, 1, until);
    const [request] = talk.at(at).initiator.sends(quickMode(1, { messageId: 2, length }));
    const [refusal] = talk.at(at + 0.01).responder.sends(informationalV1({ length: 64 }));
    return { talk, request, refusal };
  }

  /** The old Child SA is deleted; the IKE SA is checked from then on. */
  function deletesChild(talk: Scenario, at: number, until: number): void {
    talk.at(at).initiator.sends(informationalV1({ length: 64 }));
    for (const second of every(5, at + 1, until)) {
      talk.at(second).initiator.sends(informationalV1());
      talk.at(second + 0.02).responder.sends(informationalV1());
    }
  }

  it("fires where the old Child SA is deleted and nothing replaced it", () => {
    const { talk, request, refusal } = refusedAt(12, 24);
    deletesChild(talk, 24, 34);
    const judgement = talk.endsAt(36).judge();
    const found = finding(judgement, "rekey-failed");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "QUICK_MODE" });
    expect(found.headline).toContain("then traffic stops and no Child SA follows");
    expect(evidence(found)).toEqual(expect.arrayContaining([request?.number, refusal?.number]));
    expect(faults(judgement)).toEqual(["rekey-failed"]);
    expect(codes(judgement)).not.toContain("child-rejected");
  });

  it("fires after two refusals where its ESP ends and the capture goes on for long", () => {
    const { talk } = refusedAt(12, 24);
    talk.at(20).initiator.sends(quickMode(1, { messageId: 3, length: 168 }));
    talk.at(20.01).responder.sends(informationalV1({ length: 64 }));
    expect(faults(talk.endsAt(120).judge())).toEqual(["rekey-failed"]);
  });

  it("is suspected after one, which may be of a further Child SA, while the first one is idle", () => {
    const { talk } = refusedAt(12, 24);
    const judgement = talk.endsAt(120).judge();
    expect(suspicions(judgement)).toEqual(["rekey-failed"]);
    expect(judgement.status).toBe("suspected");
  });

  it("only warns while the old Child SA goes on", () => {
    const { talk } = refusedAt(12, 40);
    const judgement = talk.endsAt(41).judge();
    expect(finding(judgement, "rekey-failed").severity).toBe("warning");
    expect(judgement.status).toBe("degraded");
  });

  it("warns where its ESP begins between two attempts of the request, and goes on behind the last one", () => {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 0.5 }, 1);
    const request = quickMode(1, { messageId: 2, length: 168 });
    for (const at of [12, 16, 24, 40]) {
      talk.at(at).initiator.sends(request);
      talk.at(at + 0.01).responder.sends(informationalV1({ length: 64 }));
    }
    traffic(talk, 20, 60);
    const judgement = talk.endsAt(61).judge();
    expect(finding(judgement, "rekey-failed").severity).toBe("warning");
    expect(judgement.status).toBe("degraded");
  });

  it("only warns where a liveness check stands at the end of the traffic, and the capture ends soon", () => {
    const { talk } = refusedAt(12, 24);
    talk.at(24).initiator.sends(informationalV1());
    talk.at(24.02).responder.sends(informationalV1());
    expect(finding(talk.endsAt(30).judge(), "rekey-failed").severity).toBe("warning");
  });

  it.each([
    ["the request has another length than the one that was accepted", 12, 184],
    ["it belongs to the first requests, of several Child SAs", 3, 168],
  ])("leaves it to child-rejected where %s", (_name, at, length) => {
    const { talk } = refusedAt(at, 24, length);
    const judgement = talk.endsAt(41).judge();
    expect(codes(judgement)).toContain("child-rejected");
    expect(codes(judgement)).not.toContain("rekey-failed");
  });

  it("warns where a later attempt makes the new Child SA only after half a minute of refusals", () => {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 0.5 }, 1);
    traffic(talk, 1, 24);
    const request = quickMode(1, { messageId: 2, length: 168 });
    for (const at of [12, 16, 24, 40]) {
      talk.at(at).initiator.sends(request);
      talk.at(at + 0.01).responder.sends(informationalV1({ length: 64 }));
    }
    quickModeUp(talk, { from: 55 }, 3);
    dialogue(talk, every(0.5, 56, 70), { ask: { spi: 0xa3 }, answer: { spi: 0xb3 } });
    const judgement = talk.endsAt(71).judge();
    expect(finding(judgement, "rekey-failed")).toMatchObject({ severity: "warning", mended: true });
    expect(finding(judgement, "rekey-failed").headline).toContain("and accepts one later");
    expect(judgement.status).toBe("degraded");
  });

  it("stays silent where a later attempt makes the new Child SA", () => {
    const { talk } = refusedAt(12, 24);
    quickModeUp(talk, { from: 20 }, 3);
    dialogue(talk, every(0.5, 20.5, 40), { ask: { spi: 0xa3 }, answer: { spi: 0xb3 } });
    const judgement = talk.endsAt(41).judge();
    expect(codes(judgement)).not.toContain("rekey-failed");
    expect(judgement.status).toBe("healthy");
  });
});
