import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/diagnosis/judgement.js";
import {
  evidence,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  type Scenario,
  scenario,
} from "../support/scenario/index.js";

const CODE = "peer-selectively-silent";
const OTHER = "203.0.113.9";

/** Another peer sets up its tunnel with the same responder. */
function otherComesUp(talk: Scenario, from: number, responder = talk.responder) {
  const other = talk.host(OTHER);
  const sa = talk.newSa();
  talk.between(other, responder, from).sends(ikeSaInit({ sa }));
  const answer = talk.between(responder, other, from + 0.1).sends(ikeSaInitAnswer({ sa }));
  talk.between(other, responder, from + 0.2).sends(ikeAuth({ sa }));
  talk.between(responder, other, from + 0.3).sends(ikeAuthAnswer({ sa }));
  return answer;
}

/** Critical codes at the peer that gets no answer. */
function said({ tunnels }: Judgement): string[] {
  const own = tunnels.find(({ tunnel }) => !tunnel.addresses.includes(OTHER));
  return (own?.findings ?? []).filter(({ severity }) => severity === "critical").map(({ code }) => code);
}

describe(CODE, () => {
  it("fires where another peer is answered meanwhile, and names that answer", () => {
    const talk = scenario();
    const tries = talk.at(0, 4, 11.2).initiator.sends(ikeSaInit());
    const [answer] = otherComesUp(talk, 6);
    const judgement = talk.endsAt(60).judge();
    const found = judgement.findings.find(({ code }) => code === CODE);
    if (found === undefined) throw new Error("not found");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "IKE_SA_INIT" });
    expect(evidence(found)).toEqual([...tries.map(({ number }) => number), answer?.number]);
    expect(said(judgement)).toEqual([CODE]);
    expect(judgement.scope).toBe("one-peer");
  });

  it("leaves it to ike-init-unanswered where no other peer is answered about that time, or by another responder", () => {
    const late = scenario();
    late.at(0, 4, 11.2).initiator.sends(ikeSaInit());
    otherComesUp(late, 300);
    expect(said(late.endsAt(400).judge())).toEqual(["ike-init-unanswered"]);
    const elsewhere = scenario();
    elsewhere.at(0, 4, 11.2).initiator.sends(ikeSaInit());
    otherComesUp(elsewhere, 6, elsewhere.host("203.0.113.80"));
    expect(said(elsewhere.endsAt(60).judge())).toEqual(["ike-init-unanswered"]);
  });

  it("is silent at a peer that is answered after a loss", () => {
    const talk = scenario();
    talk.at(0, 4).initiator.sends(ikeSaInit());
    talk.at(4.1).responder.sends(ikeSaInitAnswer());
    talk.at(4.2).initiator.sends(ikeAuth());
    talk.at(4.3).responder.sends(ikeAuthAnswer());
    otherComesUp(talk, 2);
    expect(
      talk
        .endsAt(60)
        .judge()
        .findings.map(({ code }) => code),
    ).not.toContain(CODE);
  });
});
