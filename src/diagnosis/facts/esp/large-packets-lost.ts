import type { Micros } from "../../../bytes/time.js";
import { type EspStream, SIZE_BIN_WIDTH } from "../../../esp/stream.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import { onceInTurn } from "../../once.js";
import { isChecked } from "../silence/answered-checks.js";
import { brokenEspOf } from "./broken-esp.js";
import { copiesOf, sizeBinsOf, sumOf, type EspDirection, espDirectionsOf } from "./esp-directions.js";
import { isNear } from "../side.js";
import { CARRIED_EVERYWHERE } from "./mtu-advice.js";
import { answeredUpTo, areNearlyAllAnswered, binOf } from "./answered-sizes.js";
import { flowedBefore } from "./flowed-before.js";
import { areAnswered } from "./followed-alike.js";
import type { LargeLost } from "./large-lost.js";
import { type Rhythm, lastQuestions } from "../silence/rhythm.js";
import { isIkeLostMeanwhile } from "../silence/outage-meanwhile.js";
import { repeatedBeside } from "./repeated-beside.js";

/** Smaller packets that were answered: what repeats as TCP repeats it needs one to compare with, what a person may send more. */
const ANSWERED: Readonly<Record<Rhythm, number>> = { "back-off": 1, steady: 3 };
/** Packets of one size that may be questions. */
const LEAST_QUESTIONS = 4;
/** A flow of large packets that goes on all the time wants no answers; pings come in runs. Share of the stream's time. */
const ALL_THE_TIME = 0.8;

/** The share of a size that is followed by chance where it does not get through. */
const BY_CHANCE = 0.25;

/** An answer comes within this time. */
export const ANSWER_TIME: Micros = 500_000;

/** The packets of a direction that are lost for their size, and not just unanswered: if they arrive, the host behind is silent. */
export const largePacketsLost = onceInTurn((context: TunnelContext): LargeLost | null => {
  const found = largeLost(context);
  return found === null || isNear(context, found.direction.destination) ? null : found;
});

function largeLost(context: TunnelContext): LargeLost | null {
  const { tunnel } = context;
  const directions = espDirectionsOf(tunnel);
  for (const direction of directions) {
    const back = directions.find((other) => other !== direction);
    // Answers to large packets are large, too.
    if (back === undefined || brokenEspOf(tunnel, back.source).length > 0) continue;
    // Most streams have no such packets, and that is quickly told.
    if (!direction.streams.some(hasLargeApart)) continue;
    const answered = answeredUpTo(direction);
    const small = sumOf(sizeBinsOf(direction.streams), (bin) => bin.answered);
    const found =
      direction.streams
        .flatMap((stream) => lostOf(context, direction, back, stream, answered))
        .find((lost) => (answered > 0 ? small >= ANSWERED[lost.kind] : isAloneInVain(context, lost))) ??
      repeatedBeside(direction, back);
    if (found !== undefined) return found;
  }
  return null;
}

function hasLargeApart({ largest, sizes }: EspStream): boolean {
  return largest >= CARRIED_EVERYWHERE && sizes.largeApart >= LEAST_QUESTIONS;
}

function lostOf(
  context: TunnelContext,
  direction: EspDirection,
  back: EspDirection,
  stream: EspStream,
  answered: number,
): LargeLost[] {
  const { packets, largest } = stream.sizes;
  const asked = lastQuestions(stream);
  const [first, last] = [asked?.questions[0], asked?.questions.at(-1)];
  if (asked === null || first === undefined || last === undefined || stream.fragmented > 0) return [];
  if (last.bytes < CARRIED_EVERYWHERE || last.bytes - answered < SIZE_BIN_WIDTH) return [];
  const silence = silenceAround(back, first.time, last.time);
  const bin = binOf(largest);
  const count = (packets[bin] ?? 0) / copiesOf(stream);
  const byChance = stream.sizes.answered[bin] ?? 0;
  if (byChance > count * BY_CHANCE) return [];
  const isBack = back.lastTime > last.time;
  // IKE is small, and was lost as well: an outage.
  if (silence !== null && isIkeLostMeanwhile(context, direction.source, first.time, last.time)) return [];
  // They came through until all answers stopped, those to smaller packets too.
  if (silence !== null && !isBack && flowedBefore(stream, first.time)) return [];
  // Pings and other connections may be answered between the retransmissions of one, if nothing ever follows those.
  const isAnsweredBeside = silence === null;
  const isEndByChance =
    asked.rhythm === "back-off" && byChance === 1 && isEndFollowed(context, back, asked.questions);
  if (isAnsweredBeside && byChance > 0 && !isEndByChance) return [];
  // Requests of two packets are answered behind the second one, which is smaller.
  if (isAnsweredBeside && areAnswered(asked.questions, MOST_PINGS)) return [];
  const isPings =
    asked.rhythm === "steady" &&
    isAnsweredBeside &&
    !areAnsweredAlike(back, asked.questions) &&
    arePings(direction, stream, count, answered) &&
    back.lastTime > first.time;
  if (isAnsweredBeside && !isPings && !(asked.rhythm === "back-off" && isNoChance(asked.questions)))
    return [];
  // The larger ones are the last of the capture: the peer that answers liveness checks meanwhile answered all smaller ones.
  const isEndInVain = arePings(direction, stream, count, answered) && isChecked(context, first.time);
  // Exporters send large packets at fixed times all day: pings are known by being one run within a silence that ends.
  const [one, other] = asked.questions.slice(-2);
  const interval = (other?.time ?? 0) - (one?.time ?? 0);
  const isFlow = (Math.round(count) - 1) * interval > (stream.lastTime - stream.firstTime) * ALL_THE_TIME;
  if (asked.rhythm === "steady" && !isPings && (isFlow || (!isBack && !isEndInVain))) return [];
  return [
    {
      direction,
      stream,
      answered,
      lost: last.bytes,
      kind: asked.rhythm,
      isBeside: isAnsweredBeside && !isEndByChance,
      isBack,
      first: first.time,
      last: last.time,
      before: { sent: Math.max(0, Math.round(count) - asked.questions.length), followed: byChance },
      questions: asked.questions,
    },
  ];
}

