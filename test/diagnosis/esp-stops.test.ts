import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import {
  accusations,
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
  opens,
  quickModeUp,
  type Scenario,
  scenario,
  setsUp,
  suspicions,
} from "../support/scenario/index.js";

/** A dialogue of 10 s; then the initiator goes on asking for 20 s and nothing comes back. */
function stops(talk: Scenario) {
  setsUp(talk);
  const { answers } = dialogue(talk, every(1, 1, 11));
  const questions = talk.at(...every(1, 11, 31)).initiator.esp();
  return { lastAnswer: answers.at(-1), lastQuestion: questions.at(-1) };
}

function check(talk: Scenario, seconds: number, id = 2): void {
  talk.at(seconds).initiator.sends(informational({ id }));
  talk.at(seconds + 0.05).responder.sends(informationalAnswer({ id }));
}

/** A rekey 1 s after the dialogue: the initiator goes on with the new SPI. */
function rekeys(talk: Scenario): void {
  talk.at(11).initiator.sends(createChild({ id: 2 }));
  talk.at(11.05).responder.sends(createChildAnswer({ id: 2 }));
}

describe("answers that stop in the middle of traffic", () => {
  it("are esp-one-way where they stop with a rekey: questions of the same size on the new SPI", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    dialogue(talk, every(1, 1, 11));
    rekeys(talk);
    talk.at(...every(1, 12, 32)).initiator.esp({ spi: 0xc1000002 });
    check(talk, 20, 3);
    expect(faults(talk.endsAt(60).judge())).toEqual(["esp-one-way"]);
  });

  it.each([
    [
      "in another beat, for long: heartbeats of that size need none",
      every(3, 121, 500),
      "warning",
      "possible",
    ],
    ["in a faster beat, for a short time", every(0.4, 121, 132), "critical", "possible"],
    [
      "in a slower beat, for a short time: who waits for an answer asks less often",
      every(2, 121, 140),
      "critical",
      "likely",
    ],
    ["in the same beat", every(1, 121, 300), "critical", "likely"],
    ["in the same beat after a pause", every(1, 150, 300), "critical", "likely"],
  ])("are told where questions of the same size go on %s", (_how, seconds, severity, confidence) => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    dialogue(talk, every(1, 1, 121), { ask: { size: 132 }, answer: { size: 132 } });
    talk.at(...seconds).initiator.esp({ size: 132 });
    const end = seconds.at(-1) ?? 0;
    check(talk, end - 0.2);
    const found = finding(talk.endsAt(end + 1).judge(), "esp-one-way");
    expect(found).toMatchObject({ severity, confidence });
  });

  it("are esp-one-way where IKE of the silent side still comes", () => {
    const talk = scenario({ near: "initiator" });
    const { lastAnswer, lastQuestion } = stops(talk);
    check(talk, 20);
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "esp-one-way");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", provenance: "inferred" });
    expect(evidence(found)).toContain(lastAnswer?.number);
    expect(evidence(found)).toContain(lastQuestion?.number);
    expect(faults(judgement)).toEqual(["esp-one-way"]);
  });

  it("do not say that IKE works both ways where what the other side asks then has no answer", () => {
    const talk = scenario({ near: "initiator" });
    stops(talk);
    check(talk, 15);
    talk.at(20, 22, 25, 30).initiator.sends(informational({ id: 3 }));
    const summary = inEnglish(finding(talk.endsAt(60).judge(), "esp-one-way").summary);
    expect(summary).toContain("its way to 192.0.2.10 is open for IKE");
    expect(summary).toContain("What 192.0.2.10 asks by IKE after that has no answer (4 attempts in 10.0 s)");
  });

  it("are not called answered IKE where the silent side answers a new setup alone: it may have restarted", () => {
    const talk = scenario({ near: "initiator" });
    stops(talk);
    opens(talk, { from: 30.5, sa: talk.newSa() });
    const found = finding(talk.endsAt(60).judge(), "esp-one-way");
    expect(found.headline).toContain("its IKE comes in a new IKE SA only");
    expect(found.confidence).toBe("possible");
    expect(found.rivals.map(({ code }) => code)).toContain("peer-restarted");
    expect(inEnglish(found.summary)).not.toContain("is open for IKE");
  });

  it("are path-lost where nothing of that side comes any more", () => {
    const talk = scenario({ near: "initiator" });
    stops(talk);
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual(["path-lost"]);
    expect(finding(judgement, "path-lost").phase).toBe("ESP");
  });

  it("are path-lost where IKE is asked much later, which has no answer either", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    dialogue(talk, every(1, 1, 11));
    talk.at(...every(1, 11, 120)).initiator.esp();
    talk.at(90, 94, 101, 114).initiator.sends(informational({ id: 2 }));
    const found = finding(talk.endsAt(121).judge(), "path-lost");
    expect(inEnglish(found.summary)).toContain(
      "asks by IKE later has no answer either (4 attempts in 24.0 s)",
    );
    expect(inEnglish(found.summary)).not.toContain("Nobody asked");
  });

  it.each([
    ["a ping of another host that does not answer", 5, 15],
    ["a device on the way that has forgotten the connection", 300, 15],
    ["a program that tries a host which is off, for long", 10, 50],
  ])("may be %s where questions come again after a pause", (_what, pause, count) => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    dialogue(talk, every(1, 1, 11));
    talk.at(...every(1, 10 + pause, 10 + pause + count)).initiator.esp();
    const judgement = talk.endsAt(pause + count + 12).judge();
    expect(faults(judgement)).toEqual([]);
    expect(suspicions(judgement)).toEqual(["esp-one-way"]);
    const found = finding(judgement, "esp-one-way");
    expect(inEnglish(found.headline ?? "")).toContain(
      `no ESP of 198.51.100.20 comes back for ${count - 1}.0 s`,
    );
    expect(found.rivals.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["esp-absent", "path-lost", ...(pause > 30 ? ["esp-blocked"] : [])]),
    );
  });

  it("are esp-one-way where many questions behind a pause have none, though IKE is answered", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    dialogue(talk, every(1, 1, 11));
    talk.at(...every(1, 60, 140)).initiator.esp();
    check(talk, 110);
    expect(finding(talk.endsAt(141).judge(), "esp-one-way")).toMatchObject({ confidence: "likely" });
  });

  it("that were asked with pauses before tell the moment all the same: these are no longer", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    dialogue(talk, every(5, 1, 61));
    talk.at(...every(5, 61, 121)).initiator.esp();
    expect(faults(talk.endsAt(180).judge())).toEqual(["path-lost"]);
  });

  it.each([40, 240])("are path-lost where both sides had asked by turns, %s s later too", (until) => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    for (const second of every(1, 1, 11)) {
      talk.at(second).initiator.esp();
      talk.at(second + 0.01).responder.esp();
      talk.at(second + 0.5).responder.esp();
      talk.at(second + 0.51).initiator.esp();
    }
    talk.at(...every(1, 11, until)).initiator.esp();
    expect(faults(talk.judge())).toEqual(["path-lost"]);
  });

  it("are suspected in a capture of ESP alone, which does not show whether IKE still comes", () => {
    const talk = scenario();
    stops(talk);
    const judgement = talk.judge(({ port }) => port === 0);
    expect(suspicions(judgement)).toEqual(["esp-one-way"]);
    expect(finding(judgement, "esp-one-way").rivals.map(({ code }) => code)).toContain("path-lost");
  });

  it.each([
    ["what is sent comes again as TCP repeats it", "initiator", "responder"],
    ["what is fetched comes again, for the acknowledgements are missing", "responder", "initiator"],
  ] as const)("are esp-one-way where %s", (_, sender, receiver) => {
    const talk = scenario();
    setsUp(talk);
    for (const second of every(0.05, 1, 10)) {
      talk.at(second, second + 0.01)[sender].esp({ size: 1400 });
      talk.at(second + 0.02)[receiver].esp();
    }
    talk.at(10, 10.01, 10.2, 10.6, 11.4, 13, 16.2, 22.6, 35.4)[sender].esp({ size: 1400 });
    check(talk, 20);
    expect(faults(talk.endsAt(60).judge())).toEqual(["esp-one-way"]);
  });

  it.each([
    ["few", 14, "critical", "suspected"],
    ["many, which may be heartbeats", 90, "warning", "degraded"],
  ] as const)(
    "are esp-one-way behind a single answer, where the same is asked again: %s",
    (_, until, severity, status) => {
      const talk = scenario();
      setsUp(talk);
      dialogue(talk, [1]);
      talk.at(...every(1, 2, until)).initiator.esp();
      const judgement = talk.endsAt(100).judge();
      expect(finding(judgement, "esp-one-way")).toMatchObject({ severity, confidence: "possible" });
      expect(judgement.status).toBe(status);
    },
  );

  it("are suspected where both sides had paused for as long before: nothing was asked then", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, [1, 2, 3, 4, 5, 20, 21, 22, 23]);
    talk.at(...every(1, 24, 40)).initiator.esp();
    check(talk, 39);
    expect(suspicions(talk.endsAt(60).judge())).toEqual(["esp-one-way"]);
  });

  it("are not told where the recording lacks the same time of both sides before: what was asked in it is not known", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 24));
    talk.at(...every(1, 24, 40)).initiator.esp();
    check(talk, 39);
    const lacks = (seconds: number): boolean => seconds > 5.5 && seconds < 19.5;
    const judgement = talk.endsAt(60).judge(({ time }) => !lacks(time));
    expect(codes(judgement)).not.toContain("esp-one-way");
  });

  it("are no lost path near the silent side: there its host is to be looked at", () => {
    const talk = scenario({ near: "responder" });
    stops(talk);
    expect(faults(talk.endsAt(60).judge())).toEqual([]);
  });
});

