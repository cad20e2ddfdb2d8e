import type { PageArrow } from "../page-ladder.js";
import { label } from "./labels.js";
import type { PlacedArrow } from "./ladder-layout.js";

/** The meaning of the shapes that the diagram has. */
export function legend(drawn: readonly PlacedArrow[]): string {
  const has = (test: (row: PageArrow) => boolean): boolean => drawn.some(({ row }) => test(row));
  const signs = [
    has(({ isCited }) => isCited) ? label`triangle: a finding cites it` : "",
    has(({ repeats }) => repeats) ? label`dashed: sent again` : "",
    has(({ fate }) => fate === "unanswered") ? label`cross: no answer in the capture` : "",
    has(({ fate }) => fate === "incomplete") ? label`broken line with a cross: fragments are missing` : "",
    has(({ fate }) => fate === "repeated")
      ? label`ring: asked again, it or its answer may be lost or late`
      : "",
    has(({ fate }) => fate === "refused") ? label`square: refused` : "",
    has(({ kind }) => kind === "esp") ? label`double line: ESP or AH` : "",
    has(({ kind }) => kind === "icmp") ? label`dotted with a diamond: ICMP error` : "",
  ].filter((sign) => sign !== "");
  return signs.length === 0 ? "" : label`Signs: ${signs.join("; ")}.`;
}
