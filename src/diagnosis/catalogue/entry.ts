import type { Severity } from "../severity.js";
import type { ProcedureName } from "../procedures/index.js";

/** What is known of a finding apart from any capture. Texts only: rules decide, the catalogue explains. */
export interface CatalogueEntry {
  readonly severity: Severity;
  readonly title: string;
  /** What it means, one or two sentences. */
  readonly explanation: string;
  /** What on the wire makes the verdict, as the rule looks for it, and what keeps it from being said. */
  readonly signature: string;
  /** What to check and do, the first step first, whatever the product. */
  readonly remedies: readonly string[];
  /** Where commands differ by product: what `ikescope explain` shows beside the remedies. */
  readonly procedures?: readonly ProcedureName[];
  readonly references: readonly string[];
}
