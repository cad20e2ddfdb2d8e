import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import { ALL, GIVEN, judgedAtEnds, without } from "../support/capture/both-ends.js";
import {
  codes,
  every,
  finding,
  type Frame,
  type Scenario,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

const CODE = "lost-between-captures";

interface Upload {
  readonly talk: Scenario;
  readonly large: readonly Frame[];
}

/** An upload of ten seconds with pings beside it; then it repeats one large packet for 30 s, and the pings go on. */
function hangingUpload(): Upload {
  const talk = scenario();
  setsUp(talk);
  const repeats = [11.3, 11.5, 11.9, 12.7, 14.3, 17.5, 23.9, 36.7];
  const uploads = every(0.3, 1.15, 11);
  // Sequence numbers are given in the order of time.
  const large = [...uploads, ...repeats, ...every(1, 1, 42)]
    .toSorted((a, b) => a - b)
    .flatMap((second) => {
      const isLarge = !Number.isInteger(second);
      const sent = talk.at(second).initiator.esp({ size: isLarge ? 1428 : 120 });
      if (!repeats.includes(second)) talk.at(second + 0.03).responder.esp();
      return repeats.includes(second) ? sent : [];
    });
  return { talk: talk.endsAt(60), large };
}

describe.each(GIVEN)("large packets that no longer arrive at the other end, %s", (given) => {
  it("are lost for their size: since when, and the MSS to set, are told", async () => {
    const { talk, large } = hangingUpload();
    const judgement = await judgedAtEnds(talk, given, ALL, without(large));
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "ESP" });
    expect(found.headline).toMatch(
      /^since .* no large ESP \(14\d\d bytes or more\) from 192\.0\.2\.10 reaches/,
    );
    expect(inEnglish(found.summary)).toContain("Set the TCP MSS to");
    expect(found.remedies[0]).toContain("Clamp the TCP MSS");
  });

  it("are no matter of size where some of the last ones arrive", async () => {
    const { talk, large } = hangingUpload();
    const judgement = await judgedAtEnds(talk, given, ALL, without(large.slice(0, -1)));
    expect(codes(judgement)).toContain(CODE);
    expect(finding(judgement, CODE).headline).not.toContain("no large ESP");
  });
});
