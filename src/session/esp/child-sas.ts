import type { Micros } from "../../bytes/time.js";
import { say } from "../../texts/message.js";
import type { Tunnel } from "../model.js";
import { childSaCreations } from "./child-sa-creations.js";
import type { ChildSaCreation, ChildSa, EspSa } from "./child-sa.js";
import { espSasOf, turnsBetween } from "./esp-sas.js";

/** An ESP SA that begins with a number above this began before the capture, or its beginning was lost. */
const FRESH = 16;
/** ESP SAs of one direction that are paired: the newest ones; SPIs without number may be forged. */
const LEGS = 128;
/** So many turns, and this share of all, tell partners. */
const CLEAR_TURNS = 4;
const CLEAR_SHARE = 0.8;
/** A pair takes over from another where they overlap by this share of the shorter one at most, or by a moment. */
const HANDOVER_SHARE = 0.2;
const IN_USE = 4;
const MOMENT: Micros = 1_000_000;
/** Two questions of one round trip come about as long before an answer: so many times as long at most. */
const ALIKE = 2.5;

/** Whether the capture holds the beginning of the ESP SA. */
export function isFresh({ firstSequence }: EspSa): boolean {
  return firstSequence <= FRESH;
}

/** Pairs the ESP SAs of a tunnel into Child SAs, in order of their beginnings. Pure. */
export function pairChildSas(parts: Pick<Tunnel, "addresses" | "aliases" | "streams" | "ikeSas">): ChildSa[] {
  const espSas = espSasOf(parts);
  if (espSas.length === 0) return [];
  const creations = childSaCreations(parts.ikeSas);
  const ways = parts.addresses.map((address) =>
    espSas.filter(({ source }) => source === address).slice(-LEGS),
  );
  const [forward = [], backward = []] = ways;
  const pairs = matched(forward, backward, creations);
  const paired = new Set(pairs.flatMap(({ forward: one, backward: other }) => [one, other]));
  const single = [...forward, ...backward]
    .filter((espSa) => !paired.has(espSa))
    .map((espSa) => ({
      forward: forward.includes(espSa) ? espSa : null,
      backward: forward.includes(espSa) ? null : espSa,
      confidence: "possible" as const,
      reason: "nothing of the other direction goes with it",
      madeBy: creations[epochOf(espSa, creations)] ?? null,
    }));
  const all = [...pairs, ...single].toSorted((a, b) => beginOf(a) - beginOf(b));
  return withGenerations(all);
}

type Pair = Omit<ChildSa, "generation">;

interface Candidate {
  readonly one: EspSa;
  readonly other: EspSa;
  readonly epoch: number;
  readonly sameEpoch: boolean;
  readonly turns: number;
}

/** Number of the exchange that an ESP SA began after, before the next one; -1 where it began before all that is seen. */
function epochOf(espSa: EspSa, creations: readonly ChildSaCreation[]): number {
  return isFresh(espSa) ? creations.findLastIndex(({ time }) => time <= espSa.firstTime) : -1;
}

/** The most telling pairs first: made by the same exchange, then by turns, then by their beginnings. */
function matched(
  forward: readonly EspSa[],
  backward: readonly EspSa[],
  creations: readonly ChildSaCreation[],
): Pair[] {
  const epochs = new Map([...forward, ...backward].map((espSa) => [espSa, epochOf(espSa, creations)]));
  const candidates = forward.flatMap((one) =>
    backward.flatMap((other): Candidate[] => {
      if (!sharePorts(one, other)) return [];
      const epoch = epochs.get(one) ?? -1;
      const sameEpoch = epoch === epochs.get(other);
      const turns = turnsBetween(one, other);
      const overlap = Math.min(one.lastTime, other.lastTime) - Math.max(one.firstTime, other.firstTime);
      if (one.isAh !== other.isAh || (!sameEpoch && (turns === 0 || overlap < 0))) return [];
      return [{ one, other, epoch, sameEpoch, turns }];
    }),
  );
  const together = new Set(candidates.filter((candidate) => beginTogether(candidate, candidates)));
  candidates.sort(
    (a, b) =>
      Number(b.sameEpoch) - Number(a.sameEpoch) ||
      Number(together.has(b)) - Number(together.has(a)) ||
      b.turns - a.turns ||
      distance(a) - distance(b),
  );
  const taken = new Set<EspSa>();
  const pairs: Pair[] = [];
  for (const candidate of candidates) {
    const { one, other } = candidate;
    if (taken.has(one) || taken.has(other)) continue;
    taken.add(one).add(other);
    pairs.push({ forward: one, backward: other, ...groundsOf(candidate, candidates, creations) });
  }
  return pairs;
}

