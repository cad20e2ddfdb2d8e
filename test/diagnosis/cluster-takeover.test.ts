import { describe, expect, it } from "vitest";
import { alongPath, joinedInOne } from "../support/capture/path.js";
import { judgePlaces } from "../support/capture/places.js";
import {
  accusations,
  codes,
  dialogue,
  every,
  scenario,
  setsUp,
  type Keeps,
} from "../support/scenario/index.js";

/** When the other node of the responder's cluster takes over: it has another MAC address, and a router more before it. */
const TAKEN_OVER = 30;

const isOfOtherNode: Keeps = ({ sender, time }) => sender === "responder" && time > TAKEN_OVER;

/** A tunnel whose responder goes on from another node with these sequence numbers. */
async function takenOver(sequence?: number) {
  const talk = scenario();
  setsUp(talk);
  dialogue(talk, every(0.5, 1, TAKEN_OVER));
  dialogue(talk, every(0.5, TAKEN_OVER + 3, 90), sequence === undefined ? {} : { answer: { sequence } });
  const places = alongPath(talk, 1, [
    { hops: 0, keeps: (frame, index) => !isOfOtherNode(frame, index) },
    { hops: 1, keeps: isOfOtherNode },
  ]);
  const { judgement } = await judgePlaces([joinedInOne(places)]);
  return judgement;
}

describe("the other node of a cluster that takes over an SA from another MAC address", () => {
  it("does not look like a path that is lost where its counters begin anew", async () => {
    const judgement = await takenOver(1);
    expect(codes(judgement)).toContain("esp-sequence-restart");
    expect(codes(judgement)).not.toContain("path-lost");
    expect(codes(judgement)).not.toContain("esp-one-way");
  });

  it("is no fault where its counters jump ahead", async () => {
    expect(accusations(await takenOver(100_000))).toEqual([]);
  });

  it("is no fault where its counters go on", async () => {
    expect(accusations(await takenOver())).toEqual([]);
  });
});
