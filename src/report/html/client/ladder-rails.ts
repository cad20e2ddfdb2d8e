import { svg } from "./dom.js";
import { type Layout, MEASURE } from "./ladder-layout.js";
import { label } from "./labels.js";

/** Width of a character of the diagram's font, CSS pixels. */
const CHARACTER = 7.3;
/** A diagram of less than this has its frames above its times. */
const NARROW = 560;
/** Between a lifeline and the words of an arrow. */
export const INDENT = 12;

/** The positions of the lifelines, and of the right ends of the columns beside them, CSS pixels. */
export interface Rails {
  readonly left: number;
  readonly right: number;
  readonly frame: number;
  readonly time: number;
  readonly isNarrow: boolean;
}

export function railsFor(width: number): Rails {
  return width < NARROW
    ? { left: 64, right: width - 10, frame: 56, time: 56, isNarrow: true }
    : { left: 150, right: width - 24, frame: 56, time: 140, isNarrow: false };
}

/** Characters that fit between the lifelines. */
export function columnsBetween({ left, right }: Rails): number {
  return Math.max(12, Math.floor((right - left - 2 * INDENT) / CHARACTER));
}

/** Names of the two columns beside the lifelines; on a narrow page the frame stands above the time and needs none. */
export function columnHeads({ frame, time, isNarrow }: Rails): SVGElement[] {
  if (isNarrow) return [];
  const head = (x: number, text: string): SVGElement =>
    svg("text", { class: "when", x, y: 11, "text-anchor": "end" }, text);
  return [head(frame, label`frame`), head(time, label`time`)];
}

/** The two lifelines, broken where time was compressed. */
export function railShapes({ pauses, height }: Layout, { left, right }: Rails): SVGElement[] {
  const bottom = height + MEASURE.between;
  return [
    ...[left, right].map((x) => svg("line", { class: "rail", x1: x, x2: x, y1: 0, y2: bottom })),
    ...pauses.flatMap(({ top, height: tall, text }) => [
      ...[left, right].map((x) =>
        svg("line", { class: "break", x1: x, x2: x, y1: top + 2, y2: top + tall - 2 }),
      ),
      svg(
        "text",
        { class: "pause", x: (left + right) / 2, y: top + tall / 2 + 4, "text-anchor": "middle" },
        text,
      ),
    ]),
  ];
}
