import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/diagnosis/finding.js";
import { RaisedFindings } from "../../src/live/raised-findings.js";
import { ikeSaInit, noProposalChosen, scenario } from "../support/scenario/index.js";

const SECOND = 1_000_000;

/** A refusal that the peer sent at `time`. */
function refusalAt(time: number): Finding {
  const talk = scenario();
  const sa = talk.newSa();
  talk.at(0).initiator.sends(ikeSaInit({ sa }));
  talk.at(0.1).responder.sends(noProposalChosen({ sa }));
  const [finding] = talk.endsAt(30).judge().findings;
  if (finding === undefined) throw new Error("nothing was found");
  return { ...finding, evidence: finding.evidence.map((item) => ({ ...item, time })) };
}

/** Seconds at which it is raised that was found first at `found`, and looked for each tenth of a second from then on. */
function raisedAt(finding: Finding, found: number): number {
  const raised = new RaisedFindings();
  for (let tenth = found * 10; ; tenth++) {
    const changes = raised.update([finding], (tenth / 10) * SECOND, false, true);
    if (changes.length > 0) return tenth / 10;
  }
}

describe("a finding that is raised", () => {
  it("has stood for ten seconds from half a second behind the last packet that it cites, however late that was judged", () => {
    const finding = refusalAt(100 * SECOND);
    expect(raisedAt(finding, 101)).toBe(110.5);
    expect(raisedAt(finding, 102.5)).toBe(110.5);
  });

  it("has stood for seven seconds since it was found, where a long silence proves it", () => {
    expect(raisedAt(refusalAt(100 * SECOND), 160)).toBe(167);
  });
});
