import { type Clock, timeOfDay } from "../../bytes/clock.js";
import { hex32 } from "../../bytes/hex.js";
import { humanDuration } from "../../bytes/time.js";
import { type EspStream, RATE_BINS, SIZE_BIN_WIDTH } from "../../esp/stream.js";
import type { KeptTunnel } from "../../session/model.js";
import { seenOnce } from "../ladder/sides.js";
import { streamWay } from "../tables/streams.js";
import type { PageCharts, PageMatrix, PageRate, PageSizes } from "./page-charts.js";

/** Streams of a tunnel that are drawn, those with the most packets; and the packets of all that make a picture. */
const DRAWN = 12;
const LEAST_PACKETS = 5;
/** A pause that is marked. */
const PAUSE = 2_000_000;

/** The MTU of a path for which no ICMP error reports a smaller one, bytes. */
const ETHERNET_MTU = 1500;
const IP_HEADER = { 4: 20, 6: 40 } as const;
const UDP_HEADER = 8;

/** The traffic of a tunnel over time, by size, and which stream answers which. Null where there is too little to draw. */
export function pageCharts(tunnel: KeptTunnel, clock: Clock): PageCharts | null {
  const drawable = seenOnce(tunnel);
  if (drawable.reduce((sum, { packets }) => sum + packets, 0) < LEAST_PACKETS) return null;
  const streams = drawnStreams(tunnel);
  const [first] = streams;
  if (first === undefined) return null;
  const { from, binWidth } = first.rate;
  return {
    from: toSecond(clock, from),
    to: `${toSecond(clock, from + RATE_BINS * binWidth)} ${clock.name}`,
    bin: humanDuration(binWidth),
    rates: streams.map((stream) => rateOf(tunnel, stream)),
    sizes: streams.map((stream) => sizesOf(tunnel, stream)),
    matrix: matrixOf(tunnel, streams),
  };
}

/** The streams with the most packets, in their order. */
export function drawnStreams(tunnel: KeptTunnel): readonly EspStream[] {
  const drawable = seenOnce(tunnel);
  const busiest = drawable.toSorted((a, b) => b.packets - a.packets).slice(0, DRAWN);
  return drawable.filter((stream) => busiest.includes(stream));
}

function toSecond(clock: Clock, time: number): string {
  return timeOfDay(clock, time).slice(0, "HH:MM:SS".length);
}

/** "-> 0xc26c08eb". */
export function streamName(tunnel: KeptTunnel, stream: EspStream): string {
  return `${streamWay(tunnel, stream)} ${hex32(stream.spi)}`;
}

function rateOf(tunnel: KeptTunnel, stream: EspStream): PageRate {
  const { rate, gapFrom, gapTo, packets } = stream;
  const place = (time: number): number => (time - rate.from) / rate.binWidth;
  const length = gapTo - gapFrom;
  return {
    name: streamName(tunnel, stream),
    total: packets,
    packets: [...rate.packets],
    pause: length < PAUSE ? null : { from: place(gapFrom), to: place(gapTo), text: humanDuration(length) },
  };
}

function sizesOf(tunnel: KeptTunnel, stream: EspStream): PageSizes {
  const { sizes } = stream;
  const last = sizes.packets.findLastIndex((count) => count > 0);
  return {
    name: streamName(tunnel, stream),
    width: SIZE_BIN_WIDTH,
    packets: [...sizes.packets.subarray(0, last + 1)],
    answered: [...sizes.answered.subarray(0, last + 1)],
    smallest: sizes.smallest,
    largest: sizes.largest,
    ...sizeLimit(tunnel, stream),
  };
}

/** The largest packet of a stream that the path takes whole. */
export function sizeLimit(
  tunnel: KeptTunnel,
  { source, encapsulation }: EspStream,
): Pick<PageSizes, "room" | "mtu" | "isMtuByIcmp"> {
  const said = tunnel.icmp.map(({ error }) => error.mtu ?? Infinity);
  const mtu = Math.min(ETHERNET_MTU, ...said);
  const carrier = encapsulation === "udp" ? UDP_HEADER : 0;
  return {
    room: mtu - IP_HEADER[source.includes(":") ? 6 : 4] - carrier,
    mtu,
    isMtuByIcmp: mtu < ETHERNET_MTU,
  };
}

/** How often packets of the one followed packets of the other; null where there is but one pair. */
function matrixOf(tunnel: KeptTunnel, streams: readonly EspStream[]): PageMatrix | null {
  const isForward = (stream: EspStream): boolean => streamWay(tunnel, stream).startsWith("->");
  const rows = streams.filter(isForward);
  const columns = streams.filter((stream) => !isForward(stream));
  if (rows.length === 0 || columns.length === 0 || rows.length + columns.length < 3) return null;
  const turns = (stream: EspStream, other: EspStream): number =>
    stream.answers
      .filter(({ spi, encapsulation }) => spi === other.spi && encapsulation === other.encapsulation)
      .reduce((sum, { turns: count }) => sum + count, 0);
  return {
    rows: rows.map((stream) => streamName(tunnel, stream)),
    columns: columns.map((stream) => streamName(tunnel, stream)),
    turns: rows.map((row) => columns.map((column) => turns(row, column) + turns(column, row))),
  };
}
