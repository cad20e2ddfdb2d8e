import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import {
  accusations,
  codes,
  encrypted,
  every,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  INNER,
  mainMode,
  numbers,
  opens,
  type Scenario,
  scenario,
  setsUp,
  suspicions,
  traffic,
} from "../support/scenario/index.js";
import { notify } from "../support/ike/payloads-v2.js";

describe("ike-auth-missing", () => {
  it("fires where IKE_SA_INIT is answered, not asked for again, and nothing follows", () => {
    const talk = scenario({ near: "responder" });
    const [request] = talk.at(0).initiator.sends(ikeSaInit());
    const [answer] = talk.at(0.1).responder.sends(ikeSaInitAnswer());
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "ike-auth-missing");
    expect(found).toMatchObject({ severity: "critical", phase: "IKE_AUTH" });
    expect(evidence(found)).toEqual([request?.number, answer?.number]);
    expect(faults(judgement)).toEqual(["ike-auth-missing"]);
  });

  it("thinks of IP fragments first where IKE fragmentation is not announced by both sides", () => {
    const firstRival = (initiator: boolean, responder: boolean): string | undefined => {
      const supported = (announces: boolean) => ({ notifies: announces ? [notify(16430)] : [] });
      const talk = scenario({ near: "responder" });
      talk.at(0).initiator.sends(ikeSaInit(supported(initiator)));
      talk.at(0.1).responder.sends(ikeSaInitAnswer(supported(responder)));
      return finding(talk.endsAt(60).judge(), "ike-auth-missing").rivals[0]?.code;
    };
    expect(firstRival(true, true)).toBe("natt-4500-unanswered");
    expect(firstRival(true, false)).toBe("ip-fragments-lost");
    expect(firstRival(false, false)).toBe("ip-fragments-lost");
  });

  it("is a warning at most where a scanner asks once: no NAT detection, no second attempt", () => {
    const talk = scenario({ near: "responder" });
    talk.at(0).initiator.sends(ikeSaInit({ natDetection: "none" }));
    talk.at(0.1).responder.sends(ikeSaInitAnswer());
    const judgement = talk.endsAt(600).judge();
    expect(finding(judgement, "ike-auth-missing")).toMatchObject({
      severity: "warning",
      confidence: "possible",
    });
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("is critical where the same peer asks again and again, announced or not", () => {
    const talk = scenario({ near: "responder" });
    for (const begin of [0, 30, 60]) {
      const sa = talk.newSa();
      talk.at(begin).initiator.sends(ikeSaInit({ sa, natDetection: "none" }));
      talk.at(begin + 0.1).responder.sends(ikeSaInitAnswer({ sa }));
    }
    expect(finding(talk.endsAt(120).judge(), "ike-auth-missing").severity).toBe("critical");
  });

  it("fires in main mode after message 4", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(mainMode(1));
    talk.at(0.02).responder.sends(mainMode(2));
    talk.at(0.04).initiator.sends(mainMode(3));
    talk.at(0.06).responder.sends(mainMode(4));
    expect(faults(talk.endsAt(60).judge())).toEqual(["ike-auth-missing"]);
  });

  it("fires after IKE_INTERMEDIATE", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1).initiator.sends(encrypted(43, false, { id: 1, inner: 1200 }));
    talk.at(0.2).responder.sends(encrypted(43, true, { id: 1, inner: 1200 }));
    expect(faults(talk.endsAt(60).judge())).toEqual(["ike-auth-missing"]);
  });

  it("stays silent where each side begins, and one gives way to the other's IKE SA", () => {
    const talk = scenario();
    const other = talk.newSa("responder");
    talk.at(0).responder.sends(ikeSaInit({ sa: other }));
    talk.at(0.05).initiator.sends(ikeSaInitAnswer({ sa: other }));
    setsUp(talk, { from: 0.02 });
    traffic(talk, 1, 10);
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("fires, as a warning, where the other side begins only when nothing came of it", () => {
    const talk = scenario();
    const other = talk.newSa("responder");
    talk.at(0).responder.sends(ikeSaInit({ sa: other }));
    talk.at(0.05).initiator.sends(ikeSaInitAnswer({ sa: other }));
    setsUp(talk, { from: 20 });
    expect(accusations(talk.endsAt(60).judge())).toEqual(["ike-auth-missing"]);
  });

  it("says no more than 'may just have been stopped' where the capture ends 1.5 s later", () => {
    const talk = scenario();
    opens(talk);
    const judgement = talk.endsAt(1.6).judge();
    expect(finding(judgement, "ike-auth-missing")).toMatchObject({
      severity: "warning",
      confidence: "possible",
    });
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("stays silent where the capture ends 0.1 s after the answer", () => {
    const talk = scenario();
    opens(talk);
    const judgement = talk.endsAt(0.15).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("cannot tell where nothing but UDP 500 was captured", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    opens(talk, { from: 30, sa: talk.newSa() });
    const judgement = talk.judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("stays silent where the responder answered twice with two SPIs and the initiator took one", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.05).responder.sends(ikeSaInitAnswer());
    const other = { ...talk.sa, responderSpi: "cccccccccccccccc" };
    talk.at(0.06).responder.sends(ikeSaInitAnswer({ sa: other }));
    talk.at(0.1).initiator.sends(ikeAuth({ sa: other }));
    talk.at(0.2).responder.sends(ikeAuthAnswer({ sa: other }));
    traffic(talk, 1, 10);
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it("stays silent where ESP of the peers goes on: a second IKE SA was given up for the first", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 40);
    opens(talk, { from: 10, sa: talk.newSa("responder") });
    expect(faults(talk.endsAt(60).judge())).toEqual([]);
  });
});

describe("ike-auth-missing in a capture without UDP 4500", () => {
  /** IKE_SA_INIT at these times; new ESP both ways after those of which the number is given. */
  const judged = (
    times: readonly number[],
    carrying: readonly number[],
    on4500 = false,
  ): readonly string[] => {
    const talk = scenario();
    for (const [index, from] of times.entries()) {
      opens(talk, { from, sa: index === 0 ? talk.sa : talk.newSa() });
      if (!carrying.includes(index)) continue;
      const flow = every(0.5, from + 1, from + 4);
      talk.at(...flow).initiator.esp({ spi: 0xc1000010 + index });
      talk.at(...flow.map((at) => at + 0.02)).responder.esp({ spi: 0xc2000010 + index });
    }
    if (on4500) talk.at(1).initiator.keepalive();
    return accusations(talk.endsAt((times.at(-1) ?? 0) + 20).judge());
  };

  it.each([
    ["both carry ESP", [0, 10], [0, 1]],
    ["the first one alone does", [0, 10], [0]],
    ["the second one alone does", [0, 10], [1]],
  ])(
    "stays silent about two setups of which %s: what would follow goes to a port that is left out",
    (_name, times, carrying) => {
      expect(judged(times, carrying)).toEqual([]);
    },
  );

  it("stays silent where new ESP leaves one side and none comes back: that side has a Child SA", () => {
    const talk = scenario();
    opens(talk);
    talk.at(...every(0.5, 1, 8)).initiator.esp({ spi: 0xc1000010 });
    expect(codes(talk.endsAt(20).judge())).not.toContain("ike-auth-missing");
    const older = scenario();
    older.at(...every(0.5, -3, -1)).initiator.esp({ spi: 0xc1000010 });
    opens(older);
    older.at(...every(0.5, 1, 8)).initiator.esp({ spi: 0xc1000010 });
    expect(codes(older.endsAt(20).judge())).toContain("ike-auth-missing");
  });

  it("is told where none of them carries anything", () => {
    expect(judged([0, 10], [])).toContain("ike-auth-missing");
  });

  it("is told of the one without ESP where the capture holds UDP 4500", () => {
    expect(judged([0, 10], [0], true)).toContain("ike-auth-missing");
  });
});

describe("ike-auth-missing of a re-authentication", () => {
  function reauthenticates(until: number): Scenario {
    const talk = scenario({ floats: true });
    setsUp(talk);
    traffic(talk, 1, until);
    opens(talk, { from: 10, sa: talk.newSa() });
    return talk.endsAt(30);
  }

  it("only explains where traffic stops with the answer: the recording ended, or the path", () => {
    expect(accusations(reauthenticates(10).judge())).toEqual([]);
  });

  it("and leaves the tunnel up, not healthy: what it carried lies before", () => {
    const judgement = reauthenticates(10).judge();
    expect(judgement.status).toBe("up");
    expect(inEnglish(judgement.tunnels[0]?.standing ?? "")).toMatch(
      /a new setup has come no further than IKE_SA_INIT response, 19\.\d s before the capture ends/,
    );
  });

  it("is suspected where the IKE SA before was deleted for it, as lengths tell", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    traffic(talk, 1, 10);
    talk.at(10).initiator.sends(informational({ id: 2, inner: 8 }));
    talk.at(10.01).responder.sends(informationalAnswer({ id: 2 }));
    opens(talk, { from: 10.02, sa: talk.newSa() });
    const judgement = talk.endsAt(30).judge();
    expect(suspicions(judgement)).toEqual(["ike-auth-missing"]);
    expect(judgement.status).toBe("suspected");
    expect(accusations(talk.endsAt(12).judge(({ time }) => time <= 12))).toEqual([]);
  });

  it("is a warning where the traffic of the SA before goes on", () => {
    expect(finding(reauthenticates(28).judge(), "ike-auth-missing").severity).toBe("warning");
  });
});

describe("ike-response-lost", () => {
  it("fires where the request repeats although it was answered each time", () => {
    const talk = scenario({ near: "responder" });
    const asked = talk.at(0, 4, 11.2).initiator.sends(ikeSaInit());
    const answered = talk.at(0.1, 4.1, 11.3).responder.sends(ikeSaInitAnswer());
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "ike-response-lost");
    expect(found).toMatchObject({ severity: "critical", phase: "IKE_SA_INIT" });
    expect(evidence(found).toSorted((a, b) => a - b)).toEqual(
      numbers([...asked, ...answered]).toSorted((a, b) => a - b),
    );
    expect(faults(judgement)).toEqual(["ike-response-lost"]);
  });

  it("fires at IKE_AUTH, where the responder believes that all is well", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    talk.at(0.1, 4.1, 11.3).initiator.sends(ikeAuth());
    talk.at(0.2, 4.2, 11.4).responder.sends(ikeAuthAnswer());
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual(["ike-response-lost"]);
    expect(judgement.status).toBe("failing");
  });

  it.each([
    ["fires at IKE_AUTH where the responder asks by itself meanwhile, four times in vain", true],
    [
      "fires there in a capture that begins behind the first exchange, and leaves nothing to dpd-timeout",
      false,
    ],
  ])("%s", (_name, withOpening) => {
    const talk = scenario({ floats: true, near: "responder" });
    if (withOpening) opens(talk);
    talk.at(0.1, 1.6, 4, 7.9).initiator.sends(ikeAuth());
    talk.at(0.11, 1.61, 4.01, 7.91).responder.sends(ikeAuthAnswer());
    talk.at(0.7, 2.2, 4.6, 8.5).responder.sends(informational({ id: 0, inner: INNER.bareNotify }));
    const judgement = talk.endsAt(20).judge();
    expect(faults(judgement)).toEqual(["ike-response-lost"]);
    expect(judgement.status).toBe("failing");
  });

  it("is not told as answered after repeats too, also where the answering side asks by itself since", () => {
    const talk = scenario({ near: "responder" });
    setsUp(talk);
    traffic(talk, 1, 4);
    talk.at(5, 6, 8, 12).initiator.sends(informational({ id: 2, inner: INNER.nothing }));
    talk.at(5.01, 6.01, 8.01, 12.01).responder.sends(informationalAnswer({ id: 2 }));
    talk.at(15, 16).responder.sends(informational({ id: 0, inner: INNER.nothing }));
    const judgement = talk.endsAt(17).judge();
    expect(faults(judgement)).toEqual(["ike-response-lost"]);
    expect(codes(judgement)).not.toContain("retransmissions");
  });

  it("stays critical where the next setup has an answer to IKE_AUTH and nothing after it", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    talk.at(0.1, 4.1, 11.3).initiator.sends(ikeAuth());
    talk.at(0.2, 4.2, 11.4).responder.sends(ikeAuthAnswer());
    setsUp(talk, { from: 20, sa: talk.newSa() });
    const judgement = talk.endsAt(20.5).judge();
    expect(finding(judgement, "ike-response-lost").severity).toBe("critical");
    expect(judgement.status).toBe("failing");
  });

  it("is mended where the next setup carries traffic", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    talk.at(0.1, 4.1, 11.3).initiator.sends(ikeAuth());
    talk.at(0.2, 4.2, 11.4).responder.sends(ikeAuthAnswer());
    setsUp(talk, { from: 20, sa: talk.newSa() });
    traffic(talk, 21, 30);
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("fires where DPD answers are lost", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(30, 34, 41).initiator.sends(informational());
    talk.at(30.1, 34.1, 41.1).responder.sends(informationalAnswer());
    expect(faults(talk.endsAt(90).judge())).toEqual(["ike-response-lost"]);
  });

  /** IKE SAs that end one after the other with a check whose answers are lost, or come through; the first of each check. */
  function inARow(lost: readonly boolean[]) {
    const talk = scenario();
    const asked = lost.map((isLost, index) => {
      const [sa, from] = [talk.newSa(), 100 * index];
      setsUp(talk, { from, sa });
      traffic(talk, from + 1, from + 20);
      const tries = isLost ? [30, 34, 41] : [30];
      const [first] = talk.at(...tries.map((after) => from + after)).initiator.sends(informational({ sa }));
      talk.at(...tries.map((after) => from + after + 0.1)).responder.sends(informationalAnswer({ sa }));
      return first;
    });
    return { judgement: talk.endsAt(100 * lost.length + 60).judge(), asked };
  }

  it.each([
    ["the first of all", [true, true, true], 0],
    ["the first since one that came through", [true, false, true, true], 2],
    ["the only one", [false, true], 1],
  ])("names where several IKE SAs end so %s", (_, lost, first) => {
    const { judgement, asked } = inARow(lost);
    const found = finding(judgement, "ike-response-lost");
    expect(evidence(found)[0]).toBe(asked[first]?.number);
    const since = Math.min(...found.evidence.map(({ time }) => time));
    expect(judgement.tunnels[0]?.since).toBe(since);
  });

  it.each([
    ["fires where the side that answers then asks itself, twice and in vain", [50, 54], null, true],
    [
      "stays silent where it has asked only once, which the end of the capture may cut off",
      [50],
      null,
      false,
    ],
    ["stays silent where that is answered", [50, 54], 54.1, false],
    ["leaves it to dpd-timeout where it asks for longer", [46, 48, 51, 55], null, false],
  ] as const)("of DPD %s", (_name, asks, answered, isLost) => {
    const talk = scenario({ near: "responder" });
    setsUp(talk);
    traffic(talk, 1, 20);
    talk.at(30, 34, 41).initiator.sends(informational());
    talk.at(30.1, 34.1, 41.1).responder.sends(informationalAnswer());
    talk.at(...asks).responder.sends(informational({ id: 0 }));
    if (answered !== null) talk.at(answered).initiator.sends(informationalAnswer({ id: 0 }));
    expect(faults(talk.endsAt(56).judge()).includes("ike-response-lost")).toBe(isLost);
  });

  it("stays silent where the answer was lost once", () => {
    const talk = scenario();
    talk.at(0, 4).initiator.sends(ikeSaInit());
    talk.at(0.1, 4.1).responder.sends(ikeSaInitAnswer());
    talk.at(4.2).initiator.sends(ikeAuth());
    talk.at(4.3).responder.sends(ikeAuthAnswer());
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("up");
  });

  it("stays silent where the answer was lost twice and then came through", () => {
    const talk = scenario();
    talk.at(0, 4, 11.2).initiator.sends(ikeSaInit());
    talk.at(0.1, 4.1, 11.3).responder.sends(ikeSaInitAnswer());
    talk.at(11.4).initiator.sends(ikeAuth());
    talk.at(11.5).responder.sends(ikeAuthAnswer());
    expect(faults(talk.endsAt(60).judge())).toEqual([]);
  });

  it("stays silent where the last answer came through but nothing had to follow it", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(30, 34, 41).initiator.sends(informational());
    talk.at(30.1, 34.1, 41.1).responder.sends(informationalAnswer());
    traffic(talk, 31, 80);
    expect(faults(talk.endsAt(90).judge())).toEqual([]);
  });

  it("stays silent where the last of three IKE_AUTH answers came through and ESP flows", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1, 4.1, 11.3).initiator.sends(ikeAuth());
    talk.at(0.2, 4.2, 11.4).responder.sends(ikeAuthAnswer());
    traffic(talk, 12, 40);
    expect(faults(talk.endsAt(60).judge())).toEqual([]);
  });

  it("stays silent on a mirror port that shows request and answer three times", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit(), { copies: 3 });
    talk.at(0.05).responder.sends(ikeSaInitAnswer(), { copies: 3 });
    expect(faults(talk.endsAt(0.3).judge())).toEqual([]);
  });
});
