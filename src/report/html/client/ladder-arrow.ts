import type { PageArrow } from "../page-ladder.js";
import { svg } from "./dom.js";

/** How far an arrow of a third address stays away from the other lifeline, CSS pixels. */
const OUTSIDE = 60;

/** The arrow of one row: its line tells the kind, its head what became of it; colour only says the same again. */
export function arrowShape(row: PageArrow, left: number, right: number, y: number): SVGElement[] {
  const toRight = row.to === "right";
  const end = toRight ? right : left;
  const far = toRight ? left : right;
  const start = row.from === null ? far + (toRight ? OUTSIDE : -OUTSIDE) : far;
  const way = toRight ? 1 : -1;
  const tip = end - way * 2;
  return [...shaft(row, start, tip - way * 8, y), head(row, tip, way, y)];
}

function shaft({ kind }: PageArrow, from: number, to: number, y: number): SVGElement[] {
  const line = (at: number): SVGElement => svg("line", { class: "shaft", x1: from, x2: to, y1: at, y2: at });
  if (kind === "esp") return [line(y - 2), line(y + 2)];
  return [line(y)];
}

function head({ fate, kind }: PageArrow, x: number, way: number, y: number): SVGElement {
  if (fate === "unanswered" || fate === "incomplete") {
    const [a, b] = [x - way * 11, x - way];
    return svg("path", { class: "cross", d: `M${a} ${y - 5}L${b} ${y + 5}M${a} ${y + 5}L${b} ${y - 5}` });
  }
  if (fate === "repeated") return svg("circle", { class: "ring", cx: x - way * 5, cy: y, r: 5 });
  if (fate === "refused")
    return svg("rect", { class: "head", x: x - way * 5 - 5, y: y - 5, width: 10, height: 10 });
  if (kind === "icmp") {
    return svg("path", { class: "head", d: `M${x} ${y}l${-way * 6} -5l${-way * 6} 5l${way * 6} 5z` });
  }
  return svg("path", { class: "head", d: `M${x} ${y}l${-way * 10} -5v10z` });
}
