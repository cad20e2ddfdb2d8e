import { describe, expect, it } from "vitest";
import { fromHex } from "../../src/bytes/hex.js";
import { ALL, GIVEN, judgedAtEnds } from "../support/capture/both-ends.js";
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
  ikeSaInit,
  informational,
  informationalAnswer,
  informationalV1,
  INNER,
  mainModeUp,
  numbers,
  quickModeUp,
  type SaSpis,
  type Scenario,
  type ScenarioOptions,
  scenario,
  setsUp,
  setsUpBetween,
  traffic,
} from "../support/scenario/index.js";

const DPD = fromHex("afcad71368a1f1c96b8696fc77570100");
const NAT_T = fromHex("4a131c81070358455c5728f20e95452f");

/** SA, nonce and key exchange (CURVE25519) of a rekey of an IKE SA. */
const IKE_REKEY = 44 + 36 + 40;

/** A tunnel that works for a while, and checks of the initiator that nobody answers. */
function dies(options: ScenarioOptions = {}) {
  const talk = scenario(options);
  setsUp(talk);
  traffic(talk, 1, 20);
  const checks = talk.at(30, 34, 41.2, 54.2, 77.5).initiator.sends(informational());
  return { talk, checks };
}

const silentAbout = (name: string, tell: (talk: Scenario) => void): void => {
  it(name, () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 20);
    tell(talk);
    expect(codes(talk.endsAt(300).judge())).not.toContain("dpd-timeout");
  });
};

describe("dpd-timeout of one of several clients behind a NAT device", () => {
  /** Three clients, set up one after the other; the traffic of the second ends at `silent`, and nobody answers its checks then. */
  const clients = (silent: number) => {
    const talk = scenario({ floats: true, near: "responder" });
    for (const number of [1, 2, 3]) {
      const client = talk.host(`10.0.0.${number}`, {
        nat: { address: "192.0.2.10", port500: 61_000 + number, port4500: 62_000 + number },
      });
      const sa = talk.newSa();
      setsUpBetween(talk, client, talk.responder, { from: number, sa });
      const end = number === 2 ? silent : 290;
      talk.between(client, talk.responder, ...every(1, number + 1, end)).esp({ spi: 0xc9000000 + number });
      talk.between(talk.responder, client, ...every(1, number + 1.1, end)).esp({ spi: 0xca000000 + number });
      if (number !== 2) continue;
      const tries = [90, 94, 101.2, 114.2, 137.5, 179.5];
      talk.between(talk.responder, client, ...tries).sends(informational({ sa, id: 0 }));
    }
    return talk.endsAt(291).judge();
  };

  it("is told though another one was set up later: its ESP came for long after that, from its own port", () => {
    const judgement = clients(60);
    expect(accusations(judgement)).toEqual(["dpd-timeout", "nat-keepalive-missing"]);
    expect(judgement.tunnels.map(({ status }) => status)).toEqual(["healthy", "failing", "healthy"]);
  });

  it("is not where its ESP ends with the next setup, as of a client that has other ports now", () => {
    expect(codes(clients(5))).not.toContain("dpd-timeout");
  });
});

