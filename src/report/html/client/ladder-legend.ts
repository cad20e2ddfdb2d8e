import type { PageArrow } from "../page-data.js";
import type { PlacedArrow } from "./ladder-layout.js";

/** What the shapes mean, as far as the diagram has them. */
export function legend(drawn: readonly PlacedArrow[]): string {
  const has = (test: (row: PageArrow) => boolean): boolean => drawn.some(({ row }) => test(row));
  const signs = [
    has(({ isCited }) => isCited) ? "triangle: a finding cites it" : "",
    has(({ repeats }) => repeats) ? "dashed: sent again" : "",
    has(({ fate }) => fate === "unanswered") ? "cross: no answer in the capture" : "",
    has(({ fate }) => fate === "incomplete") ? "broken line with a cross: fragments are missing" : "",
    has(({ fate }) => fate === "repeated") ? "ring: asked again, it or its answer may be lost or late" : "",
    has(({ fate }) => fate === "refused") ? "square: refused" : "",
    has(({ kind }) => kind === "esp") ? "double line: ESP or AH" : "",
    has(({ kind }) => kind === "icmp") ? "dotted with a diamond: ICMP error" : "",
  ].filter((sign) => sign !== "");
  return signs.length === 0 ? "" : `Signs: ${signs.join("; ")}.`;
}
