import { describe, expect, it } from "vitest";
import {
  accusations,
  behindNat,
  codes,
  evidence,
  faults,
  finding,
  informational,
  informationalAnswer,
  INSIDE,
  NAT,
  type Scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const CODE = "nat-esp-port-differs";
const TIMES = [1, 2, 3, 4, 5, 6];

/** The same host as the translator shows its ESP. */
const espSide = (talk: Scenario, port4500 = 61_099) => talk.host(INSIDE, { nat: { ...NAT, port4500 } });

describe(CODE, () => {
  it("fires where ESP has a port of its own and replies go to that of IKE", () => {
    const talk = behindNat();
    setsUp(talk);
    const sent = talk.between(espSide(talk), talk.responder, ...TIMES).esp();
    const back = talk.at(1.1, 2.1, 3.1).responder.esp();
    talk.at(10).initiator.sends(informational());
    talk.at(10.1).responder.sends(informationalAnswer());
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "ESP" });
    expect(found.headline).toBe("ESP of 192.0.2.10 comes from port 61099, its IKE from port 61002");
    expect(evidence(found)).toEqual([3, ...[sent[0], back[0], sent.at(-1)].map((frame) => frame?.number)]);
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("is the root of the one-way traffic where nothing comes back", () => {
    const talk = behindNat();
    setsUp(talk);
    talk.between(espSide(talk), talk.responder, ...TIMES).esp();
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual([CODE]);
    expect(finding(judgement, "esp-one-way").causedBy).toBe(CODE);
  });

  it("is a warning where the other side follows ESP", () => {
    const talk = behindNat();
    setsUp(talk);
    const host = espSide(talk);
    talk.between(host, talk.responder, ...TIMES).esp();
    talk.between(talk.responder, host, ...TIMES).esp();
    expect(finding(talk.endsAt(60).judge(), CODE).severity).toBe("warning");
  });

  it("is silent where both come from one port", () => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 10);
    expect(accusations(talk.endsAt(29).judge())).toEqual([]);
  });

  it("is silent where IKE comes from the port of ESP later: the mapping changed", () => {
    const talk = behindNat();
    setsUp(talk);
    const host = espSide(talk);
    talk.between(host, talk.responder, ...TIMES).esp();
    talk.between(talk.responder, host, ...TIMES).esp();
    talk.between(host, talk.responder, 10).sends(informational());
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });

  it("is silent where the mapping may have expired before the first ESP packet", () => {
    const talk = behindNat();
    setsUp(talk);
    const host = espSide(talk);
    talk.between(host, talk.responder, 61, 62, 63, 64, 65).esp();
    expect(codes(talk.endsAt(90).judge())).not.toContain(CODE);
  });

  it("is silent about ESP of another client whose IKE came before the capture", () => {
    const talk = behindNat();
    setsUp(talk);
    talk.between(espSide(talk), talk.responder, ...TIMES).esp({ spi: 0xc9000009, sequence: 5000 });
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });
});
