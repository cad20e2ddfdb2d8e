import type { Micros } from "../bytes/time.js";
import type { HostEvent, MessageNote } from "../evidence/record.js";
import type { LoggedEvent } from "./host.js";
import type { WireMessage } from "./wire.js";

/** For how long one difference between two clocks held, by the host's clock. */
interface Stretch {
  readonly from: Micros;
  readonly to: Micros;
  /** The host's clock minus that of the capture, and its bounds. */
  readonly offset: Micros;
  readonly low: Micros;
  readonly high: Micros;
  readonly joined: number;
}

/** A line about a packet and the frame that shows it. */
export interface Join {
  readonly entry: LoggedEvent;
  readonly frame: WireMessage;
  /** The line's time by the capture's clock, minus that of the frame; null where the log has no times. */
  readonly late: Micros | null;
}

/**
 * messages: found from messages that both show. assumed: nothing could be joined, and both are taken to be right. order: the log
 * has no times. none: it cannot be told.
 */
export interface HostClock {
  readonly by: "messages" | "assumed" | "order" | "none";
  /** In order of time; none where it is not known. */
  readonly stretches: readonly Stretch[];
  readonly joins: readonly Join[];
  /** Lines about packets within the time of the capture that no frame shows. */
  readonly lonely: readonly LoggedEvent[];
}

interface Packet {
  readonly entry: LoggedEvent;
  readonly event: HostEvent;
  readonly message: MessageNote;
  readonly time: Micros;
  readonly step: Micros;
}

const SECOND: Micros = 1e6;
/** How long before its frame a "sending" line may stand, and how long after its frame a "received" one. */
const LEAD = { sent: 0.5 * SECOND, received: 8 * SECOND } as const;
/** What clocks jitter by between a line and its frame. */
const JITTER: Micros = 0.02 * SECOND;
const BIN: Micros = 0.25 * SECOND;
const MOST_CANDIDATES = 60;
/** Of the candidates, those that are looked at more closely. */
const MOST_SHARPENED = 4;
/** Comparisons of a line with a frame in one search; with more, only every n-th line votes for an offset. */
const MOST_COMPARED = 10_000_000;
const MOST_STRETCHES = 8;
/** Fewer prove no offset: one of them may have met a message that is merely alike. */
const LEAST_JOINED = 2;
/** Of a further stretch: chance joins leftovers. */
const LEAST_OF_STRETCH = 3;

/** Whether the line can be about that frame. */
function isSame(message: MessageNote, frame: WireMessage, byAddress: boolean): boolean {
  const { from, to, length, exchange, messageId, response } = message;
  if (length !== frame.length) return false;
  if (
    exchange !== null &&
    (exchange !== frame.exchange || messageId !== frame.messageId || response !== frame.response)
  ) {
    return false;
  }
  return (
    !byAddress ||
    (from?.address === frame.from.address &&
      to?.address === frame.to.address &&
      from.port === frame.from.port)
  );
}

