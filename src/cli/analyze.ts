import type { Meter } from "../capture/node/meter.js";
import {
  type Analysis,
  type Judgement,
  type Opener,
  renderCsv,
  renderHtmlPieces,
  renderJson,
  renderMarkdown,
  renderNdjson,
  renderText,
} from "../index.js";
import { isSuspicion } from "../diagnosis/doubt.js";
import { judgementOfTunnel } from "../diagnosis/one-tunnel.js";
import { isAtLeast, SEVERITIES } from "../diagnosis/severity.js";
import { tellCut } from "./cut-notes.js";
import { checkEvidence, writeEvidence } from "./evidence.js";
import { EXIT, reportFault, UsageError } from "./exit.js";
import { interruptSignal } from "./interrupt.js";
import {
  judgeCaptures,
  type JudgeFlags,
  type JudgeTerms,
  judgeTerms,
  openForTerms,
  usedInputs,
} from "./judge-captures.js";
import { checkMatches, noTunnel } from "./no-match.js";
import { forTerminal } from "./outputs/charset.js";
import { claimOutputs, type WantedOutput } from "./outputs/outputs.js";
import { showProgress } from "./progress.js";
import { Spool } from "./spool.js";
import { ENGLISH } from "../texts/texts.js";
import { VERSION } from "./version.js";
import { outputWidth } from "./width.js";
import { complain } from "./standard-error.js";
import { say, verbatim } from "../texts/message.js";

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

/** Longer lines are hard to read; so wide where no terminal and no COLUMNS says how wide. */
const WIDEST = 100;

/** `ikescope analyze`: reads the captures, prints the report, sets the exit status. */
export async function analyzeCommand(captures: readonly string[], flags: AnalyzeFlags): Promise<void> {
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
  const terms = await judgeTerms(flags, captures);
  const [report, evidence] = await claimOutputs(wantedOutputs(flags), usedInputs(captures, flags));
  if (evidence !== undefined) await checkEvidence(evidence, captures);
  // Several captures may have to be compared.
  const isReadAgain = evidence !== undefined || captures.length > 1;
  const spool = isReadAgain && captures.includes("-") ? await Spool.create() : null;
  const interrupt = interruptSignal(captures);
  try {
    const whole = await judgeCaptures(captures, terms, interrupt, spool);
    const { error, clocks } = whole;
    interrupt.readingIsOver();
    if (error === null) checkMatches(whole, flags.peer);
    const analysis = { ...whole, judgement: chosenJudgement(whole, flags) };
    const { judgement } = analysis;
    // Known before the first byte goes out: a reader that leaves early ends the program.
    process.exitCode = error === null ? exitFor(judgement, flags) : EXIT.unusable;
    if (error === null || judgement.observations.packets > 0) {
      await report?.write(render(analysis, flags, terms), evidence !== undefined);
    }
    if (evidence !== undefined && judgement.observations.packets === 0) {
      complain(say`--evidence: ${verbatim(flags.evidence ?? "")} is not written: no packet was read`);
    } else if (evidence !== undefined) {
      const meter: Meter = { read: 0, total: null };
      const progress = showProgress(meter);
      try {
        const again = await openForTerms(captures, terms, {
          clocks,
          meter,
          ...(spool === null ? {} : { stdin: spool.again() }),
        });
        await writeEvidence(
          evidence,
          again,
          judgement,
          flags.withKeys === true ? espKeys(analysis.opener) : [],
        );
      } finally {
        progress.end();
      }
    }
    if (flags.format === "csv") tellCut(judgement.files);
    if (error !== null) process.exitCode = reportFault(error);
  } finally {
    interrupt.dispose();
    await spool?.remove();
  }
}

/** What is reported on: all, or one tunnel. Throws UsageError where there is no such tunnel. */
function chosenJudgement({ judgement, error }: Analysis, { tunnel }: AnalyzeFlags): Judgement {
  if (tunnel === undefined) return judgement;
  const chosen = judgementOfTunnel(judgement, tunnel);
  if (chosen !== null) return chosen;
  if (error !== null) process.exitCode = reportFault(error);
  throw noTunnel(tunnel, judgement);
}

/** Keys of ESP as decryption secrets; pcapng has no such secrets for IKE. */
function espKeys(opener: Opener | null): readonly string[] {
  const { lines, withoutName } = opener?.esp.secretLines() ?? { lines: [], withoutName: 0 };
  const others =
    withoutName === 0 ? "" : say`; those of ${withoutName} more have algorithms without a name in Wireshark`;
  complain(
    say`the evidence file holds the keys of ${lines.length} ESP SAs${others}; keys of IKE have no place in a pcapng`,
  );
  return lines;
}

/** The report, and the extract where it is asked for. */
function wantedOutputs({ output, evidence, withKeys }: AnalyzeFlags): WantedOutput[] {
  return [
    { option: "--output", file: output ?? "-" },
    ...(evidence === undefined
      ? []
      : [{ option: "--evidence", file: evidence, isSecret: withKeys === true }]),
  ];
}

function render(
  { judgement, hosts }: Analysis,
  { format, output, lang, all = false }: AnalyzeFlags,
  { presentation }: JudgeTerms,
): Iterable<string> {
  switch (format) {
    case "json":
      return renderJson(
        judgement,
        VERSION,
        presentation.names,
        lang === undefined ? ENGLISH : presentation.texts,
      );
    case "csv":
      return renderCsv(judgement, presentation.names);
    case "ndjson":
      return renderNdjson(judgement);
    case "html":
      return renderHtmlPieces(judgement, VERSION, presentation, hosts);
    case "markdown":
      return [renderMarkdown(judgement, presentation, { all })];
    case "text":
      return [
        forTerminal(
          renderText(judgement, {
            colour: isColoured(output),
            width: outputWidth(WIDEST, WIDEST, output !== undefined),
            presentation,
            all,
          }),
          presentation.texts.language,
        ),
      ];
  }
}

function isColoured(output: string | undefined): boolean {
  return output === undefined && process.stdout.isTTY && !process.env["NO_COLOR"];
}

function exitFor({ findings }: Judgement, { failOn }: AnalyzeFlags): number {
  if (failOn === "never") return EXIT.ok;
  // A suspicion counts as a warning: it may be no fault.
  const isFound = findings.some((finding) =>
    isAtLeast(isSuspicion(finding) ? "warning" : finding.severity, failOn),
  );
  return isFound ? EXIT.found : EXIT.ok;
}
