import { describe, expect, it } from "vitest";
import { withConsequences } from "../../src/diagnosis/consequences.js";
import type { Code } from "../../src/diagnosis/codes.js";
import type { Finding } from "../../src/diagnosis/finding.js";
import { finding, ikeSaInit, scenario } from "../support/scenario/index.js";

/** Any critical finding, to be given another code and other times. */
function critical(): Finding {
  const talk = scenario();
  talk.at(0, 4, 11.2, 24).initiator.sends(ikeSaInit());
  return finding(talk.endsAt(60).judge(), "ike-init-unanswered");
}

const template = critical();

function shownFrom(code: Code, from: number, to: number): Finding {
  const [first] = template.evidence;
  if (first === undefined) throw new Error("a critical finding has evidence");
  return { ...template, code, evidence: [from, to].map((time) => ({ ...first, time })) };
}

function causes(...findings: readonly Finding[]): (string | null)[] {
  return withConsequences(findings).map(({ causedBy }) => causedBy);
}

describe("withConsequences", () => {
  it("names what begins during a fault as following from it", () => {
    expect(causes(shownFrom("mobike-failed", 10, 20), shownFrom("plaintext-leak", 12, 30))).toEqual([
      null,
      "mobike-failed",
    ]);
  });

  it("lets no effect precede a cause that did not exist before", () => {
    const moved = { ...shownFrom("mobike-failed", 20, 30), notBefore: 19 };
    const judged = withConsequences([moved, { ...shownFrom("plaintext-leak", 10, 40), from: 10 }]);
    expect(judged.map(({ causedBy }) => causedBy)).toEqual([null, null]);
    expect(judged.map(({ severity }) => severity)).toEqual(["critical", "critical"]);
  });

  it("names what is cited from before, where the cause cites its last time alone", () => {
    expect(causes(shownFrom("ike-response-lost", 40, 50), shownFrom("sa-flapping", 0, 60))).toEqual([
      null,
      "ike-response-lost",
    ]);
  });
});