describe("a tunnel is up and no more where one direction alone goes on to the end", () => {
  const reports = (talk: Scenario, from: number, to: number): void => {
    for (const [index, second] of every(2, from, to).entries()) {
      talk.at(second).initiator.esp({ size: 200 + ((index * 37) % 90) * 10 });
    }
  };

  it.each([20, 40, 240])("for %s s", (until) => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 5));
    reports(talk, 6, until);
    const judgement = talk.judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("up");
    expect(inEnglish(judgement.tunnels[0]?.standing ?? "")).toMatch(
      /ESP both ways, then \d+ packets of 192\.0\.2\.10 in /,
    );
  });

  it("since before a rekey: the silence begins with the last packet, not with the new SPI", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 5));
    reports(talk, 6, 10);
    rekeys(talk);
    for (const [index, second] of every(2, 12, 20).entries()) {
      talk.at(second).initiator.esp({ spi: 0xc1000002, size: 300 + ((index * 53) % 90) * 10 });
    }
    const judgement = talk.judge();
    expect(judgement.status).toBe("up");
    expect(inEnglish(judgement.tunnels[0]?.standing ?? "")).toMatch(
      /then \d+ packets of 192\.0\.2\.10 in 1[34]/,
    );
  });

  it("and is healthy where liveness checks are answered meanwhile, or it was as silent before", () => {
    const checked = scenario();
    setsUp(checked);
    dialogue(checked, every(1, 1, 5));
    reports(checked, 6, 240);
    check(checked, 100);
    check(checked, 200, 3);
    expect(checked.judge().status).toBe("healthy");
    const sparse = scenario();
    setsUp(sparse);
    dialogue(sparse, [1, 61, 121]);
    reports(sparse, 2, 170);
    expect(sparse.judge().status).toBe("healthy");
  });
});

