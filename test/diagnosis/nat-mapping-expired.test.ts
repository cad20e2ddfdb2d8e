import { describe, expect, it } from "vitest";
import {
  behindNat,
  codes,
  evidence,
  faults,
  finding,
  informational,
  informationalAnswer,
  numbers,
  scenario,
  type Scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const CODE = "nat-mapping-expired";
/** The NAT device that `behindNat` puts before the initiator. */
const NAT_ADDRESS = "192.0.2.10";
const TRIES = [70, 74, 81.2];

function untilSilence(talk: Scenario, tries: readonly number[] = TRIES) {
  setsUp(talk);
  traffic(talk, 1, 10);
  return talk.at(...tries).responder.sends(informational({ id: 0 }));
}

describe(CODE, () => {
  it("fires where the initiator cannot be reached, and then sends by itself in vain", () => {
    const talk = behindNat();
    const tries = untilSilence(talk);
    const again = talk.at(120, 121, 122).initiator.esp({ sequence: 19 });
    const judgement = talk.endsAt(125).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "INFORMATIONAL" });
    expect(evidence(found)).toEqual([39, ...numbers(tries), again[0]?.number]);
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("is seen between hundreds of liveness checks, of which most are not kept", () => {
    const talk = behindNat();
    setsUp(talk);
    const checks = (from: number, firstId: number): void => {
      for (const index of Array(150).keys()) {
        talk.at(from + index * 5).initiator.sends(informational({ id: firstId + index }));
        talk.at(from + index * 5 + 0.02).responder.sends(informationalAnswer({ id: firstId + index }));
      }
    };
    checks(10, 2);
    const tries = talk.at(900, 904, 911.2).responder.sends(informational({ id: 0 }));
    checks(1060, 152);
    const found = finding(talk.judge(), CODE);
    expect(found.severity).toBe("warning");
    expect(evidence(found)).toEqual(expect.arrayContaining(numbers(tries)));
  });

  it("is a warning where the tunnel goes on", () => {
    const talk = behindNat();
    untilSilence(talk);
    talk.at(100, 101, 102).initiator.esp({ sequence: 19 });
    talk.at(100.1, 101.1, 102.1).responder.esp({ sequence: 19 });
    const judgement = talk.endsAt(110).judge();
    expect(finding(judgement, CODE).severity).toBe("warning");
    expect(faults(judgement)).toEqual([]);
  });

  it.each([
    ["where it never sends again", (talk: Scenario) => untilSilence(talk)],
    [
      "where it had sent just before",
      (talk: Scenario) => {
        untilSilence(talk);
        talk.at(60).initiator.esp({ sequence: 19 });
        talk.at(100).initiator.esp({ sequence: 20 });
      },
    ],
    [
      "with keepalives",
      (talk: Scenario) => {
        untilSilence(talk);
        talk.at(30, 50).initiator.keepalive();
        talk.at(100).initiator.esp({ sequence: 19 });
      },
    ],
    [
      "where the request is answered late",
      (talk: Scenario) => {
        untilSilence(talk);
        talk.at(90).initiator.sends(informationalAnswer({ id: 0 }));
      },
    ],
    [
      "where one packet is lost",
      (talk: Scenario) => {
        untilSilence(talk, [70]);
        talk.at(100).initiator.esp({ sequence: 19 });
      },
    ],
  ])("is silent %s", (_name, tell) => {
    const talk = behindNat();
    tell(talk);
    expect(codes(talk.endsAt(125).judge())).not.toContain(CODE);
  });

  it("is silent without a translator", () => {
    const talk = scenario({ floats: true });
    untilSilence(talk);
    talk.at(120, 121, 122).initiator.esp({ sequence: 19 });
    expect(codes(talk.endsAt(125).judge())).not.toContain(CODE);
  });
});

describe(`${CODE}, told by the NAT device`, () => {
  const PORT_UNREACHABLE = [3, 3] as const;

  function refused(talk: Scenario, times: readonly number[], from = NAT_ADDRESS) {
    return times.flatMap((second) => {
      const [packet] = talk.at(second).responder.esp();
      return packet === undefined
        ? []
        : [talk.icmp(second + 0.01, from, talk.responder, ...PORT_UNREACHABLE)];
    });
  }

  it("fires where its address refuses the port that it had given, after a pause of the peer", () => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 10);
    const frames = refused(talk, [20, 21, 22]);
    const judgement = talk.endsAt(25).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "ESP" });
    expect(evidence(found)).toEqual(expect.arrayContaining(numbers(frames)));
    expect(faults(judgement)).toEqual([CODE]);
  });

  it.each([
    ["the peer had sent just before", [10.5, 11, 11.5], NAT_ADDRESS],
    ["a router on the path refuses it", [20, 21, 22], "203.0.113.1"],
  ])("leaves it to icmp-port-unreachable where %s", (_name, times, from) => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 10);
    refused(talk, times, from);
    expect(faults(talk.endsAt(25).judge())).toEqual(["icmp-port-unreachable"]);
  });

  it("leaves it to icmp-port-unreachable where the port is the daemon's own", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    traffic(talk, 1, 10);
    refused(talk, [20, 21, 22], talk.initiator.address);
    expect(faults(talk.endsAt(25).judge())).toEqual(["icmp-port-unreachable"]);
  });
});
