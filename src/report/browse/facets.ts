import { printable } from "../../bytes/text.js";
import { columnsOfText, padBehind } from "../../bytes/columns.js";
import { say } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import type { Paint } from "../paint.js";
import { type Facet, FACETS, type PageLine } from "./page-line.js";
import { NO_CAUSE, NO_PRODUCT, plainValue, rowFilter, wordsOf } from "./row-filter.js";
import type { TunnelRow } from "./tunnel-row.js";

/** A value of a facet, and how many tunnels have it. */
export interface FacetCount {
  readonly facet: Facet;
  readonly value: string;
  readonly count: number;
  /** The filter asks for it. */
  readonly isChosen: boolean;
}

/** The values that tunnels have for a facet. A cause is counted by the root alone, so that the counts add up. */
function valuesOf(row: TunnelRow, facet: Facet): readonly string[] {
  switch (facet) {
    case "status":
      return [row.status];
    case "cause":
      return [row.causes[0] ?? NO_CAUSE];
    case "product":
      return row.products.length === 0 ? [NO_PRODUCT] : row.products.map(plainValue);
  }
}

/** All values of all facets, the most frequent first; each facet under what the filter asks beside that facet. */
export function facetCounts(rows: readonly TunnelRow[], text: string): FacetCount[] {
  return FACETS.flatMap((facet) => {
    const { matches } = rowFilter(without(text, facet));
    const counts = new Map<string, number>();
    for (const row of rows) {
      if (!matches(row)) continue;
      for (const value of valuesOf(row, facet)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const asked = new Set(wordsOf(text));
    return [...counts]
      .toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
      .map(([value, count]) => ({ facet, value, count, isChosen: asked.has(`${facet}=${value}`) }));
  });
}

/** The filter that asks for this value instead of another one of the facet; without it where it asked for it already. */
export function withFacet(text: string, facet: Facet, value: string): string {
  const term = `${facet}=${value}`;
  const isChosen = wordsOf(text).includes(term);
  return [without(text, facet), ...(isChosen ? [] : [term])].filter((part) => part !== "").join(" ");
}

function without(text: string, facet: Facet): string {
  return text
    .split(/[\s,]+/)
    .filter((word) => word !== "" && !word.toLowerCase().startsWith(`${facet}=`))
    .join(" ");
}

/** The facets as lines to choose from. */
export function facetLines(counts: readonly FacetCount[], paint: Paint, texts: Texts): PageLine[] {
  const shown = counts.map((one) => ({ ...one, name: printable(facetName(one, texts)) }));
  const widest = Math.max(0, ...shown.map(({ name }) => columnsOfText(name)));
  return FACETS.flatMap((facet): PageLine[] => [
    { text: paint.bold(texts.of(say`by ${facet}`)), target: null, isSection: true },
    ...shown
      .filter((one) => one.facet === facet)
      .map(({ name, value, count, isChosen }) => ({
        text: `${isChosen ? " *" : "  "} ${padBehind(name, widest)}  ${String(count).padStart(6)}`,
        target: { kind: "facet", facet, value } as const,
      })),
    { text: "", target: null },
  ]);
}

/** The value as a filter has it; a status in the reader's language too. */
function facetName({ facet, value }: FacetCount, texts: Texts): string {
  if (facet !== "status" || texts.language === "en") return value;
  return `${value} ${texts.of(value.replaceAll("-", " "))}`;
}
