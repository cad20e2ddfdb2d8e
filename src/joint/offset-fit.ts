import type { Micros } from "../bytes/time.js";
import type { MessageNote } from "../evidence/record.js";
import { isInStep, isZone } from "./clock-difference.js";
import type { LoggedEvent } from "./host.js";
import { firstAfter, MOST_COMPARED, type WireIndex } from "./wire-index.js";
import type { WireMessage } from "./wire.js";

/** A line about a packet, with the time of its stamp and the step that stamps are cut off to. */
export interface LoggedPacket {
  readonly entry: LoggedEvent;
  readonly message: MessageNote;
  readonly time: Micros;
  readonly step: Micros;
}

const SECOND: Micros = 1e6;
/** How long before its frame a "sending" line may stand, and how long after its frame a "received" one. */
export const LEAD = { sent: 0.5 * SECOND, received: 8 * SECOND } as const;
/** Jitter of clocks between a line and its frame. */
const JITTER: Micros = 0.02 * SECOND;
const BIN: Micros = 0.25 * SECOND;
/** Differences that lines may vote for, by bins. */
const MOST_VOTED = 200_000;
const MOST_CANDIDATES = 60;
/** Candidates that are looked at more closely. */
const MOST_SHARPENED = 4;

export interface Pair {
  readonly packet: LoggedPacket;
  readonly frame: WireMessage;
  readonly difference: Micros;
}

/** How well lines and frames join at one difference of the clocks. */
export interface Fit {
  readonly offset: Micros;
  readonly score: number;
  readonly cost: number;
  readonly pairs: readonly Pair[];
}

/**
 * Differences between two clocks that join lines with frames, the one that joins most of them first. None where no line can be about
 * any frame.
 */
export function offsetFits(packets: readonly LoggedPacket[], frames: WireIndex): Fit[] {
  const comparisons = packets.reduce((sum, packet) => sum + frames.alike(packet.message).length, 0);
  const stride = Math.max(1, Math.ceil(comparisons / MOST_COMPARED));
  const votes = new Map<number, { readonly offset: Micros; count: number }>();
  for (const [index, packet] of packets.entries()) {
    if (index % stride !== 0) continue;
    const { message, time } = packet;
    for (const frame of frames.alike(message)) {
      if (!frames.isSame(message, frame)) continue;
      const offset = time - frame.time;
      const vote = votes.get(Math.round(offset / BIN));
      const weight = message.out ? 2 : 1;
      if (vote === undefined) votes.set(Math.round(offset / BIN), { offset, count: weight });
      else vote.count += weight;
      if (votes.size > MOST_VOTED) break;
    }
  }
  const all = [...votes.values()].toSorted((a, b) => b.count - a.count);
  // A log of many setups has as many votes for each of them: the difference that clocks are likely to have must be among them.
  const likely = all.filter(({ offset }) => isInStep(offset) || isZone(offset)).slice(0, MOST_CANDIDATES);
  const candidates = new Set([...all.slice(0, MOST_CANDIDATES), ...likely]);
  const fits = [...candidates].map(({ offset }) => fitAt(offset, packets, frames));
  const sharpen = ({ offset }: Fit): Fit => fitAt(sharpened(offset, packets, frames), packets, frames);
  const best = fits.toSorted(byWorth).slice(0, MOST_SHARPENED);
  const inStep = fits
    .filter(({ offset }) => isInStep(offset))
    .toSorted(byWorth)
    .slice(0, MOST_SHARPENED);
  return [...fits, ...[...new Set([...best, ...inStep])].map(sharpen)].toSorted(byWorth);
}

function byWorth(a: Fit, b: Fit): number {
  return b.score - a.score || a.cost - b.cost;
}

/**
 * The offset near that one which most lines allow: nothing is sent after its frame and nothing received before it. The one that
 * was voted for is that of a single line, which may have been read late.
 */
function sharpened(offset: Micros, packets: readonly LoggedPacket[], frames: WireIndex): Micros {
  const [sent, received]: [Micros[], Micros[]] = [[], []];
  for (const { message, time, step } of packets) {
    const same = frames.alike(message);
    let nearest: Micros | null = null;
    for (let at = firstAfter(same, time - offset - BIN); at < same.length; at++) {
      const frame = same[at];
      if (frame === undefined || frame.time > time - offset + BIN) break;
      if (!frames.isSame(message, frame)) continue;
      const difference = time - frame.time;
      if (nearest === null || Math.abs(difference - offset) < Math.abs(nearest - offset))
        nearest = difference;
    }
    if (nearest === null) continue;
    if (message.out) sent.push(nearest);
    else received.push(nearest + step);
  }
  sent.sort((a, b) => a - b);
  received.sort((a, b) => a - b);
  let [best, most, below] = [offset, -1, 0];
  for (const [index, candidate] of sent.entries()) {
    while (below < received.length && (received[below] ?? Infinity) < candidate) below++;
    const allowed = 2 * (index + 1) + received.length - below;
    if (allowed > most) [best, most] = [candidate, allowed];
  }
  return best;
}

/** Joins each line with the nearest frame that it may be about, each frame once. */
function fitAt(offset: Micros, packets: readonly LoggedPacket[], frames: WireIndex): Fit {
  const taken = new Set<WireMessage>();
  const pairs: Pair[] = [];
  let [score, cost] = [0, 0];
  for (const packet of packets) {
    const { message, time, step } = packet;
    const earliest = message.out ? -LEAD.sent - step : -step - JITTER;
    const latest = message.out ? step * 0.05 + JITTER : LEAD.received;
    let nearest: Pair | null = null;
    const same = frames.alike(message);
    for (let at = firstAfter(same, time - offset - latest); at < same.length; at++) {
      const frame = same[at];
      if (frame === undefined) break;
      const difference = time - frame.time - offset;
      if (difference < earliest) break;
      if (taken.has(frame) || !frames.isSame(message, frame)) continue;
      // The first attempt that is still free, of those that are alike.
      if (nearest === null || Math.abs(difference) < Math.abs(nearest.difference))
        nearest = { packet, frame, difference };
    }
    if (nearest === null) continue;
    taken.add(nearest.frame);
    pairs.push(nearest);
    score += message.out ? 2 : 1;
    cost += Math.abs(nearest.difference);
  }
  return { offset, score, cost, pairs };
}
