import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/index.js";
import { generated, recorded } from "../score/labelled.js";
import { judgeLabelled } from "../score/score.js";
import {
  accusations,
  codes,
  evidence,
  every,
  finding,
  scenario,
  type Scenario,
  type ScenarioOptions,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const CODE = "esp-fragmented";
const labelled = [...recorded(), ...generated()].filter(({ truth }) => truth.findings.includes(CODE));
const TIMES = [2.1, 3.1, 4.1, 5.1];

describe(CODE, () => {
  it.each([
    ["as protocol 50", {}, "1398"],
    ["in UDP", { floats: true }, "1382"],
    [
      "over IPv6",
      { initiator: { address: "2001:db8::10" }, responder: { address: "2001:db8:1::20" } },
      "1366",
    ],
  ])("is told of ESP %s that comes in IP fragments", (_how, options, mss) => {
    const talk = scenario(options);
    setsUp(talk);
    traffic(talk, 1, 10);
    const frames = talk.at(...TIMES).initiator.esp({ size: 1600, spi: 0xc1000002, ipFragments: 1440 });
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "warning", confidence: "certain", phase: "ESP" });
    expect(found.headline).toContain("4 of 22 ESP packets from");
    expect(found.summary).toContain(`MSS to set on a path of MTU 1500: ${mss}`);
    // The packet is whole with its last fragment.
    expect(evidence(found)).toEqual([frames[1]?.number]);
    expect(accusations(judgement)).toEqual([CODE]);
    expect(judgement.status).toBe("degraded");
  });

  it("leaves the MSS to the finding that knows the MTU of the path", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 10);
    talk.at(2).initiator.esp({ size: 1440 });
    talk.icmp(2.01, "203.0.113.1", talk.initiator, 3, 4, 1000);
    talk.at(...TIMES).initiator.esp({ size: 1440, spi: 0xc1000002, ipFragments: 976 });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "icmp-frag-needed").summary).toContain("MSS to set: 886");
    expect(finding(judgement, CODE).summary).toContain("icmp-frag-needed has the MTU and the MSS to set.");
  });

  it.each(labelled.map(({ truth, open }) => [truth.file, { truth, open }] as const))(
    "has no other MSS than the rest of the report of %s",
    async (_file, capture) => {
      const { findings } = await judgeLabelled(capture);
      const told = findings.flatMap(({ summary }) =>
        [...summary.matchAll(/MSS (?:to set|that is safe)[^:]*: (\d+)/g)].map(([, mss]) => mss),
      );
      expect(new Set(told).size).toBeLessThanOrEqual(1);
    },
  );

  it("is silent about one large packet, and about large IKE messages", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 10);
    talk.at(2.1, 3.1).initiator.esp({ size: 1600, spi: 0xc1000002, ipFragments: 1440 });
    const judgement = talk.endsAt(60).judge();
    expect(codes(judgement)).not.toContain(CODE);
    expect(judgement.status).toBe("up");
  });

  it("is silent about large packets in one piece", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 10);
    talk.at(...TIMES).initiator.esp({ size: 1600, spi: 0xc1000002 });
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });
});

/** Small packets both ways, and large ones of the initiator in two fragments, of which the capture holds what `keeps` says. */
function inFragments(options: ScenarioOptions, kept: (index: number) => readonly number[]): Scenario {
  const talk = scenario(options);
  setsUp(talk);
  for (const [index, second] of every(0.5, 1, 31).entries()) {
    talk.at(second).initiator.esp();
    talk.at(second + 0.2).initiator.esp({ size: 1600, ipFragments: 1440, kept: kept(index) });
    talk.at(second + 0.3).responder.esp();
  }
  return talk.endsAt(120);
}

const EVERY_THIRD = (part: readonly number[]) => (index: number) => (index % 3 === 0 ? part : [0, 1]);
const BOTH = [
  ["as protocol 50", {}],
  ["in UDP", { floats: true }],
] as const;