describe("a tunnel with answered liveness checks is up, and not healthy,", () => {
  it("where packets as large as those that were answered have no answer for longer than half a minute", () => {
    const talk = scenario();
    setsUp(talk);
    // Answers of four packets each: few of them follow one of the other side.
    talk.at(...every(1, 1, 20)).initiator.esp();
    talk.at(...every(1, 1, 20).flatMap((second) => every(0.02, second + 0.02, second + 0.1))).responder.esp();
    talk.at(...every(2, 22, 80)).initiator.esp();
    check(talk, 30);
    check(talk, 60, 3);
    const judgement = talk.endsAt(81).judge();
    expect([judgement.status, accusations(judgement)]).toEqual(["up", []]);
  });
});

describe("nobody is accused where one direction ends because", () => {
  it("a dialogue is over and a stream follows that needs no answer, of another size", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 11));
    talk.at(...every(0.2, 11, 41)).initiator.esp({ size: 600 });
    check(talk, 30);
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("a rekey is followed by a stream that needs no answer, of another size", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 11));
    rekeys(talk);
    talk.at(...every(0.2, 12, 42)).initiator.esp({ spi: 0xc1000002, size: 600 });
    check(talk, 30, 3);
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it.each([
    ["is of another size", every(1, 2, 14), 96],
    ["comes at random times", [2, 3.1, 5.5, 6.2, 9, 9.6, 12, 14.9], undefined],
    ["is three packets", [2, 3, 4], undefined],
  ] as const)("what follows a single answer %s", (_, seconds, size) => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, [1]);
    talk.at(...seconds).initiator.esp(size === undefined ? {} : { size });
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("a stream has sparse replies only, as RTP with its receiver reports", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(...every(0.05, 1, 40)).initiator.esp({ size: 200 });
    talk.at(5.01, 10.01, 15.01, 20.01, 25.01).responder.esp();
    check(talk, 39);
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("a call is put on hold, and music goes on one way", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(0.02, 1, 12), { ask: { size: 200 }, answer: { size: 200 } });
    talk.at(...every(0.02, 12, 40)).initiator.esp({ size: 200 });
    check(talk, 25);
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("reports follow that are a little larger than any question was", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 11), { ask: { size: 80 } });
    talk.at(...every(2, 12, 40)).initiator.esp({ size: 92 });
    check(talk, 25);
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("a download is over that reports of other sizes went beside, a few of them followed by its packets", () => {
    const talk = scenario();
    setsUp(talk);
    const reports = { small: { size: 214 }, large: { size: 434 } };
    talk.at(2, 9, 21, 30).initiator.esp(reports.small);
    // Each second segment is acknowledged.
    talk.at(...every(0.01, 42, 43)).initiator.esp({ size: 1408 });
    talk.at(42.511).initiator.esp(reports.small);
    talk.at(...every(0.02, 42.012, 43)).responder.esp({ size: 100 });
    talk.at(...every(17, 50, 400)).initiator.esp(reports.small);
    talk.at(...every(31, 55, 400)).initiator.esp(reports.large);
    for (const [index, second] of every(30, 60, 400).entries()) check(talk, second, index + 2);
    expect(codes(talk.endsAt(400).judge())).not.toContain("esp-one-way");
  });

  it("two packets go in half a minute, though some before had no answer of their own", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, [0.5, 0.6, 0.7], { ask: { size: 1000 } });
    const seconds = every(0.05, 1, 4);
    talk.at(...seconds).initiator.esp();
    talk.at(...seconds.filter((_, index) => index % 4 > 0).map((second) => second + 0.02)).responder.esp();
    talk.at(20, 35).initiator.esp();
    check(talk, 25);
    expect(codes(talk.endsAt(60).judge())).not.toContain("esp-one-way");
  });

  it("a call is over, and reports follow of which some are as large as its packets", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    // The packets of the other side come two at a time.
    talk.at(...every(0.02, 1, 9)).initiator.esp({ size: 234 });
    talk.at(...every(0.04, 1.03, 9)).responder.esp({ size: 234 });
    talk.at(...every(0.04, 1.030_1, 9)).responder.esp({ size: 234 });
    // One of the reports stands before a packet of the other side by chance.
    talk.at(5.025).initiator.esp({ size: 290 });
    talk.at(...every(24, 20, 240)).initiator.esp({ size: 214 });
    talk.at(25, 47, 62, 101, 118, 163, 171, 229).initiator.esp({ size: 290 });
    for (const [index, second] of every(30, 30, 240).entries()) check(talk, second, index + 2);
    expect(codes(talk.endsAt(240).judge())).not.toContain("esp-one-way");
  });

  it("the capture ends a few seconds later: it is only suspected", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 11));
    talk.at(...every(1, 11, 17)).initiator.esp();
    check(talk, 16);
    const judgement = talk.endsAt(18).judge();
    expect(suspicions(judgement)).toEqual(["esp-one-way"]);
    expect(judgement.status).toBe("suspected");
  });

  it("its pauses were as long before", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, [...every(1, 1, 16), 31, 32, 33, 34]);
    talk.at(...every(1, 16, 31), ...every(1, 35, 51)).initiator.esp();
    check(talk, 50);
    expect(accusations(talk.endsAt(70).judge())).toEqual([]);
  });
});

