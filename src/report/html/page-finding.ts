export interface PageKind {
  readonly code: string;
  readonly count: number;
}

export interface PageEntry {
  readonly title: string;
  readonly remedies: readonly string[];
  readonly references: readonly string[];
  /** Commands by product, if they differ. */
  readonly procedures: readonly PageProcedure[];
}

export interface PageProcedure {
  readonly title: string;
  readonly commands: readonly { readonly platform: string; readonly lines: readonly string[] }[];
}

export interface PageFinding {
  readonly code: string;
  readonly severity: string;
  readonly confidence: string;
  readonly provenance: string;
  readonly causedBy: string | null;
  readonly summary: string;
  readonly evidence: readonly PageEvidence[];
  /** Lines of hosts. */
  readonly lines: readonly { readonly place: string; readonly time: string; readonly text: string }[];
  readonly rivals: readonly PageRival[];
}

interface PageRival {
  readonly code: string;
  readonly title: string;
  readonly separatedBy: string;
  readonly isCase?: true;
}

interface PageEvidence {
  /** "17", or "2:17" where there are several files. */
  readonly frame: string;
  readonly time: string;
  readonly text: string;
}
