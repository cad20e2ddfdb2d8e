import type { Micros } from "../../../bytes/time.js";
import { sendsBrokenEspAfter } from "../esp/broken-esp.js";
import { isHoleAt } from "../recording/recording-holes.js";
import type { Tunnel } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { espBetween } from "../../places/esp-between.js";
import { passagesOf } from "../../places/passage.js";
import { tunnelsAtPlaces } from "../../places/view.js";
import { packetsAfter, sumOf, turnsOf, type EspDirection, espDirectionsOf } from "../esp/esp-directions.js";
import { flowedBefore } from "../esp/flowed-before.js";
import { mayBePings } from "../esp/one-way-gravity.js";
import { pauseWhileAsked } from "../esp/pause-while-asked.js";
import { unansweredSince } from "../esp/unanswered-since.js";
import { resumedAt } from "./resumed-questions.js";
import { lastQuestions } from "./rhythm.js";
import { onceInTurn } from "../../once.js";
import { canonicalOf } from "../sides.js";

/** Packets of each direction before. Two answers in a row are no coincidence; one is enough where the same question is asked again. */
const PACKETS_BEFORE = 2;
/** So many turns show a dialogue; fewer may be a greeting before a stream. */
const SURE_TURNS = 4;
/** Packets of the asking direction after: a few may be lost or late, more are not. */
const UNANSWERED = { least: 4, sure: 6 } as const;
/**
 * Of what was asked before, this share was answered at once; of the answers, this share followed a question. Where both sides ask by
 * turns, each answers every other packet of the other one.
 */
const ANSWERED = 0.45;
/** The silence is that long, and so many times the longest pause before it. A slow link answers within the longer time. */
const SILENCE_US = { least: 1_500_000, sure: 8_000_000 } as const;
const LONGER_THAN_PAUSES = 4;

/** A beat that is so many times as fast, or as slow, is another one. */
const OTHER_BEAT = 1.5;
/** Questions come at most so many times faster than before. */
const SAME_PACE = 4;
/** A sender that waits for an answer does not ask again sooner, on the average: a call on hold goes on by itself. */
const BETWEEN_QUESTIONS: Micros = 150_000;

/** Traffic that took turns, of which one direction ended while the other goes on as before. */
export interface StoppedAnswers {
  readonly asking: EspDirection;
  readonly silent: EspDirection;
  /** The last packet of the silent direction. */
  readonly stoppedAt: Micros;
  readonly turns: number;
  /** Packets of the asking direction behind it, at least. */
  readonly after: number;
  /** False while the silence is so short, or of so few packets, that the answers may just be late. */
  readonly isSure: boolean;
  /** The packets that go on keep another beat than those that were answered: a program that sends at fixed times may need no answers. */
  readonly isOtherBeat: boolean;
  /** When the questions began again after a pause that began with the last answer; null where they went on as before. */
  readonly resumedAt: Micros | null;
}

/**
 * Questions and answers, then questions of the same sizes alone. A stream that needs no answers looks otherwise: its packets
 * were not answered before, or have another size than what was.
 */
export const stoppedAnswers = onceInTurn((context: TunnelContext): StoppedAnswers | null => {
  const stopped = stoppedAnswersIn(context.tunnel);
  if (stopped !== null || context.capture.places.length === 0) return stopped;
  // Two places that show where ESP is lost say more than that its answers stop at one of them.
  if (passagesOf(context).some((passage) => espBetween(context, passage)?.isGrave === true)) return null;
  // If one place stops, as by a NAT device that forgets, what was seen at another one went on or ended with its recording.
  const name = (direction: EspDirection): EspDirection => ({
    ...direction,
    source: canonicalOf(context.tunnel, direction.source),
    destination: canonicalOf(context.tunnel, direction.destination),
  });
  const parts = tunnelsAtPlaces(context);
  const atPlace = parts
    .flatMap((tunnel) => stoppedAnswersIn(tunnel) ?? [])
    .find((found) => !isTakenOver(context, parts, found));
  return atPlace === undefined
    ? null
    : { ...atPlace, asking: name(atPlace.asking), silent: name(atPlace.silent) };
});

/**
 * The SA that falls silent at one place goes on at another one that never had it before: the other node of a cluster sends it on, from
 * another MAC address. Where a packet is lost between two places, the one that goes on had the SA all the while.
 */
function isTakenOver(
  { tunnel }: TunnelContext,
  parts: readonly Tunnel[],
  { silent, stoppedAt }: StoppedAnswers,
): boolean {
  const source = canonicalOf(tunnel, silent.source);
  const same = parts
    .flatMap(({ streams }) => streams)
    .filter((stream) => stream.spi === silent.last.spi && canonicalOf(tunnel, stream.source) === source);
  return same.some(({ firstTime }) => firstTime > stoppedAt);
}

