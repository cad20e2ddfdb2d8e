import type { Micros } from "../bytes/time.js";
import type { LoggedEvent } from "./host.js";
import { bestOffset, type Fit, LEAD, type LoggedPacket } from "./offset-fit.js";
import { isSame, MOST_COMPARED, WireIndex } from "./wire-index.js";
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

const SECOND: Micros = 1e6;
const MOST_STRETCHES = 8;
/** Fewer prove no offset: one of them may have met a message that is merely alike. */
const LEAST_JOINED = 2;
/** Of a further stretch: chance joins leftovers. */
const LEAST_OF_STRETCH = 3;

/** Finds the host's clock against the capture's. Lines and frames of one length are compared up to a limit. */
export function clockOf(events: readonly LoggedEvent[], frames: readonly WireMessage[]): HostClock {
  const lines = events.filter(({ event }) => event.message !== null);
  const packets = lines.flatMap((entry): LoggedPacket[] => {
    const { stamp, message } = entry.event;
    return stamp === null || message === null ? [] : [{ entry, message, time: stamp.time, step: stamp.step }];
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
    const best = bestOffset(leftPackets, new WireIndex(leftFrames, byAddress));
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