/** Intervals of random times double by chance; beside other packets a few have to do so closely. Shares of the interval before. */
const CLOSELY = { least: 1.75, most: 2.3, fewest: 5 } as const;

function isNoChance(questions: LargeLost["questions"]): boolean {
  const intervals = questions.slice(1).map(({ time }, index) => time - (questions[index]?.time ?? 0));
  const ratios = intervals.slice(1).map((interval, index) => interval / (intervals[index] ?? 1));
  return (
    questions.length >= CLOSELY.fewest ||
    ratios.every((ratio) => ratio >= CLOSELY.least && ratio <= CLOSELY.most)
  );
}

/**
 * Whether only the last of these was followed by a packet of the other side, which had been silent until then, though liveness checks
 * passed both ways in that silence: no outage that healed, for small messages came through it.
 */
function isEndFollowed(
  context: TunnelContext,
  back: EspDirection,
  questions: LargeLost["questions"],
): boolean {
  const [first, before] = [questions[0], questions.at(-2)];
  if (first === undefined || before === undefined || first === before) return false;
  if (silenceAround(back, first.time, before.time) === null) return false;
  return passesChecks(context, first.time, before.time);
}

/** No smaller packet was answered to compare with: TCP that repeats for long, while liveness checks pass both ways. */
function isAloneInVain(context: TunnelContext, { kind, questions, first, last }: LargeLost): boolean {
  return kind === "back-off" && questions.length >= LONG_SERIES && passesChecks(context, first, last);
}

/** Fewer repetitions are everyday where nothing smaller shows that the way was open. */
const LONG_SERIES = 6;

/** A liveness check is asked and answered between these times. */
function passesChecks({ setups }: TunnelContext, from: Micros, to: Micros): boolean {
  return setups.some(({ progress }) =>
    progress.later.some(
      ({ request, response }) =>
        request !== null && response !== null && firstTimeOf(request) > from && lastTimeOf(response) < to,
    ),
  );
}

/** Pings of a person are at most so many, the last ones in so long a time; what exports flow records goes on. Fewer may be lost by chance. */
export const PINGS = { least: 5, most: 30, time: 30_000_000 } as const;
/** A ping that gets through is answered nearly each time; share of the questions. */
const MOST_PINGS = 0.5;

/**
 * Beside most of the questions are packets of the other side that are as long: a ping is answered so, or is itself the answer to one.
 * Between them come smaller ones where a ping is longer than the tunnel takes: it goes in several packets, and the answer follows the
 * last of them.
 */
export function areAnsweredAlike({ streams }: EspDirection, questions: LargeLost["questions"]): boolean {
  const large = streams.flatMap(({ sizes }) => sizes.lastLarge);
  const answered = questions.filter(({ bytes, time }) =>
    large.some((one) => one.bytes === bytes && Math.abs(one.time - time) <= ANSWER_TIME),
  );
  return answered.length > questions.length * MOST_PINGS;
}

/** Few packets of one size at a ping's pace, none of them answered, between smaller ones of which nearly each is. */
function arePings(direction: EspDirection, { sizes }: EspStream, count: number, answered: number): boolean {
  const { lastLarge } = sizes;
  return (
    Math.round(count) >= PINGS.least &&
    Math.round(count) <= PINGS.most &&
    (lastLarge.at(-1)?.time ?? 0) - (lastLarge[0]?.time ?? 0) <= PINGS.time &&
    areNearlyAllAnswered(sizeBinsOf(direction.streams).slice(0, binOf(answered) + 1))
  );
}

/**
 * How long the other side is silent around these times, with no answer to the last of them; null where it is not, as far as
 * its longest pause tells.
 */
function silenceAround({ streams }: EspDirection, from: Micros, to: Micros): Micros | null {
  const silences = streams.map(({ firstTime, lastTime, gapFrom, gapTo }) => {
    if (lastTime < from) return to - lastTime;
    if (firstTime > to + ANSWER_TIME) return Infinity;
    return gapTo > gapFrom && gapFrom <= from && gapTo >= to + ANSWER_TIME ? gapTo - gapFrom : 0;
  });
  const shortest = Math.min(...silences);
  return shortest > 0 ? shortest : null;
}
