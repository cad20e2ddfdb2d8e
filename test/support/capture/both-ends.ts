import type { Judgement } from "../../../src/index.js";
import type { Frame, Keeps, Scenario } from "../scenario/scenario.js";
import { judgePlaces } from "./places.js";
import { alongPath, joinedInOne } from "./path.js";

/** Routers between the two peers. */
export const ROUTERS = 2;

/** How the captures of two sniffers, one at each end, are given. */
export const GIVEN = ["in two files", "joined in one file"] as const;

export const ALL: Keeps = () => true;

export function without(frames: readonly Frame[]): Keeps {
  return (frame) => !frames.includes(frame);
}

/** Judges a story by what the sniffers at both ends keep of it. */
export async function judgedAtEnds(
  talk: Scenario,
  given: (typeof GIVEN)[number],
  atInitiator: Keeps,
  atResponder: Keeps,
): Promise<Judgement> {
  const places = alongPath(talk, ROUTERS, [
    { hops: 0, keeps: atInitiator },
    { hops: ROUTERS, keeps: atResponder },
  ]);
  const { judgement } = await judgePlaces(given === "in two files" ? places : [joinedInOne(places)]);
  return judgement;
}
