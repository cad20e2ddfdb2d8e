import type { Severity } from "../severity.js";

/** What is known of a finding apart from any capture. Texts only: rules decide, the catalogue explains. */
export interface CatalogueEntry {
  readonly severity: Severity;
  readonly title: string;
  /** What it means, one or two sentences. */
  readonly explanation: string;
  /** What to check and do, the first step first. */
  readonly remedies: readonly string[];
  readonly references: readonly string[];
}
