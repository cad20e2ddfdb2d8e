import type { Micros } from "../../../bytes/time.js";
import { SIZE_BIN_WIDTH, type EspStream, type LargePacket } from "../../../esp/stream.js";
import { doublingSeries } from "../silence/doubling-series.js";
import { answeredUpTo, binOf } from "./answered-sizes.js";
import { copiesOf, type EspDirection, sizeBinsOf } from "./esp-directions.js";
import { areAnswered, areFollowedAlike, PROMPT } from "./followed-alike.js";
import type { LargeLost } from "./large-lost.js";
import { CARRIED_EVERYWHERE } from "./mtu-advice.js";
import { mayHavePacketWithin } from "./packets-within.js";

/** So many are no chance. */
const PASSED = 3;
/** A connection that repeats so often has waited for some ten seconds at least. */
const LONG_SERIES = 6;
const ACKNOWLEDGED = { least: 2, share: 0.5, spread: 100_000 } as const;

/** Several questions stand before an answer where both sides ask at once: this share of them has one behind it, and a few are no chance. */
const SOME = { share: 0.25, least: 3 } as const;
/** Packets of up to so many bytes, as of a handshake, get through nearly everywhere: of them one is enough. */
const SMALL = { bytes: 384, share: 0.25, least: 1 } as const;

/**
 * Large packets that connections repeat while their timeouts double, between packets of others that are answered: whose are the
 * packets of the other side is not known, but who gets an answer does not repeat. Null where other packets as large are answered, or
 * were before.
 */
export function repeatedBeside(direction: EspDirection, back: EspDirection): LargeLost | null {
  for (const stream of direction.streams) {
    const found = repeatedOf(direction, back, stream);
    if (found !== null) return found;
  }
  return null;
}

/** Nothing comes between these times: then all of the tunnel stops, or an outage heals, and no packet is lost for its size. */
function isSilent({ streams }: EspDirection, from: Micros, to: Micros): boolean {
  return !streams.some((stream) => mayHavePacketWithin(stream, from, to));
}

/** A packet at once behind the last of a series may well be its answer, unless most of the others are followed so by chance. */
function endsInAnswer(series: readonly LargePacket[]): boolean {
  const prompt = series.filter(({ followedAfter }) => followedAfter !== null && followedAfter <= PROMPT);
  return prompt.at(-1) === series.at(-1) && prompt.length * 2 <= series.length;
}

/** Packets as large were followed before those that are kept, more often than by chance: they got through. */
function passedBefore({ largest, sizes: { answered, lastLarge } }: EspStream): boolean {
  const kept = lastLarge.filter(({ followedAfter }) => followedAfter !== null).length;
  return (answered[binOf(largest)] ?? 0) - kept >= PASSED;
}

/**
 * Since the first of these, all large packets are those of one connection that gets no answer, for so long that its end is no longer
 * everyday. Where large packets passed until then, it takes that much: a host that goes in the middle of a transfer is repeated to in
 * the same way.
 */
function areAllSince(series: readonly LargePacket[], packets: readonly LargePacket[]): boolean {
  const [first] = series;
  if (first === undefined || series.length < LONG_SERIES) return false;
  return packets.every((packet) => packet.time <= first.time || series.includes(packet));
}

/** Packets as large before the repeated ones, and how many of these were followed. */
function passedOf(stream: EspStream, questions: readonly LargePacket[]): LargeLost["before"] {
  const { largest, sizes } = stream;
  const bin = binOf(largest);
  const followed = questions.filter(({ followedAfter }) => followedAfter !== null).length;
  return {
    sent: Math.max(0, Math.round((sizes.packets[bin] ?? 0) / copiesOf(stream)) - questions.length),
    followed: Math.max(0, (sizes.answered[bin] ?? 0) - followed),
  };
}

function repeatedOf(direction: EspDirection, back: EspDirection, stream: EspStream): LargeLost | null {
  if (stream.largest < CARRIED_EVERYWHERE || stream.fragmented > 0) return null;
  const { lastLarge } = stream.sizes;
  const series = doublingSeries(lastLarge);
  const [questions] = series;
  const [first, last] = [questions?.[0], questions?.at(-1)];
  if (questions === undefined || first === undefined || last === undefined) return null;
  if (isSilent(back, first.time, questions.at(-2)?.time ?? last.time) || endsInAnswer(questions)) return null;
  const repeated = new Set(series.flat());
  const others = lastLarge.filter((packet) => !repeated.has(packet));
  const pass =
    others.length >= ACKNOWLEDGED.least && areFollowedAlike(others, ACKNOWLEDGED.share, ACKNOWLEDGED.spread);
  if ((pass || passedBefore(stream)) && !areAllSince(questions, lastLarge)) return null;
  if (areAnswered(questions)) return null;
  const smaller = sizeBinsOf(direction.streams).slice(0, binOf(last.bytes));
  const answered =
    answeredUpTo(direction, smaller, SOME) ||
    answeredUpTo(direction, smaller.slice(0, binOf(SMALL.bytes)), SMALL);
  if (answered === 0 || last.bytes - answered < SIZE_BIN_WIDTH) return null;
  return {
    direction,
    stream,
    answered,
    lost: last.bytes,
    kind: "back-off",
    isBeside: true,
    isBack: back.lastTime > last.time,
    first: first.time,
    last: last.time,
    before: passedOf(stream, questions),
    questions,
  };
}