describe("esp-blocked", () => {
  it("fires where protocol 50 leaves, none ever comes, and IKE is answered meanwhile", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    talk.at(...every(1, 1, 11)).initiator.esp();
    check(talk, 5);
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "esp-blocked");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(faults(judgement)).toEqual(["esp-blocked"]);
    expect(codes(judgement)).not.toContain("esp-one-way");
  });

  it.each([
    ["heartbeats that go on", "warning", () => 80],
    ["messages of many sizes", "info", (index: number) => 200 + ((index * 37) % 90) * 10],
  ])("is only possible for %s: they may need no answer", (_name, severity, sizeOf) => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    for (const [index, second] of every(10, 1, 901).entries()) {
      talk.at(second).initiator.esp({ size: sizeOf(index) });
    }
    check(talk, 5);
    const judgement = talk.endsAt(902).judge();
    expect(finding(judgement, "esp-blocked")).toMatchObject({ severity, confidence: "possible" });
    expect(faults(judgement)).toEqual([]);
  });

  it("is suspected while the pings go on when the capture ends: no more of them are there than a person sends", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    talk.at(...every(0.9, 1, 15)).initiator.esp();
    check(talk, 5);
    const judgement = talk.judge();
    expect(finding(judgement, "esp-blocked")).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(judgement.status).toBe("suspected");
  });

  /** So many tunnels, 12 s apart, that carry a packet a second one way until they are deleted; `answers` to each packet. */
  function givenUp(count: number, answers: boolean): Scenario {
    const talk = scenario({ near: "initiator" });
    for (let turn = 0; turn < count; turn++) {
      const [from, sa] = [turn * 12, talk.newSa()];
      setsUp(talk, { from, sa });
      const spi = 0xa0 + turn;
      talk.at(...every(1, from + 1, from + 10)).initiator.esp({ spi });
      if (answers) talk.at(...every(1, from + 1.02, from + 10)).responder.esp({ spi: 0xb0 + turn });
      talk.at(from + 10.5).initiator.sends(informational({ sa, inner: INNER.deleteIke }));
      talk.at(from + 10.52).responder.sends(informationalAnswer({ sa }));
    }
    return talk.endsAt(count * 12);
  }

  it("leads where the tunnel is given up and set up anew because nothing comes back", () => {
    const judgement = givenUp(6, false).judge();
    expect(finding(judgement, "esp-blocked")).toMatchObject({ severity: "critical", causedBy: null });
    expect(finding(judgement, "sa-flapping").causedBy).toBe("esp-blocked");
    expect(codes(judgement)).not.toContain("reauth-gap");
    expect(judgement.status).toBe("suspected");
  });

  it("leaves the lead to the setups where traffic comes back", () => {
    const judgement = givenUp(6, true).judge();
    expect(finding(judgement, "sa-flapping").causedBy).toBeNull();
    expect(codes(judgement)).not.toContain("esp-blocked");
  });

  it("leaves AH to esp-one-way, which calls it by its name", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    talk.at(...every(1, 1, 11)).initiator.ah();
    check(talk, 5);
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual(["esp-one-way"]);
    const found = finding(judgement, "esp-one-way");
    expect(found.headline).toContain("AH flows from");
    expect(found.evidence.map(({ text }) => text).join("; ")).not.toContain("ESP");
  });

  it.each([
    ["where ESP is in UDP", { near: "initiator", floats: true }],
    ["near the receiver, where it arrives", { near: "responder" }],
  ] as const)("leaves it to esp-one-way %s", (_where, options) => {
    const talk = scenario(options);
    setsUp(talk);
    talk.at(...every(1, 1, 11)).initiator.esp();
    check(talk, 5);
    expect(faults(talk.endsAt(60).judge())).toEqual(["esp-one-way"]);
  });

  it("is not said of a capture that starts late: what went before may have been answered", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(1, 2, 3).initiator.esp();
    talk.at(1.02, 2.02, 3.02).responder.esp();
    for (const [index, second] of every(15, 5, 200).entries()) {
      talk.at(second, second + 0.3, second + 2).initiator.esp({ size: 300 + index * 48 });
      talk.at(second + 7).initiator.sends(informational({ id: index + 2 }));
      talk.at(second + 7.02).responder.sends(informationalAnswer({ id: index + 2 }));
    }
    expect(accusations(talk.judge(({ time }) => time > 4))).toEqual([]);
  });
});