describe.each(BOTH)(`${CODE} where fragments are missing, ESP %s`, (_how, options) => {
  it("says that later fragments are missing again and again, and that nothing else is lost", () => {
    const judgement = inFragments(options, EVERY_THIRD([0])).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "warning", confidence: "likely" });
    expect(found.headline).toBe(
      "20 of 60 ESP packets in IP fragments from 192.0.2.10 never become whole: later fragments are missing",
    );
    expect(accusations(judgement)).toEqual([CODE]);
  });

  it("takes one that is lost now and then for what it is", () => {
    const talk = inFragments(options, (index) => (index === 30 ? [0] : [0, 1]));
    expect(finding(talk.judge(), CODE)).toMatchObject({ confidence: "certain" });
  });

  it("accuses nobody where the file begins and ends among fragments, or the snap length cuts all of them", () => {
    const talk = inFragments(options, (index) => (index === 0 ? [1] : [0]));
    const cut = talk.judge(({ time }) => time < 3);
    expect(accusations(cut)).toEqual([]);
  });

  it("does not wait for the time of a receiver where the capture ends before: fragments of one packet are sent at once", () => {
    const judgement = inFragments(options, (index) => (index < 40 ? [0] : [0, 1])).judge(
      ({ time }) => time < 25,
    );
    expect(finding(judgement, CODE)).toMatchObject({ severity: "warning", confidence: "likely" });
    expect(finding(judgement, CODE).headline).toContain("40 of 48 ESP packets in IP fragments");
    expect(judgement.status).toBe("degraded");
  });

  it("accuses nobody of those at the very end, whose other fragments may still come", () => {
    const judgement = inFragments(options, (index) => (index < 50 ? [0, 1] : [0])).judge(
      ({ time }) => time < 27.9,
    );
    expect(codes(judgement)).not.toContain("esp-large-packets-lost");
    expect(finding(judgement, CODE)).toMatchObject({ confidence: "certain" });
  });

  it("is silent near the sender: there the sniffer lost them", () => {
    const talk = inFragments({ ...options, near: "initiator" }, EVERY_THIRD([0]));
    expect(finding(talk.judge(), CODE)).toMatchObject({ confidence: "certain" });
  });
});

describe("a large packet of which none becomes whole", () => {
  const told = (near: "responder" | undefined, end: number): Judgement =>
    inFragments(near === undefined ? {} : { near }, () => [0]).judge(({ time }) => time < end);

  it.each([20, 130])("is critical near its receiver, in a capture of %i s", (end) => {
    const judgement = told("responder", end);
    expect(finding(judgement, CODE)).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(judgement.status).toBe("failing");
  });

  it("is a warning in the middle of the network, where later fragments may take another way", () => {
    expect(finding(told(undefined, 20), CODE)).toMatchObject({ severity: "warning", confidence: "likely" });
  });
});

it("says that the first fragments are missing, where the others tell that they are of ESP", () => {
  const judgement = inFragments({}, EVERY_THIRD([1])).judge();
  expect(finding(judgement, CODE).headline).toContain("the first fragments are missing");
  expect(accusations(judgement)).toEqual([CODE]);
});

describe("a filter on ports, which hides all later fragments", () => {
  const filtered = (tell: (talk: Scenario) => void): string[] => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    tell(talk);
    return accusations(talk.endsAt(120).judge((frame) => !isLater(frame.bytes)));
  };
  const large = { size: 1600, ipFragments: 1440 };

  it("makes nobody lose packets", () => {
    expect(
      filtered((talk) => {
        for (const second of every(0.5, 1, 31)) {
          talk.at(second).initiator.esp();
          talk.at(second + 0.1).initiator.esp(large);
          talk.at(second + 0.2).responder.esp();
        }
      }),
    ).toEqual([]);
  });

  it("makes nobody silent, who sends large packets only", () => {
    expect(
      filtered((talk) => {
        talk.at(...every(0.2, 1, 31)).initiator.esp(large);
        talk.at(...every(0.2, 1.05, 31)).responder.esp();
      }),
    ).toEqual([]);
  });

  it("makes nobody stop answering, whose answers become large", () => {
    expect(
      filtered((talk) => {
        for (const second of every(0.5, 1, 31)) {
          talk.at(second).initiator.esp();
          talk.at(second + 0.02).responder.esp(second < 15 ? {} : large);
        }
      }),
    ).toEqual([]);
  });
});

/** An IPv4 fragment that is not the first of its datagram. */
function isLater(frame: Uint8Array): boolean {
  const ethernet = 14;
  return ((((frame[ethernet + 6] ?? 0) << 8) | (frame[ethernet + 7] ?? 0)) & 0x1fff) !== 0;
}
