import type { Address } from "../../../bytes/address.js";
import type { EspStream } from "../../../esp/stream.js";
import type { TunnelContext } from "../../context.js";
import { isNear } from "../side.js";
import { type EspDirection, espDirectionsOf, isMerged, sizeBinsOf, sumOf } from "./esp-directions.js";
import { answeredUpTo, areAnsweredAlike, areNearlyAllAnswered, binOf, PINGS } from "./large-packets-lost.js";
import { CARRIED_EVERYWHERE } from "./mtu-advice.js";

/** Large packets of one direction, none of which a packet of the other side came behind. */
export interface LargeUnanswered {
  readonly source: Address;
  readonly count: number;
  /** Size of the largest ESP packet, bytes. */
  readonly largest: number;
}

/** Smaller packets to compare with. */
const LEAST_SMALLER = 5;

/**
 * The large packets that stay unanswered while nearly all smaller ones are answered at once; null where there are too few of them, or
 * so many that they are a flow, which wants no answers. They may want none in any case: it is no fault, but no proof either that
 * packets of their size arrive.
 */
export function largeUnanswered(context: TunnelContext): LargeUnanswered | null {
  const directions = espDirectionsOf(context.tunnel);
  if (isMerged(context.capture.files)) return null;
  for (const direction of directions) {
    const back = directions.find((other) => other !== direction);
    const found = back === undefined ? null : unansweredOf(direction, back);
    // Near the other side they are seen to arrive.
    if (found !== null && !isNear(context, direction.destination)) return found;
  }
  return null;
}

function unansweredOf(direction: EspDirection, back: EspDirection): LargeUnanswered | null {
  const { streams, source } = direction;
  const largest = Math.max(...streams.map((stream) => stream.largest));
  if (largest < CARRIED_EVERYWHERE || !streams.some((stream) => areQuestions(stream, back))) return null;
  const bins = sizeBinsOf(streams);
  const smaller = bins.slice(0, binOf(answeredUpTo(direction)) + 1);
  const larger = bins.slice(Math.max(smaller.length, binOf(CARRIED_EVERYWHERE)));
  const count = Math.round(sumOf(larger, ({ packets }) => packets));
  const isCompared = sumOf(smaller, ({ packets }) => packets) >= LEAST_SMALLER;
  if (!isCompared || !areNearlyAllAnswered(smaller) || sumOf(larger, (bin) => bin.answered) > 0) return null;
  if (count < PINGS.least || count > PINGS.most) return null;
  return { source, count, largest };
}

/**
 * So many large packets were each apart from the one before that an answer could have come behind it, and they are not the larger parts of
 * pings in several packets.
 */
function areQuestions({ sizes: { lastLarge } }: EspStream, back: EspDirection): boolean {
  return lastLarge.length >= PINGS.least && !areAnsweredAlike(back, lastLarge);
}
