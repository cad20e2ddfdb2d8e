import { SEVERITIES } from "../diagnosis/severity.js";
import { ENGLISH, type Texts } from "../texts/texts.js";
import { UsageError } from "./exit.js";
import { type JudgeFlags, judgeTerms, type JudgeTerms } from "./judge-terms.js";

export const FORMATS = ["text", "json", "markdown", "html", "csv", "ndjson"] as const;
export const FAIL_ON = [...SEVERITIES, "never"] as const;

export interface AnalyzeFlags extends JudgeFlags {
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly evidence?: string;
  /** The evidence file holds the keys of ESP that open it. */
  readonly withKeys?: boolean;
  readonly all?: boolean;
  /** Number of the only tunnel that is reported on. */
  readonly tunnel?: number;
  readonly failOn: (typeof FAIL_ON)[number];
}

/** All that the options of `ikescope analyze` mean; built here, and passed whole. */
export interface AnalyzeTerms extends JudgeTerms {
  readonly format: (typeof FORMATS)[number];
  /** File of the report; null for standard output. */
  readonly output: string | null;
  /** File of the frames that findings cite, and whether it holds keys of ESP; null where none is written. */
  readonly evidence: { readonly file: string; readonly hasKeys: boolean } | null;
  /** All of many tunnels are listed. */
  readonly all: boolean;
  /** Number of the only tunnel that is reported on; null for all. */
  readonly tunnel: number | null;
  readonly failOn: (typeof FAIL_ON)[number];
  /** Language of the texts in JSON: English for programs, unless another one is asked for by name. */
  readonly jsonTexts: Texts;
}

/** The terms that captures and options mean. Throws UsageError for what cannot be meant. */
export async function analyzeTerms(
  captures: readonly string[],
  flags: AnalyzeFlags,
  copies: readonly string[] = [],
): Promise<AnalyzeTerms> {
  if (captures.length === 0 && (flags.with ?? []).length === 0) {
    throw new UsageError(
      "there is nothing to judge: name a capture, as in: ikescope trace.pcap (or what a host says: ikescope --with charon.log)",
    );
  }
  if (captures.length === 0 && flags.evidence !== undefined) {
    throw new UsageError(
      "--evidence writes frames of captures: name one, as in: ikescope trace.pcap --evidence ticket.pcapng",
    );
  }
  if (flags.withKeys === true && (flags.evidence === undefined || flags.keys === undefined)) {
    throw new UsageError(
      "--with-keys puts keys into the file of --evidence: ikescope trace.pcap --keys keys.log --evidence ticket.pcapng --with-keys",
    );
  }
  const terms = await judgeTerms(captures, flags, copies);
  const { format, output = null, evidence, withKeys = false, all = false, tunnel = null, failOn } = flags;
  return {
    ...terms,
    format,
    output,
    evidence: evidence === undefined ? null : { file: evidence, hasKeys: withKeys },
    all,
    tunnel,
    failOn,
    jsonTexts: flags.lang === undefined ? ENGLISH : terms.presentation.texts,
  };
}
