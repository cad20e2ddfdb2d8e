import type { PageArrow, PageLadder } from "../page-ladder.js";
import { svg } from "./dom.js";
import { arrowShape } from "./ladder-arrow.js";
import { MEASURE, type PlacedArrow } from "./ladder-layout.js";
import { INDENT, type Rails } from "./ladder-rails.js";
import { label } from "./labels.js";

/** One row of the diagram: frame and time, the words near the sender, the arrow, and what became of it near its head. */
export function rowShape(placed: PlacedArrow, rails: Rails, id: string, ladder: PageLadder): SVGGElement {
  const { row, top, arrow, bottom, label } = placed;
  const { left, right } = rails;
  const sender = row.from ?? (row.to === "left" ? "right" : "left");
  const from = anchorAt(sender, rails);
  const words = label.map((text, line) =>
    svg("text", { class: "label", ...from, y: top + (line + 1) * MEASURE.line - 3 }, text),
  );
  const fateY = arrow + MEASURE.space + MEASURE.fate - 2;
  return svg(
    "g",
    {
      class: "row",
      id,
      role: "option",
      "data-kind": row.kind,
      "data-fate": row.fate,
      "data-repeats": row.repeats,
      "aria-label": spoken(row, ladder),
    },
    svg("rect", { class: "hit", x: 0, y: top, width: right + 8, height: bottom - top, rx: 4 }),
    ...besides(row, arrow, rails),
    row.isCited ? svg("path", { class: "cited", d: `M${left - 5} ${arrow - 5}v10l5 -5z` }) : null,
    ...words,
    ...arrowShape(row, left, right, arrow),
    row.fateText === null
      ? null
      : svg("text", { class: "fate", ...anchorAt(row.to, rails), y: fateY }, row.fateText),
  );
}

function anchorAt(
  side: "left" | "right",
  { left, right }: Rails,
): { readonly x: number; readonly "text-anchor": string } {
  return side === "left"
    ? { x: left + INDENT, "text-anchor": "start" }
    : { x: right - INDENT, "text-anchor": "end" };
}

/** Frame and time. */
function besides(row: PageArrow, arrow: number, { frame, time, isNarrow }: Rails): SVGElement[] {
  const [first = "", ...rest] = row.frames;
  // The frames that are known: of many ESP packets the first and the last, of a message all that carried it.
  const text = row.kind === "esp" || rest.length === 0 ? first : `${first} +${rest.length}`;
  return [
    svg("text", { class: "when", x: time, y: arrow + 4, "text-anchor": "end" }, row.time),
    svg(
      "text",
      { class: "frame", x: frame, y: isNarrow ? arrow - 11 : arrow + 4, "text-anchor": "end" },
      text,
    ),
  ];
}

/** The row as a screen reader says it. */
function spoken(row: PageArrow, { left, right }: PageLadder): string {
  const name = (side: "left" | "right"): string => (side === "left" ? left.address : right.address);
  const way = row.from === null ? label`to ${name(row.to)}` : label`${name(row.from)} to ${name(row.to)}`;
  const fate = row.fateText === null ? "" : `, ${row.fateText}`;
  return `${label`frame ${row.frames[0] ?? ""}`}, ${row.time}, ${way}: ${[row.title, ...row.details].join(", ")}${fate}`;
}
