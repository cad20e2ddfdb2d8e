import type { Address } from "../../../bytes/address.js";
import type { EspStream } from "../../../esp/stream.js";
import type { TunnelContext } from "../../context.js";
import { isNear } from "../side.js";
import { answeredUpTo, areMostlyAnswered, areNearlyAllAnswered, binOf } from "./answered-sizes.js";
import { type EspDirection, espDirectionsOf, isMerged, sizeBinsOf, sumOf } from "./esp-directions.js";
import { areFollowedAlike, PROMPT } from "./followed-alike.js";
import { areAnsweredAlike, PINGS } from "./large-packets-lost.js";
import { CARRIED_EVERYWHERE } from "./mtu-advice.js";

/** Large packets of one direction that no packet of the other side came behind, or only at times at which no answer would. */
export interface LargeUnanswered {
  readonly source: Address;
  readonly count: number;
  /** Size of the largest ESP packet, bytes. */
  readonly largest: number;
  /** Packets of the other side came behind some of them. */
  readonly areFollowed: boolean;
}

/** Smaller packets to compare with. */
const LEAST_SMALLER = 5;
/** On the others they come after about the same time. */
const ALIKE = { share: 0.5, spread: 100_000 } as const;

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
  const smaller = bins.slice(0, binOf(answeredUpTo(direction, bins.slice(0, binOf(largest)))) + 1);
  const larger = bins.slice(Math.max(smaller.length, binOf(CARRIED_EVERYWHERE)));
  const isCompared = sumOf(smaller, ({ packets }) => packets) >= LEAST_SMALLER;
  const followed = sumOf(larger, (bin) => bin.answered);
  // Answers to what the other side asks want none, so that fewer are answered where it asks as well.
  if (!isCompared || !(followed > 0 ? areMostlyAnswered(smaller) : areNearlyAllAnswered(smaller)))
    return null;
  if (followed > 0 && !streams.every(areFollowedByChance)) return null;
  const count = Math.round(sumOf(larger, ({ packets }) => packets));
  const apart = Math.max(...streams.map(({ sizes }) => sizes.largeApart));
  if (count < PINGS.least || apart > PINGS.most) return null;
  return { source, count, largest, areFollowed: followed > 0 };
}

/**
 * So many large packets were each apart from the one before that an answer could have come behind it, and they are not the larger parts of
 * pings in several packets.
 */
function areQuestions({ sizes: { lastLarge } }: EspStream, back: EspDirection): boolean {
  return lastLarge.length >= PINGS.least && !areAnsweredAlike(back, lastLarge);
}

/** Packets come behind the large ones late mostly, and at any time. */
function areFollowedByChance({ largest, sizes: { lastLarge } }: EspStream): boolean {
  if (largest < CARRIED_EVERYWHERE) return true;
  const times = lastLarge.flatMap(({ followedAfter }) => (followedAfter === null ? [] : [followedAfter]));
  const prompt = times.filter((time) => time <= PROMPT);
  return (
    prompt.length * 2 <= times.length &&
    lastLarge.length >= PINGS.least &&
    !areFollowedAlike(lastLarge, ALIKE.share, ALIKE.spread)
  );
}