/** Finds the host's clock against the capture's. Lines and frames of one length are compared up to a limit. */
export function clockOf(events: readonly LoggedEvent[], frames: readonly WireMessage[]): HostClock {
  const lines = events.filter(({ event }) => event.message !== null);
  const packets = lines.flatMap((entry): Packet[] => {
    const { event } = entry;
    const { stamp, message } = event;
    return stamp === null || message === null
      ? []
      : [{ entry, event, message, time: stamp.time, step: stamp.step }];
  });
  if (packets.length === 0) return byOrder(lines, frames, events);
  const addresses = new Set(frames.flatMap(({ from, to }) => [from.address, to.address]));
  const byAddress = packets.some(
    ({ message }) => addresses.has(message.from?.address ?? "") && addresses.has(message.to?.address ?? ""),
  );
  const stretches: Stretch[] = [];
  const joins: Join[] = [];
  let leftPackets = packets;
  let leftFrames = [...frames];
  while (stretches.length < MOST_STRETCHES) {
    const best = bestOffset(leftPackets, leftFrames, byAddress);
    const least = stretches.length === 0 ? LEAST_JOINED : LEAST_OF_STRETCH;
    if (best === null || best.pairs.length < least || !best.pairs.some(({ packet }) => packet.message.out))
      break;
    const { stretch, found } = settle(best);
    stretches.push(stretch);
    joins.push(...found);
    const usedPackets = new Set(best.pairs.map(({ packet }) => packet));
    const usedFrames = new Set(best.pairs.map(({ frame }) => frame));
    leftPackets = leftPackets.filter((packet) => !usedPackets.has(packet));
    leftFrames = leftFrames.filter((frame) => !usedFrames.has(frame));
  }
  stretches.sort((a, b) => a.from - b.from);
  if (stretches.length === 0) return { by: "none", stretches, joins: [], lonely: [] };
  const clock: HostClock = { by: "messages", stretches, joins, lonely: [] };
  const [first, last] = [frames[0]?.time ?? 0, frames.at(-1)?.time ?? 0];
  const lonely = leftPackets.flatMap(({ entry, time }) => {
    const at = captureTime(clock, time);
    return at !== null && at >= first - SECOND && at <= last + SECOND ? [entry] : [];
  });
  return { ...clock, joins: joins.toSorted((a, b) => a.frame.time - b.frame.time), lonely };
}

/** The capture's time of a moment of the host's clock; null where that clock is not known. */
export function captureTime({ stretches }: HostClock, time: Micros): Micros | null {
  const inside = stretches.find(({ from, to }) => time >= from && time <= to);
  const distance = ({ from, to }: Stretch): number => Math.max(from - time, time - to);
  const nearest = inside ?? stretches.toSorted((a, b) => distance(a) - distance(b))[0];
  return nearest === undefined ? null : time - nearest.offset;
}

interface Pair {
  readonly packet: Packet;
  readonly frame: WireMessage;
  readonly difference: Micros;
}

interface Fit {
  readonly offset: Micros;
  readonly score: number;
  readonly cost: number;
  readonly pairs: readonly Pair[];
}

function bestOffset(
  packets: readonly Packet[],
  frames: readonly WireMessage[],
  byAddress: boolean,
): Fit | null {
  const byLength = new Map<number, WireMessage[]>();
  for (const frame of frames) {
    const same = byLength.get(frame.length);
    if (same === undefined) byLength.set(frame.length, [frame]);
    else same.push(frame);
  }
  const alike = ({ message }: Packet): readonly WireMessage[] => byLength.get(message.length ?? -1) ?? [];
  const comparisons = packets.reduce((sum, packet) => sum + alike(packet).length, 0);
  const stride = Math.max(1, Math.ceil(comparisons / MOST_COMPARED));
  const votes = new Map<number, { readonly offset: Micros; count: number }>();
  for (const [index, packet] of packets.entries()) {
    if (index % stride !== 0) continue;
    const { message, time } = packet;
    for (const frame of alike(packet)) {
      if (!isSame(message, frame, byAddress)) continue;
      const offset = time - frame.time;
      const vote = votes.get(Math.round(offset / BIN));
      const weight = message.out ? 2 : 1;
      if (vote === undefined) votes.set(Math.round(offset / BIN), { offset, count: weight });
      else vote.count += weight;
      if (votes.size > 200_000) break;
    }
  }
  const candidates = [...votes.values()].toSorted((a, b) => b.count - a.count).slice(0, MOST_CANDIDATES);
  const fits = candidates.map(({ offset }) => fitAt(offset, packets, byLength, byAddress));
  const sharp = fits
    .toSorted(byWorth)
    .slice(0, MOST_SHARPENED)
    .map(({ offset }) =>
      fitAt(sharpened(offset, packets, byLength, byAddress), packets, byLength, byAddress),
    );
  return [...fits, ...sharp].toSorted(byWorth)[0] ?? null;
}

function byWorth(a: Fit, b: Fit): number {
  return b.score - a.score || a.cost - b.cost;
}

/**
 * The offset near that one which most lines allow: nothing is sent after its frame and nothing received before it. The one that
 * was voted for is that of a single line, which may have been read late.
 */