describe("dpd-timeout in IKEv2", () => {
  it("fires where liveness checks repeat to the end of their back-off", () => {
    const { talk, checks } = dies();
    const judgement = talk.endsAt(300).judge();
    const found = finding(judgement, "dpd-timeout");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "INFORMATIONAL" });
    expect(numbers(checks)).toEqual(expect.arrayContaining(evidence(found)));
    expect(faults(judgement)).toEqual(["dpd-timeout"]);
    expect(judgement.status).toBe("failing");
  });

  it("asks for a capture at the silent side, and for idle UDP state, where neither is known", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 20);
    talk.at(60, 64, 71.2, 84.2, 107.5).initiator.sends(informational());
    const { rivals, remedies } = finding(talk.endsAt(300).judge(), "dpd-timeout");
    expect(rivals.map(({ code }) => code)).toEqual(["sa-deleted-by-peer", "path-lost"]);
    expect(remedies).toHaveLength(4);
  });

  it("near the silent side leaves the path out, and names a restart where a new IKE SA is answered", () => {
    const { talk } = dies({ near: "responder" });
    setsUp(talk, { from: 90, sa: talk.newSa() });
    const { rivals, remedies } = finding(talk.endsAt(300).judge(), "dpd-timeout");
    expect(rivals.map(({ code }) => code)).toEqual([
      "peer-restarted",
      "sa-deleted-by-peer",
      "host-drops-inbound",
    ]);
    expect(remedies[1]).toContain("At the host of the silent peer, where the checks arrive");
    expect(remedies.join(" ")).not.toMatch(/Capture at the silent side|idle/);
  });

  it("says nothing of an idle tunnel where ESP went on until the first check", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 20);
    talk.at(...every(1, 20, 29)).initiator.esp();
    talk.at(30, 34, 41.2, 54.2, 77.5).initiator.sends(informational());
    const { remedies } = finding(talk.endsAt(300).judge(), "dpd-timeout");
    expect(remedies.join(" ")).not.toContain("idle");
  });

  it.each(["gcm", "cbc", "tripleDes", "chacha"] as const)("fires under %s", (suite) => {
    const { talk } = dies({ suite });
    expect(faults(talk.endsAt(300).judge())).toEqual(["dpd-timeout"]);
  });

  it("fires for a check that looks for NAT changes, as MOBIKE peers send", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(30, 34, 41.2, 54.2).initiator.sends(informational({ inner: 56 }));
    expect(faults(talk.endsAt(300).judge())).toEqual(["dpd-timeout"]);
  });

  it("fires where the Delete of a replaced Child SA is never acknowledged, and names it", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 20);
    talk.at(30, 34, 41.2, 54.2).initiator.sends(informational({ inner: INNER.deleteEsp }));
    const found = finding(talk.endsAt(300).judge(), "dpd-timeout");
    expect(found.headline).toContain("never acknowledges the Delete of a Child SA");
  });

  /** In the middle of a tunnel's life a rekey whose answer has `inner` bytes, and an INFORMATIONAL `pause` later that nobody answers. */
  function rekeyThenSilence(inner: number, pause: number): Scenario {
    const talk = scenario();
    traffic(talk, 1, 20);
    talk.at(20).initiator.sends(createChild({ id: 7, inner: IKE_REKEY }));
    talk.at(20.05).responder.sends(createChildAnswer({ id: 7, inner }));
    const from = 20.05 + pause;
    talk.at(from, from + 4, from + 11.2, from + 24.2).initiator.sends(informational({ id: 8 }));
    return talk.endsAt(300);
  }

  it.each([
    ["the rekey was of a Child SA: its answer is shorter", IKE_REKEY - 12, 0.002],
    ["it comes later than a Delete", IKE_REKEY, 2],
  ])("fires behind a rekey, where %s", (_, inner, pause) => {
    expect(faults(rekeyThenSilence(inner, pause).judge())).toEqual(["dpd-timeout"]);
  });

  it("stays silent about the Delete of an IKE SA that its asker has just rekeyed: the peer has forgotten it", () => {
    expect(accusations(rekeyThenSilence(IKE_REKEY, 0.002).judge())).toEqual([]);
  });

  it("fires where the capture begins in the middle of the tunnel's life", () => {
    const talk = scenario();
    traffic(talk, 1, 20);
    talk.at(20).initiator.sends(informational({ id: 7 }));
    talk.at(20.1).responder.sends(informationalAnswer({ id: 7 }));
    talk.at(40, 44, 51.2, 64.2).initiator.sends(informational({ id: 8 }));
    expect(faults(talk.endsAt(300).judge())).toEqual(["dpd-timeout"]);
  });

  /** Checks of the responder that nobody answers, and requests of the initiator at `asked` that are answered. */
  function oneSideAnswered(checks: readonly number[], asked: readonly number[]): Scenario {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 20);
    talk.at(...checks).responder.sends(informational({ id: 0 }));
    for (const [index, time] of asked.entries()) {
      talk.at(time).initiator.sends(informational({ id: 2 + index }));
      talk.at(time + 0.05).responder.sends(informationalAnswer({ id: 2 + index }));
    }
    return talk;
  }

  it.each([
    ["between two attempts", [30, 34, 41.2, 54.2, 77.5], [60], 300],
    ["while the next attempt is not due", [30, 34, 41.2, 54.2], [60], 70],
    ["behind many attempts", [30, 34, 41.2, 54.2, 77.5, 119.5], [60, 250], 400],
  ])("warns where the silent side asks itself, and is answered, %s", (_, checks, asked, end) => {
    const judgement = oneSideAnswered(checks, asked).endsAt(end).judge();
    const found = finding(judgement, "dpd-timeout");
    expect(found).toMatchObject({ severity: "warning", confidence: "likely" });
    expect(found.summary).toContain("sends a request of its own, which is answered");
    expect(judgement.status).toBe("degraded");
  });

  it("stays silent where the silent side asks itself after the last attempt: its answer may be missed", () => {
    const talk = oneSideAnswered([30, 34, 41.2], [60]);
    expect(codes(talk.endsAt(300).judge())).not.toContain("dpd-timeout");
  });

  it("says that only IKE is cut where ESP of the peer still comes in, and warns", () => {
    const { talk } = dies();
    traffic(talk, 20, 290);
    const found = finding(talk.endsAt(300).judge(), "dpd-timeout");
    expect(found.severity).toBe("warning");
    expect(found.summary).toContain("only IKE is lost");
  });

  it("does not take ESP of a later tunnel for that of the silent one", () => {
    const { talk } = dies();
    setsUp(talk, { from: 7500, sa: talk.newSa() });
    dialogue(talk, every(1, 7501, 7560), { ask: { spi: 0xc1000002 }, answer: { spi: 0xc2000002 } });
    const found = finding(talk.endsAt(7600).judge(), "dpd-timeout");
    expect(found.headline).toContain("no longer answers DPD of");
  });

  it("is critical where ESP stops when the checks are given up", () => {
    const { talk } = dies();
    traffic(talk, 20, 90);
    expect(finding(talk.endsAt(400).judge(), "dpd-timeout").severity).toBe("critical");
  });

  it("warns where the tunnel comes up again", () => {
    const { talk } = dies();
    setsUp(talk, { from: 170, sa: talk.newSa() });
    const judgement = talk.endsAt(300).judge();
    expect(finding(judgement, "dpd-timeout").severity).toBe("warning");
    expect(judgement.status).toBe("degraded");
  });

  it("says that the checks go on only where the asker does not begin anew", () => {
    const story = (): Scenario => {
      const talk = scenario();
      setsUp(talk);
      talk.at(30, 34, 41.2, 54.2).initiator.sends(informational());
      return talk;
    };
    const goesOn = "The capture ends while the checks go on";
    expect(finding(story().endsAt(60).judge(), "dpd-timeout").summary).toContain(goesOn);
    const anew = story();
    anew.at(56).initiator.sends(ikeSaInit({ sa: anew.newSa() }));
    expect(finding(anew.endsAt(60).judge(), "dpd-timeout").summary).not.toContain(goesOn);
  });

  it("leaves the root to dpd-timeout where every new setup is in vain too", () => {
    const { talk } = dies();
    talk.at(170, 174, 181, 194).initiator.sends(ikeSaInit({ sa: talk.newSa() }));
    const judgement = talk.endsAt(300).judge();
    expect(faults(judgement)).toHaveLength(1);
  });

  it.each([
    ["initiator", "requests leave"],
    ["responder", "requests arrive"],
  ] as const)("near the %s it says that the %s", (near, says) => {
    const { talk } = dies({ near });
    expect(finding(talk.endsAt(300).judge(), "dpd-timeout").summary).toContain(says);
  });

  silentAbout("where the third try is answered", (talk) => {
    talk.at(30, 34, 41.2).initiator.sends(informational());
    talk.at(41.3).responder.sends(informationalAnswer());
  });
  silentAbout("where the third Delete of a Child SA is acknowledged", (talk) => {
    talk.at(30, 34, 41.2).initiator.sends(informational({ inner: INNER.deleteEsp }));
    talk.at(41.3).responder.sends(informationalAnswer());
  });
  silentAbout("where the answer was missed and the next check goes on", (talk) => {
    talk.at(30, 34, 41.2, 54.2).initiator.sends(informational());
    talk.at(80).initiator.sends(informational({ id: 3 }));
  });
  silentAbout("where a delete is not answered", (talk) => {
    talk.at(30, 34, 41.2, 54.2).initiator.sends(informational({ inner: INNER.deleteIke }));
  });
  silentAbout("of an old IKE SA whose successor is up", (talk) => {
    setsUp(talk, { from: 25, sa: talk.newSa() });
    talk.at(30, 34, 41.2, 54.2).initiator.sends(informational());
  });
  silentAbout("where the silent side begins anew: that is a restart", (talk) => {
    talk.at(30, 34, 41.2, 54.2).initiator.sends(informational());
    setsUp(talk, { from: 60, sa: talk.newSa("responder") });
  });

  it("only suspects where the capture ends before the back-off is through", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(30, 34, 41.2).initiator.sends(informational());
    const judgement = talk.endsAt(45).judge();
    expect(finding(judgement, "dpd-timeout")).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(judgement.status).toBe("suspected");
  });

  it("stays silent where the sniffer sees one side only", () => {
    const { talk } = dies();
    const judgement = talk.endsAt(300).judge(({ sender }) => sender !== "responder");
    expect(codes(judgement)).not.toContain("dpd-timeout");
  });
});