/** Fifteen minutes of answered liveness checks, and no traffic. */
function idleBehindNat(): Scenario {
  const nat = { address: "192.0.2.10", port500: 61_001, port4500: 61_002 };
  const talk = scenario({ floats: true, initiator: { address: "10.0.0.5", nat } });
  setsUp(talk);
  for (let minute = 1; minute <= 15; minute++) check(talk, minute * 60, minute + 1);
  return talk;
}

describe("esp-absent", () => {
  function idle(talk: Scenario, minutes: number): void {
    setsUp(talk);
    for (let minute = 1; minute <= minutes; minute++) check(talk, minute * 60, minute + 1);
    talk.endsAt(minutes * 60 + 5);
  }

  it("is a warning where a tunnel that answers carries nothing for a quarter of an hour", () => {
    const talk = scenario();
    idle(talk, 15);
    const judgement = talk.judge();
    expect(finding(judgement, "esp-absent")).toMatchObject({ severity: "warning", confidence: "possible" });
    expect(faults(judgement)).toEqual([]);
  });

  it("is silent about a tunnel that is idle for some minutes", () => {
    const talk = scenario();
    idle(talk, 5);
    expect(accusations(talk.judge())).toEqual([]);
  });

  it.each([
    ["", {}],
    [", though MOBIKE moves IKE to port 4500", { floats: true }],
  ])("is silent where a filter may have left out protocol 50%s", (_, options) => {
    const talk = scenario(options);
    setsUp(talk);
    for (let minute = 1; minute <= 15; minute++) check(talk, minute * 60, minute + 1);
    expect(accusations(talk.judge())).toEqual([]);
  });

  it("is a warning where NAT makes ESP go in UDP and keepalives show that port 4500 was captured", () => {
    const talk = idleBehindNat();
    talk.at(20).initiator.keepalive();
    expect(codes(talk.judge())).toContain("esp-absent");
  });

  it("is silent where the capture holds IKE only, as a display filter leaves it, and the tunnel is up, not healthy", () => {
    const judgement = idleBehindNat().judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("up");
  });
});

