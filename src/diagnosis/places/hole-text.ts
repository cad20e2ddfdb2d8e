import { humanDuration } from "../../bytes/time.js";
import type { TunnelContext } from "../context.js";
import { timeOfDayOf } from "../moments.js";
import { type Message, say } from "../../texts/message.js";
import { nameOf, passagesOf, startingName } from "./passage.js";

/** The longest time in which one of several places provably did not record, as a sentence; empty where there is none. */
export function holeText(context: TunnelContext): Message {
  const holes = passagesOf(context).flatMap((passage) => passage.holes.map((hole) => ({ passage, hole })));
  const [longest] = holes.toSorted((a, b) => b.hole.until - b.hole.from - (a.hole.until - a.hole.from));
  if (longest === undefined) return "";
  const {
    passage: { from, to, receiver },
    hole,
  } = longest;
  return say`${startingName(to)} has a hole of ${humanDuration(hole.until - hole.from)} from ${timeOfDayOf(hole.from)} on: packets of ${receiver} that ${nameOf(from)} has must have passed there and were not recorded, so nothing that is missing there in that time is taken for lost. `;
}