describe("dpd-timeout in IKEv1", () => {
  it.each([0, 0.9])(
    "fires where the asker gives up and the capture ends %s s after its first Delete",
    (end) => {
      const talk = scenario();
      mainModeUp(talk, { vendors: [DPD] });
      quickModeUp(talk, { from: 1 });
      dialogue(talk, [2, 2.5]);
      for (const time of [10, 12, 14, 16]) talk.at(time).initiator.sends(informationalV1());
      talk.at(16.95).initiator.sends(informationalV1({ length: 64 }));
      const judgement = talk.endsAt(16.95 + end).judge();
      expect(accusations(judgement)).toEqual(["dpd-timeout"]);
      expect(judgement.status).not.toBe("healthy");
    },
  );

  const up = (): Scenario => {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 1 });
    traffic(talk, 2, 20);
    return talk;
  };

  it("fires where several R-U-THERE stay without acknowledgement", () => {
    const talk = up();
    const checks = [30, 40, 50, 60].flatMap((time) => talk.at(time).initiator.sends(informationalV1()));
    const judgement = talk.endsAt(200).judge();
    const found = finding(judgement, "dpd-timeout");
    expect(found).toMatchObject({ severity: "critical", phase: "INFORMATIONAL" });
    expect(evidence(found)).toEqual(numbers(checks));
    expect(faults(judgement)).toEqual(["dpd-timeout"]);
  });

  it("stays silent where they are acknowledged", () => {
    const talk = up();
    for (const time of [30, 40, 50, 60]) {
      talk.at(time).initiator.sends(informationalV1());
      talk.at(time + 0.1).responder.sends(informationalV1());
    }
    expect(codes(talk.endsAt(200).judge())).not.toContain("dpd-timeout");
  });

  it("stays silent about deletes of several SAs at once", () => {
    const talk = up();
    for (const time of [30, 30.01, 30.02, 30.03]) talk.at(time).initiator.sends(informationalV1());
    expect(codes(talk.endsAt(200).judge())).not.toContain("dpd-timeout");
  });

  it("stays silent about deletes of a renewed Child SA and of a renewed IKE SA", () => {
    const talk = scenario();
    quickModeUp(talk, { from: 0 });
    talk.at(0.6).initiator.sends(informationalV1());
    dialogue(talk, [10, 20, 30]);
    const sa = talk.newSa();
    mainModeUp(talk, { from: 48, sa });
    talk.at(48.4).initiator.sends(informationalV1());
    quickModeUp(talk, { from: 95, sa });
    talk.at(95.6).initiator.sends(informationalV1({ sa }));
    expect(accusations(talk.endsAt(200).judge())).toEqual([]);
  });

  it("stays silent about heartbeats: nobody asks that often in vain and goes on", () => {
    const talk = up();
    for (let time = 30; time < 30 + 13 * 100; time += 100) talk.at(time).initiator.sends(informationalV1());
    expect(codes(talk.endsAt(4000).judge())).not.toContain("dpd-timeout");
  });

  it("stays silent about a few heartbeats far apart: who waits for an answer asks again within minutes", () => {
    const talk = up();
    for (const time of [300, 600, 900, 1200]) talk.at(time).initiator.sends(informationalV1());
    expect(codes(talk.endsAt(2000).judge())).not.toContain("dpd-timeout");
  });

  it.each([
    [10, 3],
    [60, 5],
    [150, 12],
  ])("stays silent about heartbeats %s s apart without traffic, %s of them so far", (gap, count) => {
    const talk = up();
    for (let beat = 1; beat <= count; beat++) talk.at(30 + beat * gap).initiator.sends(informationalV1());
    const judgement = talk.endsAt(30 + count * gap + gap * 1.5).judge();
    expect(accusations(judgement)).toEqual([]);
  });

  it("stays silent about heartbeats that end with traffic of the other side", () => {
    const talk = up();
    for (let beat = 1; beat <= 6; beat++) talk.at(beat * 60).initiator.sends(informationalV1());
    traffic(talk, 365, 400);
    expect(codes(talk.endsAt(900).judge())).not.toContain("dpd-timeout");
  });

  it("stays silent about heartbeats that go on in the next IKE SA", () => {
    const talk = up();
    const beats = (from: number, sa: SaSpis) => {
      for (let beat = 0; beat < 5; beat++) talk.at(from + beat * 60).initiator.sends(informationalV1({ sa }));
    };
    beats(60, talk.sa);
    const next = talk.newSa();
    mainModeUp(talk, { from: 350, sa: next });
    quickModeUp(talk, { from: 351, sa: next }, 0x52525252);
    beats(400, next);
    expect(codes(talk.endsAt(1000).judge())).not.toContain("dpd-timeout");
  });

  it("fires while the checks go on where the peer had acknowledged them before", () => {
    const talk = up();
    talk.at(30).initiator.sends(informationalV1());
    talk.at(30.1).responder.sends(informationalV1());
    for (const time of [60, 70, 80, 90]) talk.at(time).initiator.sends(informationalV1());
    expect(faults(talk.endsAt(95).judge())).toEqual(["dpd-timeout"]);
  });

  it("stays silent about INFORMATIONAL of a length that R-U-THERE does not have under these algorithms", () => {
    const talk = up();
    for (const time of [30, 40, 50, 60]) talk.at(time).initiator.sends(informationalV1({ length: 64 }));
    expect(codes(talk.endsAt(200).judge())).not.toContain("dpd-timeout");
  });

  it.each([
    ["fires where the silent side announced liveness checks", DPD, ["dpd-timeout"]],
    ["stays silent where it announced other things, but no liveness checks", NAT_T, []],
  ])("%s", (_, vendor, wanted) => {
    const talk = scenario();
    mainModeUp(talk, { vendors: [vendor] });
    quickModeUp(talk, { from: 1 });
    for (const time of [30, 40, 50, 60]) talk.at(time).initiator.sends(informationalV1());
    expect(faults(talk.endsAt(200).judge())).toEqual(wanted);
  });

  it("accuses nobody for a few heartbeats either while traffic flows both ways", () => {
    const talk = up();
    for (let time = 30; time < 30 + 6 * 300; time += 300) talk.at(time).initiator.sends(informationalV1());
    traffic(talk, 31, 1900);
    const critical = talk.judge().findings.filter(({ severity }) => severity === "critical");
    expect(critical.map(({ code }) => code)).toEqual([]);
  });

  it.each([
    [
      "fires where the capture begins behind the setup, the other end is heard by its ESP, and the SA is deleted",
      true,
      1,
      true,
    ],
    ["stays silent where they have not ended", false, 1, false],
    ["stays silent where nothing of the other end is there", true, 0, false],
  ])("%s", (_name, isDeleted, answers, told) => {
    const talk = scenario();
    talk.at(0).initiator.esp();
    if (answers > 0) talk.at(0.01).responder.esp();
    for (const time of [4, 6, 8, 10]) talk.at(time).initiator.sends(informationalV1());
    if (isDeleted) {
      talk.at(11).initiator.sends(informationalV1({ length: 76 }));
      talk.at(11.1).initiator.sends(informationalV1());
    }
    expect(codes(talk.endsAt(11.5).judge()).includes("dpd-timeout")).toBe(told);
  });

  it("stays silent about one of them, and about one side's view", () => {
    const talk = up();
    talk.at(30).initiator.sends(informationalV1());
    expect(codes(talk.endsAt(39).judge())).not.toContain("dpd-timeout");
    talk.at(40).initiator.sends(informationalV1());
    for (const time of [50, 60]) talk.at(time).initiator.sends(informationalV1());
    const oneSide = talk.judge(({ sender }) => sender !== "responder");
    expect(codes(oneSide)).not.toContain("dpd-timeout");
  });
});

