import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import type { Judgement } from "../../src/diagnosis/judgement.js";
import {
  accusations,
  codes,
  dialogue,
  evidence,
  every,
  faults,
  finding,
  informational,
  informationalAnswer,
  numbers,
  type Scenario,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

const CODE = "esp-large-packets-lost";
const DOUBLING = [10, 10.2, 10.6, 11.4, 13, 16.2];

function worksSmall(talk: Scenario, to = 9): void {
  setsUp(talk);
  dialogue(talk, every(0.5, 1, to), { ask: { size: 120 } });
}

describe(CODE, () => {
  it("fires where one large packet is repeated as TCP does and never answered, with the MSS to set", () => {
    const talk = scenario({ near: "initiator" });
    worksSmall(talk);
    talk.at(9.3).initiator.esp({ size: 800 });
    talk.at(9.32).responder.esp();
    const frames = talk.at(...DOUBLING).initiator.esp({ size: 1428 });
    dialogue(talk, every(0.5, 17, 25), { ask: { size: 120 } });
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", provenance: "inferred" });
    // The sizes exclude block ciphers: 828 - 20 - 8 - 8 (IV) - 16 (ICV) = 776, less 2 = 774; 774 - 40 = 734.
    expect(found.summary).toContain(
      "Set the TCP MSS to 734 (IPv6 in the tunnel: 714), which fits a path MTU of 828 bytes",
    );
    expect(evidence(found)).toEqual(numbers(frames.slice(0, 5)));
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("says that large packets passed before where a download ran, and were lost from then on", () => {
    const told = (acknowledged: boolean): string => {
      const talk = scenario({ near: "initiator" });
      worksSmall(talk, 5);
      talk.at(...every(0.05, 5, 9)).initiator.esp({ size: 1428 });
      if (acknowledged) talk.at(...every(0.4, 5.02, 9)).responder.esp();
      talk.at(...DOUBLING).initiator.esp({ size: 1428 });
      dialogue(talk, every(0.5, 17, 25), { ask: { size: 120 } });
      const { headline, summary, confidence } = finding(talk.endsAt(60).judge(), CODE);
      return `${confidence}: ${headline} ${summary}`;
    };
    expect(told(true)).toMatch(
      /^possible: .* is no longer answered.* Until then large packets passed: \d+ as large/,
    );
    expect(told(false)).toMatch(/^likely: .* is never answered/);
    expect(told(false)).not.toContain("Until then");
  });

  it("is possible where none of some large pings is answered, and each small one beside them is", () => {
    const talk = scenario({ floats: true });
    worksSmall(talk, 12);
    const frames = talk.at(...every(0.5, 2.2, 8.2)).initiator.esp({ size: 1228 });
    const found = finding(talk.endsAt(20).judge(), CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(numbers(frames)).toEqual(expect.arrayContaining(evidence(found)));
  });

  it.each([
    [
      "fires where the connection hangs and says nothing small either, while IKE is answered",
      20,
      "likely",
      "critical",
    ],
    ["is only possible where nothing more is heard of the peer: it may be gone", 9, "possible", "critical"],
  ])("%s", (_name, heard, confidence, severity) => {
    const talk = scenario({ floats: true });
    worksSmall(talk);
    talk.at(heard).initiator.sends(informational());
    talk.at(heard + 0.05).responder.sends(informationalAnswer());
    talk.at(...DOUBLING).initiator.esp({ size: 1428 });
    expect(finding(talk.endsAt(60).judge(), CODE)).toMatchObject({ confidence, severity });
  });

  it("is only possible where pings of one large size, or reports, are not answered, between small ones that are", () => {
    const talk = scenario();
    worksSmall(talk);
    talk.at(...every(1, 10, 16)).initiator.esp({ size: 1428 });
    dialogue(talk, every(0.5, 17, 25), { ask: { size: 120 } });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, CODE)).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(judgement.status).toBe("suspected");
    expect(accusations(judgement)).toEqual([CODE]);
  });

  it("where the last of them is followed by chance, and liveness checks passed in the silence before", () => {
    const judgement = followedByChance([12]);
    expect(finding(judgement, CODE)).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(faults(judgement)).toEqual([CODE]);
  });
});

/** As many connections as there are beginnings send a large packet in vain, and repeat it as Linux does, beside other packets. */
function hangBeside(beginnings: readonly number[], beside: (talk: Scenario) => unknown): Scenario {
  const talk = scenario({ near: "initiator" });
  worksSmall(talk);
  const tries = beginnings.flatMap((second) =>
    [0, 0.213, 0.639, 1.491, 3.195, 6.603].map((after) => second + after),
  );
  talk.at(...tries.toSorted((a, b) => a - b)).initiator.esp({ size: 1428 });
  beside(talk);
  return talk.endsAt(30);
}
const pingsOf =
  (asker: "initiator" | "responder", interval: number) =>
  (talk: Scenario): unknown =>
    dialogue(talk, every(interval, 9.7, 29), { asker, ask: { size: 120 } });

describe(`${CODE} beside packets that are answered`, () => {
  it.each([
    ["one connection hangs", [10.05], pingsOf("initiator", 1)],
    ["three do, between each other's packets", [10.05, 10.35, 10.7], pingsOf("initiator", 1)],
    ["the pings are the peer's, and follow by chance", [10.15], pingsOf("responder", 1)],
    ["three do, and the peer's pings follow", [10.05, 10.43, 10.8], pingsOf("responder", 1.1)],
  ])("is possible where %s", (_name, beginnings, pings) => {
    const judgement = hangBeside(beginnings, pings).judge();
    expect(finding(judgement, CODE)).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(accusations(judgement)).toEqual([CODE]);
    expect(finding(judgement, CODE).summary).toContain("and nothing answers them");
  });

  it("is possible where a transfer hangs in its middle: large packets passed until then, and none since", () => {
    const transfer = (talk: Scenario): void => {
      pingsOf("initiator", 1)(talk);
      for (const at of every(0.12, 8.01, 9.9)) {
        talk.at(at).initiator.esp({ size: 1428 });
        talk.at(at + 0.03).responder.esp();
      }
    };
    const found = finding(hangBeside([10.05], transfer).judge(), CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(found.headline).toContain("is no longer answered");
    expect(inEnglish(found.summary)).toContain("Until then large packets passed");
  });

  it("is silent where as large packets were acknowledged before: a host that goes in the middle of its transfers", () => {
    const transfers = (talk: Scenario): void => {
      pingsOf("initiator", 1)(talk);
      for (const at of every(0.2, 9.02, 9.9)) {
        talk.at(at).initiator.esp({ size: 1428 });
        talk.at(at + 0.03).responder.esp();
      }
    };
    expect(codes(hangBeside([10.05, 10.35, 10.7], transfers).judge())).not.toContain(CODE);
  });

  it.each([
    [
      "each of them is answered at once: a program that asks less and less often",
      (talk: Scenario) =>
        talk.at(...[10.05, 10.263, 10.689, 11.541, 13.245, 16.653].map((at) => at + 0.03)).responder.esp(),
    ],
    [
      "other packets as large are acknowledged meanwhile",
      (talk: Scenario) => {
        for (const at of [12, 14.1, 18, 19.2]) {
          talk.at(at).initiator.esp({ size: 1428 });
          talk.at(at + 0.04).responder.esp();
        }
      },
    ],
    ["the last of them is acknowledged", (talk: Scenario) => talk.at(16.69).responder.esp()],
  ])("is silent where %s", (_name, beside) => {
    const judgement = hangBeside([10.05], (talk) => {
      pingsOf("responder", 1)(talk);
      beside(talk);
    }).judge();
    expect(codes(judgement)).not.toContain(CODE);
  });
});

/** Large packets repeated as TCP does in vain; the other side is heard again just before and behind the last one. */
function followedByChance(checks: readonly number[]): Judgement {
  const talk = scenario({ near: "initiator" });
  worksSmall(talk);
  talk.at(...DOUBLING).initiator.esp({ size: 1428 });
  for (const [index, second] of checks.entries()) {
    talk.at(second).responder.sends(informational({ id: index }));
    talk.at(second + 0.05).initiator.sends(informationalAnswer({ id: index }));
  }
  dialogue(talk, [22.3], { asker: "responder", ask: { size: 120 } });
  talk.at(22.6).initiator.esp({ size: 1428 });
  dialogue(talk, every(0.4, 22.7, 25), { asker: "responder", ask: { size: 120 } });
  return talk.endsAt(60).judge();
}

/** A capture that begins in a hanging upload: no smaller packet is answered in it, and liveness checks at these seconds are. */
function hanging(tries: readonly number[], checks: readonly number[]): Judgement {
  const talk = scenario({ near: "initiator" });
  talk.at(9.9).responder.esp({ sequence: 50 });
  tries.forEach((second, index) => talk.at(second).initiator.esp({ sequence: 70 + index, size: 1428 }));
  for (const [id, second] of checks.entries()) {
    talk.at(second).initiator.sends(informational({ id }));
    talk.at(second + 0.05).responder.sends(informationalAnswer({ id }));
  }
  talk.at(25).responder.esp({ sequence: 51 });
  return talk.endsAt(30).judge();
}

describe(`${CODE} without a smaller packet to compare with`, () => {
  it("is possible where TCP repeats for long and IKE passes both ways", () => {
    expect(finding(hanging(DOUBLING, [12, 15]), CODE)).toMatchObject({
      severity: "critical",
      confidence: "possible",
    });
  });

  it.each([
    ["IKE does not show that the way is open", DOUBLING, [20]],
    ["it repeats no more than five times", DOUBLING.slice(0, 5), [10.5, 11.5]],
    ["it comes at equal intervals", [10, 12, 14, 16, 18, 20], [12.5]],
  ])("is silent where %s", (_name, tries, checks) => {
    expect(codes(hanging(tries, checks))).not.toContain(CODE);
  });
});

describe(`${CODE} is silent`, () => {
  it("about large packets at a ping's pace that go on for longer than a person pings", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    dialogue(talk, every(0.5, 1, 40), { ask: { size: 120 } });
    talk.at(...every(0.9, 2.2, 38)).initiator.esp({ size: 1228 });
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });

  it("where IKE was lost as well: an outage that healed", () => {
    const talk = scenario({ near: "initiator" });
    worksSmall(talk);
    talk.at(...DOUBLING).initiator.esp({ size: 1428 });
    const [first = 0] = DOUBLING;
    talk.at(first + 1, first + 5).initiator.sends(informational({ id: 2 }));
    talk.at(60).initiator.sends(informational({ id: 2 }));
    talk.at(60.05).responder.sends(informationalAnswer({ id: 2 }));
    dialogue(talk, every(0.5, 61, 70), { ask: { size: 120 } });
    expect(codes(talk.endsAt(80).judge())).not.toContain(CODE);
  });

  it("where the large packets are answered in the end", () => {
    const talk = scenario();
    worksSmall(talk);
    talk.at(...DOUBLING).initiator.esp({ size: 1428 });
    talk.at(16.25).responder.esp();
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });

  it("where the last of them is followed at once and nothing passed before: an outage that healed", () => {
    expect(codes(followedByChance([]))).not.toContain(CODE);
  });

  it.each([0.4, 0.6, 1])(
    "about pings longer than the tunnel takes, each %s s, which go in several packets and are answered in as many",
    (interval) => {
      const talk = scenario({ near: "initiator" });
      worksSmall(talk);
      for (const time of every(interval, 10, 16)) {
        for (const [side, from] of [
          ["initiator", time],
          ["responder", time + 0.05],
        ] as const) {
          talk.at(from, from + 0.0001)[side].esp({ size: 1448 });
          talk.at(from + 0.0002)[side].esp({ size: 328 });
        }
      }
      dialogue(talk, every(0.5, 17, 25), { ask: { size: 120 } });
      expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
    },
  );

  it("about large reports that are sent at fixed times and need no answer", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(10, 1, 120), { ask: { size: 120 } });
    talk.at(...every(1, 1.5, 120)).initiator.esp({ spi: 0xc1000003, size: 1428 });
    expect(accusations(talk.endsAt(130).judge())).toEqual([]);
  });

  it("about a bulk transfer whose last packets the capture does not see answered", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(0.05, 1, 10), { ask: { size: 1428 } });
    talk.at(10.01, 10.02, 10.03, 10.04, 10.05).initiator.esp({ size: 1428 });
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("where requests of two packets are answered at once each, and come at times that double by chance", () => {
    const talk = scenario({ near: "initiator" });
    worksSmall(talk);
    for (const second of [10, 10.18, 10.47, 11.21]) {
      talk.at(second).initiator.esp({ size: 1416 });
      // The second one may be late.
      talk.at(second + (second === 10.18 ? 0.001_5 : 0.000_2)).initiator.esp({ size: 636 });
      talk.at(second + 0.002).responder.esp();
    }
    talk.at(10.3, 10.9).responder.esp();
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });

  it("near the receiver: there they arrive, and it is the host behind that does not answer", () => {
    const talk = scenario({ near: "responder" });
    worksSmall(talk);
    talk.at(...DOUBLING).initiator.esp({ size: 1428 });
    dialogue(talk, every(0.5, 17, 25), { ask: { size: 120 } });
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });

  it("where four of them come at intervals that only roughly double, beside packets that are answered", () => {
    const talk = scenario({ near: "initiator" });
    worksSmall(talk);
    talk.at(10.05, 11.31, 14.52, 19.78).initiator.esp({ size: 1428 });
    pingsOf("initiator", 1)(talk);
    expect(codes(talk.endsAt(30).judge())).not.toContain(CODE);
  });

  it("where they are small enough for any path", () => {
    const talk = scenario();
    worksSmall(talk);
    talk.at(...DOUBLING).initiator.esp({ size: 400 });
    dialogue(talk, every(0.5, 17, 25), { ask: { size: 120 } });
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });
});
