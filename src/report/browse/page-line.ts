import type { FrameRef } from "../../bytes/frame.js";

/** Properties that one key narrows the table by, in the order in which it is listed. */
export const FACETS = ["status", "cause", "product"] as const;
export type Facet = (typeof FACETS)[number];

/** The page that Enter opens from a line. */
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