describe("esp-unknown-spi", () => {
  it("explains an SPI that was there before the setup, beside one that the setup made", () => {
    const talk = scenario();
    dialogue(talk, [1, 2, 3], { ask: { spi: 0xa1, sequence: 700 }, answer: { spi: 0xb1, sequence: 800 } });
    setsUp(talk, { from: 4 });
    dialogue(talk, [5, 6, 7], { ask: { spi: 0xa2 }, answer: { spi: 0xb2 } });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "esp-unknown-spi")).toMatchObject({ severity: "info" });
    expect(finding(judgement, "esp-unknown-spi").summary).toContain("2 SPIs (0x000000a1, 0x000000b1)");
    expect(accusations(judgement)).toEqual([]);
  });

  it("is silent where all were made in the capture", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, [5, 6, 7]);
    expect(codes(talk.endsAt(60).judge())).not.toContain("esp-unknown-spi");
  });
});

describe("a Delete of IKEv1 that may have ended the answers", () => {
  /** The same in IKEv1, with INFORMATIONALs of the responder at these seconds. */
  const told = (...seconds: readonly number[]) => {
    const talk = scenario({ near: "initiator" });
    mainModeUp(talk);
    quickModeUp(talk, { from: 0.5 });
    dialogue(talk, every(1, 1, 11));
    talk.at(...every(1, 11, 61)).initiator.esp();
    for (const second of seconds) talk.at(second).responder.sends(informationalV1());
    return finding(talk.endsAt(90).judge(), "esp-one-way");
  };

  it("is named, with the lifetimes as the first step, where one INFORMATIONAL comes then", () => {
    const found = told(13);
    expect(found.summary).toContain("it may be the Delete of the Child SA");
    expect(found.rivals[0]?.code).toBe("esp-stale-spi");
    expect(found.remedies[0]).toContain("phase 2 lifetimes");
  });

  it.each([
    ["come again, as liveness checks do that nobody answers", [13, 23, 33]],
    ["come long after", [55]],
  ])("is not named where INFORMATIONALs %s", (_, seconds) => {
    expect(told(...seconds).summary).not.toContain("Delete");
  });
});
