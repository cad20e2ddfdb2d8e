import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import { type ClockSetting, provenFit } from "./clock-proof.js";
import type { LoggedEvent } from "./host.js";
import { type Fit, LEAD, type LoggedPacket, offsetFits, type Pair } from "./offset-fit.js";
import { ASSUMED, captureTime, type HostClock, type Join, NO_CLOCK, type Stretch } from "./host-clock.js";
import { byOrder } from "./log-order.js";
import { WireIndex } from "./wire-index.js";
import type { WireMessage } from "./wire.js";
import { loggedSpis, type WireSa } from "./wire-sa.js";

const SECOND: Micros = 1e6;
const MOST_STRETCHES = 8;
/** Joins that a further stretch needs: chance joins leftovers. */
const LEAST_OF_STRETCH = 3;

/** The part of a capture that tells its clock beside that of a host. */
export interface WireView {
  readonly frames: readonly WireMessage[];
  readonly sas: readonly WireSa[];
  /** Addresses of the host. */
  readonly own: ReadonlySet<Address>;
}

/** Finds the host's clock against the capture's. Lines and frames of one length are compared up to a limit. */
export function clockOf(events: readonly LoggedEvent[], wire: WireView): HostClock {
  const lines = events.filter(({ event }) => event.message !== null);
  const spis = loggedSpis(events);
  const addresses = new Set(wire.frames.flatMap(({ from, to }) => [from.address, to.address]));
  const byAddress = lines.some(
    ({ event: { message } }) =>
      addresses.has(message?.from?.address ?? "") && addresses.has(message?.to?.address ?? ""),
  );
  const packets = lines.flatMap((entry): LoggedPacket[] => {
    const { stamp, message } = entry.event;
    return stamp === null || message === null ? [] : [{ entry, message, time: stamp.time, step: stamp.step }];
  });
  if (packets.length > 0) return byTimes(packets, { ...wire, events, spis, byAddress });
  if (lines.length > 0) return byOrder(lines, { ...wire, spis, byAddress });
  const hasTimes = events.some(({ event }) => event.stamp !== null);
  return hasTimes ? { ...NO_CLOCK, by: "assumed", stretches: [ASSUMED] } : NO_CLOCK;
}

type Known = WireView & Pick<ClockSetting, "events" | "spis" | "byAddress">;

function byTimes(packets: readonly LoggedPacket[], known: Known): HostClock {
  const index = new WireIndex(known.frames, known.byAddress);
  const proven = provenFit(offsetFits(packets, index), { ...known, packets, index });
  if (proven === null) return NO_CLOCK;
  if ("doubt" in proven) return { ...NO_CLOCK, doubt: proven.doubt };
  const fits = [proven.fit];
  while (fits.length < MOST_STRETCHES) {
    const [usedPackets, usedFrames] = usedBy(fits);
    const left = packets.filter((packet) => !usedPackets.has(packet));
    const frames = known.frames.filter((frame) => !usedFrames.has(frame));
    const next = offsetFits(left, new WireIndex(frames, known.byAddress)).find(
      (fit) =>
        fit.pairs.length >= LEAST_OF_STRETCH &&
        fit.pairs.some(({ packet }) => packet.message.out) &&
        fits.every((other) => isInOneOrder(fit, other)),
    );
    if (next === undefined) break;
    fits.push(next);
  }
  const settled = fits.map(settle);
  const stretches = settled.map(({ stretch }) => stretch).toSorted((a, b) => a.from - b.from);
  const joins = settled.flatMap(({ found }) => found).toSorted((a, b) => a.frame.time - b.frame.time);
  const clock: HostClock = { by: "messages", proof: proven.proof, doubt: null, stretches, joins, lonely: [] };
  const [first, last] = [known.frames[0]?.time ?? 0, known.frames.at(-1)?.time ?? 0];
  const [joined] = usedBy(fits);
  const lonely = packets.flatMap((packet) => {
    const at = joined.has(packet) ? null : captureTime(clock, packet.time);
    return at !== null && at >= first - SECOND && at <= last + SECOND ? [packet.entry] : [];
  });
  return { ...clock, lonely };
}

function usedBy(fits: readonly Fit[]): readonly [Set<LoggedPacket>, Set<WireMessage>] {
  const pairs = fits.flatMap((fit) => fit.pairs);
  return [new Set(pairs.map(({ packet }) => packet)), new Set(pairs.map(({ frame }) => frame))];
}

/** Whether what is before in the log is before in the capture: a clock that was set leaves the order as it was. */
function isInOneOrder(one: Fit, other: Fit): boolean {
  const lines = [
    rangeOf(one, (pair) => pair.packet.entry.event.source.line),
    rangeOf(other, (pair) => pair.packet.entry.event.source.line),
  ] as const;
  const times = [rangeOf(one, ({ frame }) => frame.time), rangeOf(other, ({ frame }) => frame.time)] as const;
  return (
    (isBehind(lines[0], lines[1]) && isBehind(times[0], times[1])) ||
    (isBehind(lines[1], lines[0]) && isBehind(times[1], times[0]))
  );
}

type Range = readonly [low: number, high: number];

/** By what was sent: what was received may have been read late. */
function rangeOf({ pairs }: Fit, of: (pair: Pair) => number): Range {
  const sent = pairs.filter(({ packet }) => packet.message.out);
  return sent.reduce<Range>(
    ([low, high], pair) => [Math.min(low, of(pair)), Math.max(high, of(pair))],
    [Infinity, -Infinity],
  );
}

function isBehind([low]: Range, [, high]: Range): boolean {
  return low > high;
}

/** A line "sending" is written before its frame, "received" after it, and a stamp is cut off to its step. */
function settle({ offset, pairs }: Fit): { readonly stretch: Stretch; readonly found: Join[] } {
  const above = pairs.flatMap(({ packet, difference }) => (packet.message.out ? [offset + difference] : []));
  const below = pairs.flatMap(({ packet, difference }) =>
    packet.message.out ? [] : [offset + difference + packet.step],
  );
  const step = Math.max(...pairs.map(({ packet }) => packet.step));
  // A received message may have been read late; without a sent one the first that was read tells the difference.
  const low = above.length > 0 ? Math.max(...above) : Math.min(...below) - step;
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
