import type { Code } from "../codes.js";

/** One reason that a product prints, and the findings that show it on the wire. */
export interface Reason {
  /** As it is printed; "*" stands for what differs. */
  readonly said: string;
  /** Other writings of the same: its number, its name in the API, its Chinese text. */
  readonly also?: readonly string[];
  /** The likeliest first. */
  readonly codes: readonly [Code, ...Code[]];
}

/** The reasons of one product or service. */
export interface ReasonTable {
  readonly by: string;
  /** The ID of its commands; not there where there are none. */
  readonly product?: string;
  /** The document that has them, as docs/references.md names it. */
  readonly source: string;
  readonly reasons: readonly Reason[];
}
