import type { SequenceGap, StreamTraffic, TrafficAnswer } from "../traffic/data.js";

/** The ESP of a tunnel as a page is told of it: all of it once, then what changed. Numbers are those of {@link TrafficAnswer}. */
export interface LiveTrafficMessage {
  readonly from: number;
  readonly width: number;
  readonly bins: number;
  readonly streams: readonly LiveStreamMessage[];
}

interface LiveStreamMessage extends Pick<
  StreamTraffic,
  "name" | "room" | "mtu" | "isMtuByIcmp" | "sizeWidth" | "gapsLeftOut"
> {
  /** The first bin that is told; all before it are as they were. */
  readonly at: number;
  /** From there on; behind them is nothing. */
  readonly packets: readonly number[];
  readonly lowest: readonly number[];
  readonly highest: readonly number[];
  /** All of them; null where they are as they were. */
  readonly sizes: readonly number[] | null;
  /** Behind those that were told. */
  readonly gaps: readonly SequenceGap[];
}

/** All of it. */
export function wholeTraffic(traffic: TrafficAnswer): LiveTrafficMessage {
  return messageOf(traffic, null);
}

/** The differences of `now` to `before`; null where they are not of the same streams and bins, so that all has to be told. */
export function moreTraffic(before: TrafficAnswer, now: TrafficAnswer): LiveTrafficMessage | null {
  const isSame =
    before.from === now.from &&
    before.width === now.width &&
    before.streams.length === now.streams.length &&
    now.streams.every(({ name }, at) => name === before.streams[at]?.name);
  return isSame ? messageOf(now, before) : null;
}

function messageOf(
  { from, width, streams }: TrafficAnswer,
  before: TrafficAnswer | null,
): LiveTrafficMessage {
  return {
    from,
    width,
    bins: streams[0]?.packets.length ?? 0,
    streams: streams.map((stream, at) => streamMessage(stream, before?.streams[at] ?? null)),
  };
}

function streamMessage(stream: StreamTraffic, before: StreamTraffic | null): LiveStreamMessage {
  const { name, room, mtu, isMtuByIcmp, sizeWidth, gapsLeftOut, packets, lowest, highest, sizes, gaps } =
    stream;
  const changed = before === null ? 0 : packets.findIndex((count, bin) => count !== before.packets[bin]);
  const at = changed < 0 ? packets.length : changed;
  const end = packets.findLastIndex((count) => count > 0) + 1;
  const told = (bins: Uint32Array): number[] => [...bins.subarray(at, Math.max(at, end))];
  const isSameSizes = before !== null && sizes.every((count, index) => count === before.sizes[index]);
  return {
    name,
    room,
    mtu,
    isMtuByIcmp,
    sizeWidth,
    gapsLeftOut,
    at,
    packets: told(packets),
    lowest: told(lowest),
    highest: told(highest),
    sizes: isSameSizes ? null : [...sizes],
    gaps: gaps.slice(before?.gaps.length ?? 0),
  };
}

/** The traffic as it stands after a message; `before` is what stood, null where the message is all of it. */
export function trafficAfter(before: TrafficAnswer | null, message: LiveTrafficMessage): TrafficAnswer {
  const { from, width, bins, streams } = message;
  return {
    from,
    width,
    streams: streams.map((told, index) => {
      const { at, packets, lowest, highest, sizes, gaps, ...rest } = told;
      const known = before?.streams[index];
      const filled = (old: Uint32Array | undefined, newer: readonly number[]): Uint32Array => {
        const all = new Uint32Array(bins);
        all.set((old ?? all).subarray(0, Math.min(at, bins)));
        all.set(newer.slice(0, Math.max(0, bins - at)), Math.min(at, bins));
        return all;
      };
      return {
        ...rest,
        packets: filled(known?.packets, packets),
        lowest: filled(known?.lowest, lowest),
        highest: filled(known?.highest, highest),
        sizes: sizes === null ? (known?.sizes ?? new Uint32Array(0)) : Uint32Array.from(sizes),
        gaps: [...(known?.gaps ?? []), ...gaps],
      };
    }),
  };
}