/** Whether one in UDP may answer where the other one asks: of clients behind one NAT device each has ports of its own. */
function sharePorts(one: EspSa, other: EspSa): boolean {
  return one.streams.some((stream) =>
    other.streams.some(
      ({ encapsulation, sourcePort, destinationPort }) =>
        encapsulation !== "udp" ||
        stream.encapsulation !== "udp" ||
        (sourcePort === stream.destinationPort && destinationPort === stream.sourcePort),
    ),
  );
}

/**
 * Question and first answer: both ESP SAs begin in the capture, within a moment, and neither had begun with another partner before, nor
 * nearer to this one. Where several Child SAs begin within one round trip, the answer of one comes with the question of the next; then
 * those that end together, too, are partners. Later turns tell less: an end may answer in the SPI of another Child SA.
 */
function beginTogether(candidate: Candidate, candidates: readonly Candidate[]): boolean {
  return (
    mayBeginTogether(candidate) &&
    candidates
      .filter((rival) => (rival.one === candidate.one) !== (rival.other === candidate.other))
      .filter(mayBeginTogether)
      .every((rival) => isNearer(candidate, rival))
  );
}

/**
 * Whether one of two candidates that share an ESP SA is the better one: it alone ends within a moment, if both begin about as near, as
 * within one round trip; else it begins first, or nearer.
 */
function isNearer(candidate: Candidate, rival: Candidate): boolean {
  const [apart, rivalApart] = [distance(candidate), distance(rival)];
  const areAlike = Math.max(apart, rivalApart) <= Math.min(apart, rivalApart) * ALIKE;
  if (areAlike && endsTogether(candidate) !== endsTogether(rival)) return endsTogether(candidate);
  const [begun, rivalBegun] = [begunAt(candidate), begunAt(rival)];
  return rivalBegun === begun ? rivalApart > apart : rivalBegun > begun;
}

function endsTogether({ one, other }: Candidate): boolean {
  return Math.abs(one.lastTime - other.lastTime) <= MOMENT;
}

function mayBeginTogether(candidate: Candidate): boolean {
  const { one, other, turns } = candidate;
  return isFresh(one) && isFresh(other) && distance(candidate) <= MOMENT && turns > 0;
}

/** When both have begun. */
function begunAt({ one, other }: Candidate): Micros {
  return Math.max(one.firstTime, other.firstTime);
}

function distance({ one, other }: Candidate): number {
  return Math.abs(one.firstTime - other.firstTime);
}

function groundsOf(
  candidate: Candidate,
  candidates: readonly Candidate[],
  creations: readonly ChildSaCreation[],
): Pick<Pair, "confidence" | "reason" | "madeBy"> {
  const { one, other, epoch, sameEpoch, turns } = candidate;
  const rivals = candidates.filter((rival) => (rival.one === one) !== (rival.other === other));
  const madeBy = sameEpoch ? (creations[epoch] ?? null) : null;
  if (madeBy !== null && !rivals.some((rival) => rival.sameEpoch)) {
    return {
      confidence: "likely",
      reason: say`both began after the same ${madeBy.by} and before the next exchange of its kind`,
      madeBy,
    };
  }
  const all = rivals.reduce((sum, rival) => sum + rival.turns, turns);
  if (turns >= CLEAR_TURNS && turns >= CLEAR_SHARE * all) {
    return { confidence: "likely", reason: say`their packets take turns (${turns} times)`, madeBy };
  }
  const reason = rivals.length === 0 ? "there are no others" : "they began nearest to each other";
  return { confidence: "possible", reason, madeBy };
}

function beginOf({ forward, backward }: Pair): Micros {
  return Math.min(forward?.firstTime ?? Infinity, backward?.firstTime ?? Infinity);
}

function endOf({ forward, backward }: Pair): Micros {
  return Math.max(forward?.lastTime ?? -Infinity, backward?.lastTime ?? -Infinity);
}

function withGenerations(pairs: readonly Pair[]): ChildSa[] {
  const done: ChildSa[] = [];
  for (const pair of pairs) {
    const before = done.filter((old) => tookOver(old, pair)).map(({ generation }) => generation);
    done.push({ ...pair, generation: 1 + Math.max(0, ...before) });
  }
  return done;
}

/** The older pair was in use, and stops soon after the younger one begins. */
function tookOver(old: Pair, young: Pair): boolean {
  if ((old.forward?.packets ?? 0) + (old.backward?.packets ?? 0) < IN_USE) return false;
  const overlap = Math.min(endOf(old), endOf(young)) - beginOf(young);
  const shorter = Math.min(endOf(old) - beginOf(old), endOf(young) - beginOf(young));
  return beginOf(old) < beginOf(young) && overlap <= Math.max(MOMENT, shorter * HANDOVER_SHARE);
}
