import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import { ALL, GIVEN, judgedAtEnds, ROUTERS, without } from "../support/capture/both-ends.js";
import { judgePlaces } from "../support/capture/places.js";
import { alongPath } from "../support/capture/path.js";
import {
  accusations,
  faults,
  finding,
  type Frame,
  fragmented,
  ikeAuth,
  ikeAuthAnswer,
  opens,
  scenario,
  traffic,
} from "../support/scenario/index.js";

const CODE = "lost-between-captures";
/** Three attempts of a daemon that repeats by a back-off. */
const TRIES = [0.1, 4.1, 11.3];

function every(frames: readonly Frame[], of: number, ...numbers: readonly number[]): Frame[] {
  return frames.filter((_, index) => numbers.includes((index % of) + 1));
}

describe.each(GIVEN)("IKE_AUTH in three IKE fragments, %s", (given) => {
  it("of which the second never arrives: its number is told", async () => {
    const talk = scenario();
    opens(talk);
    const sent = talk.at(...TRIES).initiator.sends(fragmented(35, false, 3));
    const judgement = await judgedAtEnds(talk.endsAt(60), given, ALL, without(every(sent, 3, 2)));
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "IKE_AUTH" });
    expect(found.headline).toContain(
      "IKE fragment 2 of 3 never reaches 198.51.100.20 (3 attempts in 11.2 s)",
    );
    // The first one is as large, and arrives.
    expect(inEnglish(found.summary)).not.toContain("The size decides");
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("of which only the small last one arrives: the size is told", async () => {
    const talk = scenario();
    opens(talk);
    const sent = talk.at(...TRIES).initiator.sends(fragmented(35, false, 3));
    const found = finding(
      await judgedAtEnds(talk.endsAt(60), given, ALL, without(every(sent, 3, 1, 2))),
      CODE,
    );
    expect(found.headline).toContain("IKE fragment 1, 2 of 3 never reaches");
    expect(found.remedies[0]).toBe("Lower the fragment size.");
    expect(inEnglish(found.summary)).toContain("those that are lost have 564 bytes or more");
  });

  it("none of which arrives", async () => {
    const talk = scenario();
    opens(talk);
    const sent = talk.at(...TRIES).initiator.sends(fragmented(35, false, 3));
    const found = finding(await judgedAtEnds(talk.endsAt(60), given, ALL, without(sent)), CODE);
    expect(found.headline).toContain("none of 3 IKE fragments reaches 198.51.100.20");
  });

  it("of whose answer the first never arrives", async () => {
    const talk = scenario();
    opens(talk);
    talk.at(...TRIES).initiator.sends(ikeAuth());
    const back = talk.at(...TRIES.map((at) => at + 0.1)).responder.sends(fragmented(35, true, 3));
    const found = finding(await judgedAtEnds(talk.endsAt(60), given, without(every(back, 3, 1)), ALL), CODE);
    expect(found.headline).toContain(
      "IKE_AUTH response of 198.51.100.20: IKE fragment 1 of 3 never reaches 192.0.2.10",
    );
  });

  it("sent once: one of them that is missing is only possible", async () => {
    const talk = scenario();
    opens(talk);
    const sent = talk.at(0.1).initiator.sends(fragmented(35, false, 3));
    const judgement = await judgedAtEnds(talk.endsAt(2), given, ALL, without(every(sent, 3, 2)));
    expect(finding(judgement, CODE)).toMatchObject({ confidence: "possible", severity: "critical" });
    expect(judgement.status).toBe("suspected");
  });

  it("is no fault where it is answered all the same, or another number is lost in each try", async () => {
    const answered = scenario();
    opens(answered);
    const sent = answered.at(0.1).initiator.sends(fragmented(35, false, 3));
    answered.at(0.2).responder.sends(ikeAuthAnswer());
    traffic(answered, 1, 10);
    expect(
      accusations(await judgedAtEnds(answered.endsAt(12), given, ALL, without(every(sent, 3, 2)))),
    ).toEqual([]);
    const mixed = scenario();
    opens(mixed);
    const tries = mixed.at(0.1, 4.1).initiator.sends(fragmented(35, false, 3));
    mixed.at(4.2).responder.sends(ikeAuthAnswer());
    traffic(mixed, 5, 10);
    const lost = tries.filter((_, index) => index === 0 || index === 5);
    expect(accusations(await judgedAtEnds(mixed.endsAt(12), given, ALL, without(lost)))).not.toContain(CODE);
  });

  it("is no fault where the capture at the responder ends while it is under way", async () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1).initiator.sends(fragmented(35, false, 3));
    const after = talk.frames.filter(({ time }) => time > 0.1);
    expect(
      accusations(
        await judgedAtEnds(talk.endsAt(2), given, ALL, without([...after, ...talk.frames.slice(-1)])),
      ),
    ).toEqual([]);
  });
});

describe("IKE_AUTH in IP fragments, both ends given", () => {
  it.each([
    [[0], "the last of 2 IP fragments never reaches 198.51.100.20"],
    [[1], "at least the first of 2 IP fragments never reaches 198.51.100.20"],
    [[], "at least the first of 2 IP fragments never reaches 198.51.100.20"],
  ] as const)("of which the responder has %j: %s", async (kept, text) => {
    const [sender, receiver] = [scenario(), scenario()];
    for (const [talk, these] of [
      [sender, [0, 1]],
      [receiver, kept],
    ] as const) {
      talk.noise(-1);
      opens(talk);
      talk.at(...TRIES).initiator.sends(ikeAuth({ inner: 1800 }), { ipFragments: 1480, kept: these });
      talk.endsAt(60);
    }
    const places = [sender, receiver].flatMap((talk, index) =>
      alongPath(talk, ROUTERS, [{ hops: index * ROUTERS }]),
    );
    const { judgement } = await judgePlaces(places);
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(found.remedies[0]).toContain("Switch on IKE fragmentation at both ends");
    expect(found.headline).toContain(text);
  });
});
