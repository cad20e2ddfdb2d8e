import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import { ALL, GIVEN, judgedAtEnds, without } from "../support/capture/both-ends.js";
import { dialogue, every, faults, finding, scenario, setsUp, suspicions } from "../support/scenario/index.js";

/** Questions that were answered, and then are not, nor is anything else heard of the responder. */
function stops() {
  const talk = scenario();
  setsUp(talk);
  dialogue(talk, every(1, 1, 11));
  const unanswered = talk.at(...every(1, 11, 41)).initiator.esp();
  return { talk: talk.endsAt(60), unanswered };
}

describe.each(GIVEN)("answers that stop, seen at both ends, %s", (given) => {
  it("are no lost path where the packets arrive: the host that they come to is named", async () => {
    const judgement = await judgedAtEnds(stops().talk, given, ALL, ALL);
    expect(faults(judgement)).toEqual([]);
    expect(suspicions(judgement)).toEqual(["esp-one-way"]);
    const found = finding(judgement, "esp-one-way");
    expect(inEnglish(found.summary)).toContain("the packets arrive at 198.51.100.20");
    expect(found.rivals.map(({ code }) => code)).not.toContain("path-lost");
  });

  it("are lost between them where the packets do not arrive", async () => {
    const { talk, unanswered } = stops();
    const judgement = await judgedAtEnds(talk, given, ALL, without(unanswered));
    expect(faults(judgement)).not.toEqual([]);
    expect(faults(judgement)).not.toContain("esp-one-way");
  });
});