describe("liveness checks that fail in one IKE SA after the other", () => {
  const CYCLE = 18;

  /** So many IKE SAs, 18 s apart, whose checks nobody answers; ESP of both sides passes between the attempts at `esp`. */
  function cycles(count: number, esp: readonly number[] = []): Scenario {
    const talk = scenario();
    for (let turn = 0; turn < count; turn++) {
      const [from, sa] = [turn * CYCLE, talk.newSa()];
      setsUp(talk, { from, sa });
      talk.at(...[6, 7, 8.8, 12].map((second) => from + second)).initiator.sends(informational({ sa }));
      const spis = { ask: { spi: 0xa0 + turn }, answer: { spi: 0xb0 + turn } };
      dialogue(
        talk,
        esp.map((second) => from + second),
        spis,
      );
    }
    setsUp(talk, { from: count * CYCLE, sa: talk.newSa() });
    return talk;
  }

  it("are the cause of the setups that follow one another, and cite each of them", () => {
    const judgement = cycles(5).endsAt(94).judge();
    const found = finding(judgement, "dpd-timeout");
    expect(found).toMatchObject({ severity: "critical", causedBy: null });
    expect(found.headline).toContain("5 IKE SAs in a row end so");
    expect(new Set(found.evidence.map(({ time }) => Math.floor(time / 1e6 / CYCLE))).size).toBeGreaterThan(3);
    expect(finding(judgement, "sa-flapping").causedBy).toBe("dpd-timeout");
  });

  it("say that ESP still comes in where it does between the attempts", () => {
    const found = finding(cycles(5, [2, 10, 10.5, 11]).endsAt(94).judge(), "dpd-timeout");
    expect(found.headline).toContain("while its ESP still comes in");
    expect(found.summary).not.toContain("No ESP");
    expect(found.remedies[0]).toContain("UDP 500 or 4500");
  });

  it("say when its ESP ended where that is soon after the first attempt", () => {
    const found = finding(cycles(5, [2, 6.5]).endsAt(94).judge(), "dpd-timeout");
    expect(found.summary).toContain(
      "The last ESP of the silent side came in 520 ms after the first of them.",
    );
  });

  it("are mended where the last IKE SA is checked and answers", () => {
    const talk = cycles(3);
    const sa = talk.newSa();
    setsUp(talk, { from: 56, sa });
    talk.at(64).initiator.sends(informational({ sa }));
    talk.at(64.05).responder.sends(informationalAnswer({ sa }));
    expect(finding(talk.endsAt(70).judge(), "dpd-timeout")).toMatchObject({
      severity: "warning",
      mended: true,
    });
  });

  it("are mended where two IKE SAs ended so", () => {
    expect(finding(cycles(2).endsAt(40).judge(), "dpd-timeout")).toMatchObject({ mended: true });
  });
});

describe.each(GIVEN)("a peer that dies late, seen at both ends, %s", (given) => {
  const TRIES = [30, 30.8, 32.2] as const;
  const until =
    (second: number) =>
    ({ time }: { readonly time: number }): boolean =>
      time <= second;

  it.each([
    ["both go on", 33, 33],
    ["the capture at the asking side ends 2 s before", 31, 33],
    ["the capture at the silent side ends 2 s before", 33, 31],
    ["the capture at the silent side ends with the traffic", 33, 21],
  ])("is suspected: %s", async (_, asking, silent) => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    traffic(talk, 1, 20);
    talk.at(...TRIES).initiator.sends(informational());
    talk.endsAt(33);
    const judgement = await judgedAtEnds(
      talk,
      given,
      asking === 33 ? ALL : until(asking),
      silent === 33 ? ALL : until(silent),
    );
    expect(finding(judgement, "dpd-timeout").confidence).toBe("possible");
    expect(judgement.status).toBe("suspected");
  });
});
