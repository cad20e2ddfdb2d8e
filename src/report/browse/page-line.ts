import type { FrameRef } from "../../bytes/frame.js";

/** What the table can be narrowed by with one key, in the order in which it is listed. */
export const FACETS = ["status", "cause", "product"] as const;
export type Facet = (typeof FACETS)[number];

/** Where Enter leads to on a line. */
export type Target =
  /** The IKE messages that came in these frames. */
  | { readonly kind: "message"; readonly frames: readonly FrameRef[] }
  | { readonly kind: "facet"; readonly facet: Facet; readonly value: string };

/** A line of a page, painted. */
export interface PageLine {
  readonly text: string;
  readonly target: Target | null;
  /** It begins a part of the page. */
  readonly isSection?: true;
}

/** Lines that lead nowhere. */
export function plainLines(texts: readonly string[]): PageLine[] {
  return texts.map((text) => ({ text, target: null }));
}
