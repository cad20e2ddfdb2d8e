import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  evidence,
  faults,
  finding,
  ikeSaInit,
  type Message,
  numbers,
  type Scenario,
  type ScenarioOptions,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const CODE = "nat-ike-alg";
const NAT = { address: "192.0.2.10", port500: 500, port4500: 4500 };
const BEHIND: ScenarioOptions = { initiator: { address: "10.0.0.5", nat: NAT } };
const TRIES = [20, 24, 31.2];

const OFFER = { encr: [[20, 256]], prf: [5], group: [19] } as const;
/** Offers more than the first client does. */
const otherOffer = (talk: Scenario): Message => ikeSaInit({ sa: talk.newSa(), offers: [OFFER, OFFER] });

describe(CODE, () => {
  it("fires where a second client is never answered while the first one works", () => {
    const talk = scenario(BEHIND);
    setsUp(talk);
    traffic(talk, 1, 60);
    const second = talk.host("10.0.0.6", { nat: NAT });
    const tries = talk.between(second, talk.responder, ...TRIES).sends(otherOffer(talk));
    const judgement = talk.endsAt(70).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "IKE_SA_INIT" });
    expect(evidence(found)).toEqual(expect.arrayContaining([1, ...numbers(tries)]));
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("is silent where the first client itself begins anew", () => {
    const talk = scenario(BEHIND);
    setsUp(talk);
    traffic(talk, 1, 60);
    talk.at(...TRIES).initiator.sends(ikeSaInit({ sa: talk.newSa() }));
    expect(codes(talk.endsAt(70).judge())).not.toContain(CODE);
  });

  it("is silent where the first client's traffic has ended: the gateway may be gone", () => {
    const talk = scenario(BEHIND);
    setsUp(talk);
    traffic(talk, 1, 10);
    talk.at(...TRIES).initiator.sends(otherOffer(talk));
    expect(codes(talk.endsAt(70).judge())).not.toContain(CODE);
  });

  it.each([
    ["without a translator", {}],
    ["where UDP 4500 is used", { ...BEHIND, floats: true }],
  ])("is silent %s", (_name, options) => {
    const talk = scenario(options);
    setsUp(talk);
    traffic(talk, 1, 60);
    talk.at(...TRIES).initiator.sends(otherOffer(talk));
    expect(codes(talk.endsAt(70).judge())).not.toContain(CODE);
  });

  it("is silent where two clients are served", () => {
    const talk = scenario(BEHIND);
    setsUp(talk);
    setsUp(talk, { from: 20, sa: talk.newSa() });
    traffic(talk, 1, 60);
    expect(accusations(talk.endsAt(70).judge())).toEqual([]);
  });
});
