import type { EventKind } from "./record.js";
import type { RefusalCause } from "./refusal-cause.js";
import { TemplateTable } from "./template.js";

/** A sentence of a daemon, the kind of event that it is (null: known, and tells nothing of a tunnel), and the cause it names. */
export type MessageRow = readonly [words: string, kind: EventKind | null, cause?: RefusalCause];

/** The meaning of a daemon's sentence. */
export interface MessageMeaning {
  readonly kind: EventKind | null;
  readonly cause: RefusalCause | null;
}

/** The table of what a daemon says. */
export function messageTable(rows: readonly MessageRow[]): TemplateTable<MessageMeaning> {
  return new TemplateTable(rows.map(([words, kind, cause = null]) => [words, { kind, cause }] as const));
}
