import { describe, expect, it } from "vitest";
import { mssFor } from "../../src/diagnosis/facts/esp/esp-overhead.js";
import {
  codes,
  evidence,
  faults,
  finding,
  numbers,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const ROUTER = "203.0.113.1";
const CODE = "icmp-frag-needed";

/** A large ESP packet at each of these seconds that a router refuses. */
function refused(talk: Scenario, seconds: readonly number[], mtu = 1400, size = 1440) {
  return seconds.map((second, index) => {
    talk.at(second).initiator.esp({ size, sequence: 1000 + index });
    return talk.initiator.address.includes(":")
      ? talk.icmp(second + 0.01, "2001:db8:9::1", talk.initiator, 2, 0, mtu)
      : talk.icmp(second + 0.01, ROUTER, talk.initiator, 3, 4, mtu);
  });
}

describe(CODE, () => {
  it("is a warning with the MTU and the MSS where the sender heeds it", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 10);
    const frames = refused(talk, [2.1, 2.2]);
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "warning", confidence: "certain", phase: "ESP" });
    expect(found.headline).toContain("MTU 1400");
    // 1400 - 20 - 8 - 16 - 16 = 1340, 83 blocks of 16 = 1328, less 2 = 1326; 1326 - 40 = 1286.
    expect(found.summary).toContain("MSS to set: 1286 (IPv6 in the tunnel: 1266)");
    expect(evidence(found)).toEqual(numbers(frames));
    expect(faults(judgement)).toEqual([]);
  });

  it("is critical where the sender goes on with large packets long after", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    traffic(talk, 1, 100);
    const frames = refused(talk, [2.1, 32.1, 62.1, 92.1]);
    const judgement = talk.endsAt(120).judge();
    expect(finding(judgement, CODE)).toMatchObject({ severity: "critical", phase: "ESP" });
    expect(evidence(finding(judgement, CODE))).toEqual(numbers(frames));
    expect(faults(judgement)).toEqual([CODE]);
    expect(judgement.status).toBe("failing");
  });

  it("is a warning where reports come again once the path MTU was forgotten", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 10);
    refused(talk, [2.1, 610, 1215]);
    expect(finding(talk.endsAt(1300).judge(), CODE).severity).toBe("warning");
  });

  it("is a warning where the second report names a narrower link", () => {
    const talk = scenario();
    setsUp(talk);
    refused(talk, [2.1], 1400, 1440);
    refused(talk, [40.1, 40.2], 1300, 1340);
    const found = finding(talk.endsAt(60).judge(), CODE);
    expect(found.severity).toBe("warning");
    expect(found.headline).toContain("MTU 1300");
  });

  it("reads ICMPv6 too", () => {
    const talk = scenario({
      initiator: { address: "2001:db8::10" },
      responder: { address: "2001:db8:1::20" },
    });
    setsUp(talk);
    traffic(talk, 1, 10);
    refused(talk, [2.1]);
    expect(finding(talk.endsAt(60).judge(), CODE).summary).toContain("40 (outer IPv6)");
  });

  it("is silent about a report that quotes a packet which fits", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 10);
    refused(talk, [2.1], 1400, 100);
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });

  it("is silent about a report without MTU, and about other ICMP errors", () => {
    const talk = scenario();
    setsUp(talk);
    refused(talk, [2.1], 0);
    talk.icmp(3, ROUTER, talk.initiator, 5, 1, 1400);
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });
});

describe("MSS for a path MTU", () => {
  it.each([
    [1500, 4, false, 1398],
    [1500, 4, true, 1382],
    [1500, 6, true, 1366],
  ] as const)("of %i over IPv%i, in UDP: %s, is %i", (mtu, version, inUdp, mss) => {
    expect(mssFor(mtu, version, inUdp)?.mss).toBe(mss);
  });

  it("is none where nothing fits", () => {
    expect(mssFor(120, 6, true)).toBeNull();
  });
});