/** {@link stoppedAnswers} of these streams alone. */
export function stoppedAnswersIn(tunnel: Tunnel): StoppedAnswers | null {
  const directions = espDirectionsOf(tunnel).toSorted((a, b) => a.lastTime - b.lastTime);
  const [silent, asking] = directions;
  if (silent === undefined || asking === undefined) return null;
  // A counter that began anew explains it: the receiver takes what follows for replays.
  if (asking.streams.some(({ order }) => order.restarts > 0)) return null;
  const stoppedAt = silent.lastTime;
  if (sendsBrokenEspAfter(tunnel, silent.source, stoppedAt)) return null;
  // Packets of the moment that counts were not recorded.
  if (asking.streams.some((stream) => isHoleAt(stream, stoppedAt))) return null;
  const silence = asking.lastTime - stoppedAt;
  const pause = Math.max(...silent.streams.map(({ gapFrom, gapTo }) => gapTo - gapFrom));
  // In the longest pause of both nothing was asked; as shorter ones are not known then, the silence has to be sure.
  const isLonger = silence >= pause * LONGER_THAN_PAUSES;
  const isLongerThanAsked = silence >= pauseWhileAsked(silent.streams, asking.streams) * LONGER_THAN_PAUSES;
  if (silence < SILENCE_US.least || !isLongerThanAsked) return null;
  const turns = turnsOf(silent, asking);
  // A packet right after the last one of the silent side may be the answer to it, and is no question.
  const askedFrom = stoppedAt + BETWEEN_QUESTIONS;
  const seen = sumOf(asking.streams, (stream) => packetsAfter(stream, askedFrom));
  const { likeAnswered, neverAnswered } = unansweredSince(asking.streams, askedFrom);
  // Questions that kept their pace were unanswered behind that moment only; in a long capture the bins do not tell.
  const pace = turns / Math.max(1, stoppedAt - asking.firstTime);
  const isSamePace = (likeAnswered + neverAnswered) / silence <= pace * SAME_PACE;
  if (seen * BETWEEN_QUESTIONS > silence || isOfNewSize(asking, stoppedAt)) return null;
  const unanswered = Math.min(Math.round(likeAnswered + neverAnswered), mostIn(asking, askedFrom, seen));
  const after = Math.max(seen, isSamePace ? unanswered : 0);
  const turnsBefore = isAskedAgain(asking, stoppedAt) ? 1 : PACKETS_BEFORE;
  if (
    silent.packets < turnsBefore ||
    turns < turnsBefore ||
    turns < silent.packets * ANSWERED ||
    (turns < (asking.packets - after) * ANSWERED &&
      !asking.streams.some((stream) => flowedBefore(stream, stoppedAt)))
  ) {
    return null;
  }
  const { least, sure } = UNANSWERED;
  // Some packets seen in the silence may have sizes that were never answered; those unanswered before it do not count.
  const like = Math.min(likeAnswered, seen < least ? after : seen - neverAnswered);
  if (after < least || like < least || neverAnswered * 2 > like) return null;
  const isSure = silence >= SILENCE_US.sure && after >= sure && like >= sure && turns >= SURE_TURNS;
  // In a short silence only what is seen in it counts: what stayed unanswered before may have needed no answer.
  if (!isSure && (seen < least || !isLonger)) return null;
  const beat = beatChange(asking, stoppedAt);
  const isOtherBeat = beat === "faster" || (beat === "slower" && !mayBePings(after, silence));
  const resumed = resumedAt(asking, stoppedAt, asking.packets - after);
  const found = {
    asking,
    silent,
    stoppedAt,
    turns,
    after: isSure ? after : seen,
    isOtherBeat,
    resumedAt: resumed,
  };
  return { ...found, isSure: isSure && isLonger && !isOtherBeat };
}

/**
 * How the beat of the last packets differs from that of the questions before in the same stream, their longest pause left out; null where
 * they have none, or the same. A sender that waits for each answer asks less often as soon as none comes.
 */
function beatChange({ streams }: EspDirection, stoppedAt: Micros): "faster" | "slower" | null {
  for (const stream of streams) {
    const last = lastQuestions(stream);
    const times = (last?.questions ?? []).map(({ time }) => time).filter((time) => time > stoppedAt);
    const [first, end] = [times[0], times.at(-1)];
    if (last?.rhythm !== "steady" || first === undefined || end === undefined || end === first) continue;
    const { firstTime, gapFrom, gapTo, sizes } = stream;
    const turns = sizes.answered.reduce((sum, count) => sum + count, 0);
    const pause = gapTo <= stoppedAt ? gapTo - gapFrom : 0;
    if (turns < PACKETS_BEFORE || firstTime >= stoppedAt) continue;
    const before = (stoppedAt - firstTime - pause) / (turns - 1);
    const interval = (end - first) / (times.length - 1);
    if (before > interval * OTHER_BEAT) return "faster";
    if (interval > before * OTHER_BEAT) return "slower";
  }
  return null;
}

/** Packets since `from`, at the pace of those `seen` in the whole bins behind it; Infinity where no bin begins behind it. */
function mostIn({ last: { rate }, lastTime }: EspDirection, from: Micros, seen: number): number {
  const start = rate.from + Math.ceil((from - rate.from) / rate.binWidth) * rate.binWidth;
  return lastTime <= start ? Infinity : Math.ceil((seen * (lastTime - from)) / (lastTime - start));
}

/**
 * The last packets, all of one size, are larger than any that was answered: they only share a bin with those. What was answered
 * before a rekey counts for the SA behind it.
 */
function isOfNewSize({ streams }: EspDirection, stoppedAt: Micros): boolean {
  if (streams.some((stream) => flowedBefore(stream, stoppedAt))) return false;
  const largestAnswered = Math.max(...streams.map(({ sizes }) => sizes.largestAnswered));
  return streams.some((stream) => (lastQuestions(stream)?.questions[0]?.bytes ?? 0) > largestAnswered);
}

/** The last packets keep the beat of pings and have just the size of what was answered before `stoppedAt`. */
function isAskedAgain({ streams }: EspDirection, stoppedAt: Micros): boolean {
  return streams.some((stream) => {
    const last = lastQuestions(stream);
    const question = last?.questions.at(-1);
    return (
      last?.rhythm === "steady" &&
      question !== undefined &&
      question.time > stoppedAt &&
      question.bytes === stream.sizes.largestAnswered
    );
  });
}
