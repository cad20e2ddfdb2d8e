import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  evidence,
  finding,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const CODE = "esp-fragmented";
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

  it("is silent about one large packet, and about large IKE messages", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 10);
    talk.at(2.1, 3.1).initiator.esp({ size: 1600, spi: 0xc1000002, ipFragments: 1440 });
    const judgement = talk.endsAt(60).judge();
    expect(codes(judgement)).not.toContain(CODE);
    expect(judgement.status).toBe("healthy");
  });

  it("is silent about large packets in one piece", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 10);
    talk.at(...TIMES).initiator.esp({ size: 1600, spi: 0xc1000002 });
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });
});