function sharpened(
  offset: Micros,
  packets: readonly Packet[],
  byLength: ReadonlyMap<number, readonly WireMessage[]>,
  byAddress: boolean,
): Micros {
  const [sent, received]: [Micros[], Micros[]] = [[], []];
  for (const { message, time, step } of packets) {
    const same = byLength.get(message.length ?? -1) ?? [];
    let nearest: Micros | null = null;
    for (let at = firstAfter(same, time - offset - BIN); at < same.length; at++) {
      const frame = same[at];
      if (frame === undefined || frame.time > time - offset + BIN) break;
      if (!isSame(message, frame, byAddress)) continue;
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
function fitAt(
  offset: Micros,
  packets: readonly Packet[],
  byLength: ReadonlyMap<number, readonly WireMessage[]>,
  byAddress: boolean,
): Fit {
  const taken = new Set<WireMessage>();
  const pairs: Pair[] = [];
  let [score, cost] = [0, 0];
  for (const packet of packets) {
    const { message, time, step } = packet;
    const earliest = message.out ? -LEAD.sent - step : -step - JITTER;
    const latest = message.out ? step * 0.05 + JITTER : LEAD.received;
    let nearest: Pair | null = null;
    const same = byLength.get(message.length ?? -1) ?? [];
    for (let at = firstAfter(same, time - offset - latest); at < same.length; at++) {
      const frame = same[at];
      if (frame === undefined) break;
      const difference = time - frame.time - offset;
      if (difference < earliest) break;
      if (taken.has(frame) || !isSame(message, frame, byAddress)) continue;
      // Of tries that are alike, the first that is still free.
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

/** Index of the first frame at or after a time. */
function firstAfter(frames: readonly WireMessage[], time: Micros): number {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((frames[middle]?.time ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A line "sending" is written before its frame, "received" after it, and a stamp is cut off to its step. */
function settle({ offset, pairs }: Fit): { readonly stretch: Stretch; readonly found: Join[] } {
  const above = pairs.flatMap(({ packet, difference }) => (packet.message.out ? [offset + difference] : []));
  const below = pairs.flatMap(({ packet, difference }) =>
    packet.message.out ? [] : [offset + difference + packet.step],
  );
  const step = Math.max(...pairs.map(({ packet }) => packet.step));
  const low = Math.max(...above);
  const high = Math.min(low + step + LEAD.sent, ...below);
  const middle = high >= low ? (low + high) / 2 : offset;
  const times = pairs.map(({ packet }) => packet.time);
  return {
    stretch: {
      from: Math.min(...times),
      to: Math.max(...times),
      offset: middle,
      low: Math.min(low, high, middle),
      high: Math.max(low, high, middle),
      joined: pairs.length,
    },
    found: pairs.map(({ packet, frame }) => ({
      entry: packet.entry,
      frame,
      late: packet.time - middle - frame.time,
    })),
  };
}

/** A log without times: its messages in their order, each met by the next frame that is alike. */
function byOrder(
  lines: readonly LoggedEvent[],
  frames: readonly WireMessage[],
  events: readonly LoggedEvent[],
): HostClock {
  if (lines.length === 0) {
    const hasTimes = events.some(({ event }) => event.stamp !== null);
    return { by: hasTimes ? "assumed" : "none", stretches: hasTimes ? [ASSUMED] : [], joins: [], lonely: [] };
  }
  const joins: Join[] = [];
  let [next, compared] = [0, 0];
  for (const entry of lines) {
    const { message } = entry.event;
    if (message === null) continue;
    if (compared >= MOST_COMPARED) break;
    let at = next;
    for (let frame = frames[at]; frame !== undefined && !isSame(message, frame, false); frame = frames[at]) {
      at++;
    }
    compared += at - next;
    const frame = frames[at];
    if (frame === undefined) continue;
    joins.push({ entry, frame, late: null });
    next = at + 1;
  }
  return { by: "order", stretches: [], joins, lonely: [] };
}

const ASSUMED: Stretch = { from: -Infinity, to: Infinity, offset: 0, low: 0, high: 0, joined: 0 };
