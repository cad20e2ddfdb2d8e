import { svg } from "../../../report/html/client/dom.js";
import { label } from "../../../report/html/client/labels.js";
import type { StreamTraffic, TrafficAnswer } from "../../../report/html/traffic/data.js";
import type { Scale } from "./plot.js";
import type { Span } from "./zoom.js";

/** A column of a picture, CSS pixels. */
const COLUMN = 3;
/** The lowest that a packet is drawn. */
const LOWEST = 2;
/** Height of the mark of a gap. */
const GAP_MARK = 8;
/** From the top of a picture to its highest value. */
const TOP = 14;

type Shape = SVGElement | null;

/** Bins [first, end) that a span touches. */
function binsIn({ from, width }: TrafficAnswer, span: Span, count: number): readonly [number, number] {
  const first = Math.max(0, Math.floor((span.from - from) / width));
  return [first, Math.min(count, Math.ceil((span.to - from) / width))];
}

/** Packets a second: the chosen stream filled, the others as lines. */
export function ratePicture(
  traffic: TrafficAnswer,
  chosen: StreamTraffic,
  span: Span,
  scale: Scale,
): Shape[] {
  const columns = (stream: StreamTraffic): Column[] => {
    const [first, end] = binsIn(traffic, span, stream.packets.length);
    const together = Math.max(1, Math.ceil(((end - first) * COLUMN) / scale.width));
    const found: Column[] = [];
    for (let bin = first - (first % together); bin < end; bin += together) {
      const count = sum(stream.packets, bin, bin + together);
      const from = traffic.from + bin * traffic.width;
      const length = together * traffic.width;
      found.push({ from, to: from + length, value: count / (length / 1e6) });
    }
    return found;
  };
  const drawn = traffic.streams.map((stream) => ({ stream, columns: columns(stream) }));
  const most = Math.max(0, ...drawn.flatMap((one) => one.columns.map(({ value }) => value)));
  const others = drawn.filter(({ stream }) => stream !== chosen);
  const own = drawn.find(({ stream }) => stream === chosen);
  return [
    own === undefined ? null : svg("path", { class: "area", d: area(own.columns, most, scale) }),
    ...others.map((one) => svg("path", { class: "other", d: outline(one.columns, most, scale) })),
    heightText(label`${number(most)} packets/s`),
  ];
}

/** Sequence numbers over time; red is what was passed over. */
export function sequencePicture(
  traffic: TrafficAnswer,
  chosen: StreamTraffic,
  span: Span,
  scale: Scale,
): Shape[] {
  const { packets, lowest, highest } = chosen;
  const [first, end] = binsIn(traffic, span, packets.length);
  let [low, high] = [Infinity, -Infinity];
  for (let bin = first; bin < end; bin++) {
    if (packets[bin] === 0) continue;
    low = Math.min(low, lowest[bin] ?? low);
    high = Math.max(high, highest[bin] ?? high);
  }
  if (low > high) return [heightText(label`no packet of this stream`)];
  const range = Math.max(1, high - low);
  const y = (sequence: number): number =>
    scale.height - 4 - ((sequence - low) / range) * (scale.height - TOP - 8);
  let path = "";
  for (let bin = first; bin < end; bin++) {
    if (packets[bin] === 0) continue;
    const from = scale.x(traffic.from + bin * traffic.width);
    const to = Math.max(from + LOWEST, scale.x(traffic.from + (bin + 1) * traffic.width));
    const bottom = y(lowest[bin] ?? low) + LOWEST / 2;
    const top = Math.min(bottom - LOWEST, y(highest[bin] ?? high) - LOWEST / 2);
    path += `M${round(from)} ${round(bottom)}H${round(to)}V${round(top)}H${round(from)}z`;
  }
  const gaps = chosen.gaps.filter(({ time }) => time >= span.from && time <= span.to);
  return [
    svg("path", { class: "area", d: path }),
    svg("path", { class: "missing", d: gapMarks(gaps, y, scale) }),
    heightText(`${high}`),
    svg("text", { class: "axis", x: 4, y: scale.height - 5 }, `${low}`),
  ];
}

/** At each gap a mark at the bottom, which is seen however few numbers are missing, and a line over these numbers. */
function gapMarks(
  gaps: StreamTraffic["gaps"],
  y: (sequence: number) => number,
  { x, height }: Scale,
): string {
  return gaps
    .map(({ time, first, last }) => {
      const [at, bottom] = [round(x(time)), y(first)];
      const top = Math.min(bottom - LOWEST, y(last + 1));
      return `M${at} ${height}v${-GAP_MARK}M${at} ${round(bottom)}V${round(top)}`;
    })
    .join("");
}

/** Packets by size, with the largest that fits the MTU. */
export function sizePicture(chosen: StreamTraffic, span: Span, scale: Scale): Shape[] {
  const { sizes, sizeWidth, room, mtu, isMtuByIcmp } = chosen;
  const first = Math.max(0, Math.floor(span.from / sizeWidth));
  const end = Math.min(sizes.length, Math.ceil(span.to / sizeWidth));
  const together = Math.max(1, Math.ceil(((end - first) * COLUMN) / scale.width));
  const columns: Column[] = [];
  for (let size = first - (first % together); size < end; size += together) {
    columns.push({
      from: size * sizeWidth,
      to: (size + together) * sizeWidth,
      value: sum(sizes, size, size + together),
    });
  }
  const bytes = together * sizeWidth;
  const most = Math.max(0, ...columns.map(({ value }) => value));
  const at = scale.x(room);
  const isSeen = room >= span.from && room <= span.to;
  const name = isMtuByIcmp ? label`MTU ${mtu} (by ICMP)` : `MTU ${mtu}`;
  return [
    svg("path", { class: "area", d: area(columns, most, scale) }),
    isSeen ? svg("line", { class: "limit", x1: at, x2: at, y1: 0, y2: scale.height }) : null,
    isSeen
      ? svg("text", { class: "axis", x: at - 4, y: 26, "text-anchor": "end" }, `${name}: ${room} B`)
      : null,
    heightText(bytes === 1 ? label`${most} packets of one size` : label`${most} packets of ${bytes} sizes`),
  ];
}

interface Column {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** Columns from the bottom; those that are not empty are seen, however low they are. */
function area(columns: readonly Column[], most: number, { x, height }: Scale): string {
  return columns
    .filter(({ value }) => value > 0)
    .map(({ from, to, value }) => {
      const tall = Math.max(LOWEST, (value / most) * (height - TOP));
      const right = Math.max(x(from) + 1, x(to));
      return `M${round(x(from))} ${height}V${round(height - tall)}H${round(right)}V${height}z`;
    })
    .join("");
}

function outline(columns: readonly Column[], most: number, { x, height }: Scale): string {
  return columns
    .map(({ from, to, value }, index) => {
      const y = height - 1 - (most === 0 ? 0 : (value / most) * (height - TOP));
      return `${index === 0 ? "M" : "L"}${round(x(from))} ${round(y)}H${round(x(to))}`;
    })
    .join("");
}

function heightText(text: string): SVGElement {
  return svg("text", { class: "axis", x: 4, y: 11 }, text);
}

export function sum(counts: Uint32Array, from: number, to: number): number {
  let total = 0;
  for (let at = Math.max(0, from); at < Math.min(counts.length, to); at++) total += counts[at] ?? 0;
  return total;
}

function number(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(2);
}

function round(value: number): string {
  return value.toFixed(1);
}
