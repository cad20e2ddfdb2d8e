import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  evidence,
  faults,
  finding,
  informational,
  informationalAnswer,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const CODE = "nat-mapping-changed";
const NAT = { address: "192.0.2.10", port500: 61_001, port4500: 61_002 };
const INSIDE = "10.0.0.5";

const behindNat = (): Scenario => scenario({ floats: true, initiator: { address: INSIDE, nat: NAT } });
const rebound = (talk: Scenario) => talk.host(INSIDE, { nat: { ...NAT, port4500: 61_099 } });

describe(CODE, () => {
  it("is a warning where ESP of one SPI changes its port and the other side follows", () => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 10);
    const host = rebound(talk);
    const [first] = talk.between(host, talk.responder, 20, 21, 22, 23, 24, 25).esp({ sequence: 19 });
    talk.between(talk.responder, host, 20.1, 21.1, 22.1, 23.1, 24.1, 25.1).esp({ sequence: 19 });
    const judgement = talk.endsAt(40).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "warning", confidence: "certain", phase: "ESP" });
    expect(found.headline).toBe("the port of 192.0.2.10 changed from 61002 to 61099 within the tunnel");
    expect(evidence(found)[1]).toBe(first?.number);
    expect(accusations(judgement)).toEqual([CODE]);
    expect(judgement.status).toBe("degraded");
  });

  it("is critical where ESP still goes to the old port", () => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 10);
    const times = [20, 21, 22, 23, 24, 25, 26];
    talk.between(rebound(talk), talk.responder, ...times).esp({ sequence: 19 });
    const back = talk.at(...times).responder.esp({ sequence: 19 });
    const judgement = talk.endsAt(40).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", phase: "ESP" });
    expect(evidence(found).at(-1)).toBe(back.at(-1)?.number);
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("explains that the old port is refused by ICMP: no daemon is accused", () => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 10);
    const host = rebound(talk);
    talk.between(host, talk.responder, 20, 20.4, 20.8, 21.2).esp({ sequence: 19 });
    for (const time of [20.1, 20.5, 20.9]) {
      talk.at(time).responder.esp({ sequence: Math.round(time * 10) });
      talk.icmp(time + 0.01, talk.initiator, talk.responder, 3, 3);
    }
    const judgement = talk.endsAt(21.3).judge();
    expect(codes(judgement)).toContain(CODE);
    expect(codes(judgement)).not.toContain("icmp-port-unreachable");
    expect(judgement.status).toBe("degraded");
  });

  it("leaves the refusal where the peer sends from no other port", () => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 10);
    for (const time of [20.1, 20.5, 20.9]) {
      talk.at(time).responder.esp({ sequence: Math.round(time * 10) });
      talk.icmp(time + 0.01, talk.initiator, talk.responder, 3, 3);
    }
    expect(codes(talk.endsAt(21.3).judge())).toContain("icmp-port-unreachable");
  });

  it("is told by IKE alone", () => {
    const talk = behindNat();
    setsUp(talk);
    const host = rebound(talk);
    talk.between(host, talk.responder, 20).sends(informational());
    talk.between(talk.responder, host, 20.1).sends(informationalAnswer());
    const judgement = talk.endsAt(29).judge();
    expect(finding(judgement, CODE)).toMatchObject({ severity: "warning", phase: "INFORMATIONAL" });
    expect(faults(judgement)).toEqual([]);
  });

  it("is silent about the move from port 500 to 4500", () => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 20);
    expect(accusations(talk.endsAt(29).judge())).toEqual([]);
  });

  it("is silent on a translator, where each packet has two ports", () => {
    const talk = scenario({ floats: true, initiator: { address: INSIDE, nat: NAT, seen: "both" } });
    setsUp(talk);
    traffic(talk, 1, 20);
    expect(codes(talk.endsAt(29).judge())).not.toContain(CODE);
  });

  it("is silent about two clients behind one address", () => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 20);
    const other = talk.host("10.0.0.6", { nat: { ...NAT, port500: 61_011, port4500: 61_012 } });
    talk.between(other, talk.responder, 1.2, 2.2, 3.2, 4.2).esp({ spi: 0xc9000009 });
    expect(codes(talk.endsAt(29).judge())).not.toContain(CODE);
  });

  describe("of the address", () => {
    /** The peer goes on from another public address, where a check is answered; what does the other side send, and where? */
    function moves(followed: boolean, times: readonly number[]) {
      const talk = behindNat();
      setsUp(talk);
      traffic(talk, 1, 10);
      const host = talk.host(INSIDE, { nat: { ...NAT, address: "192.0.2.99" } });
      talk.between(host, talk.responder, 19).sends(informational());
      talk.between(talk.responder, host, 19.1).sends(informationalAnswer());
      talk.between(host, talk.responder, ...times).esp({ sequence: 19 });
      const back = followed
        ? talk.between(talk.responder, host, ...times).esp({ sequence: 19 })
        : talk.at(...times).responder.esp({ sequence: 19 });
      return { judgement: talk.endsAt(40).judge(), back };
    }

    it("is critical where ESP still goes to the old one and none to the new one", () => {
      const { judgement, back } = moves(false, [20, 21, 22, 23, 24]);
      const found = finding(judgement, CODE);
      expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "ESP" });
      expect(evidence(found).at(-1)).toBe(back.at(-1)?.number);
      expect(faults(judgement)).toEqual([CODE]);
    });

    it.each([
      ["the other side follows", true, [20, 21, 22, 23, 24]],
      ["it has no time to follow", false, [20, 20.3, 20.6, 20.9]],
    ])("is silent where %s", (_, followed, times) => {
      expect(faults(moves(followed, times).judgement)).toEqual([]);
    });
  });
});
