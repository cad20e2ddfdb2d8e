import { describe, expect, it } from "vitest";
import {
  codes,
  evidence,
  faults,
  finding,
  informational,
  informationalAnswer,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

function moves(answered: boolean) {
  const talk = scenario({ floats: true });
  setsUp(talk);
  traffic(talk, 1, 30);
  const there = talk.host("203.0.113.77");
  const update = informational({ inner: 64 });
  const tries = talk.between(there, talk.responder, 30, 34, 41.2, 54.2).sends(update);
  if (answered) talk.between(talk.responder, there, 54.3).sends(informationalAnswer());
  return { talk, tries };
}

describe("mobike-failed", () => {
  it("fires where a peer's requests from its new address stay unanswered", () => {
    const { talk, tries } = moves(false);
    const judgement = talk.endsAt(200).judge();
    const found = finding(judgement, "mobike-failed");
    expect(found.severity).toBe("critical");
    expect(evidence(found)).toEqual(tries.map(({ number }) => number));
    expect(found.headline).toContain("203.0.113.77");
    expect(faults(judgement)).toEqual(["mobike-failed"]);
    expect(codes(judgement)).not.toContain("dpd-timeout");
  });

  it("says that ESP still goes to the old address", () => {
    const { talk } = moves(false);
    traffic(talk, 30, 100, "responder");
    expect(finding(talk.endsAt(200).judge(), "mobike-failed").summary).toContain("old address");
  });

  it("stays silent where the other side follows", () => {
    expect(codes(moves(true).talk.endsAt(200).judge())).not.toContain("mobike-failed");
  });
});
