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
import { isAtLeast } from "../diagnosis/severity.js";
import { tellCut } from "./cut-notes.js";
import { checkEvidence, writeEvidence } from "./evidence.js";
import { EXIT, reportFault } from "./exit.js";
import { interruptSignal } from "./interrupt.js";
import { judgeCaptures } from "./judge-captures.js";
import type { AnalyzeTerms } from "./analyze-terms.js";
import { openForTerms } from "./reading-terms.js";
import { checkMatches, noTunnel } from "./no-match.js";
import { forTerminal } from "./outputs/charset.js";
import { claimOutputs, type WantedOutput } from "./outputs/outputs.js";
import { showProgress } from "./progress.js";
import { Spool } from "./spool.js";
import { VERSION } from "./version.js";
import { outputWidth } from "./width.js";
import { complain } from "./standard-error.js";
import { say, verbatim } from "../texts/message.js";

/** Longer lines are hard to read; so wide where no terminal and no COLUMNS says how wide. */
const WIDEST = 100;

/** `ikescope analyze`: reads the captures, prints the report, sets the exit status. */
export async function analyzeCommand(terms: AnalyzeTerms): Promise<void> {
  const { captures } = terms;
  const [report, evidence] = await claimOutputs(wantedOutputs(terms), terms.inputs);
  if (evidence !== undefined) await checkEvidence(evidence, captures);
  // Several captures may have to be compared.
  const isReadAgain = evidence !== undefined || captures.length > 1;
  const spool = isReadAgain && captures.includes("-") ? await Spool.create() : null;
  const interrupt = interruptSignal(captures);
  try {
    const whole = await judgeCaptures(terms, interrupt, spool);
    const { error, clocks } = whole;
    interrupt.readingIsOver();
    if (error === null) checkMatches(whole, terms.peer);
    const analysis = { ...whole, judgement: chosenJudgement(whole, terms) };
    const { judgement } = analysis;
    // Known before the first byte goes out: a reader that leaves early ends the program.
    const isReadWhole = error === null && (terms.with.length === 0 || whole.hosts.length > 0);
    process.exitCode = isReadWhole ? exitFor(judgement, terms) : EXIT.unusable;
    if (error === null || judgement.observations.packets > 0) {
      await report?.write(render(analysis, terms), evidence !== undefined);
    }
    if (evidence !== undefined && judgement.observations.packets === 0) {
      complain(say`--evidence: ${verbatim(terms.evidence?.file ?? "")} is not written: no packet was read`);
    } else if (evidence !== undefined) {
      const meter: Meter = { read: 0, total: null };
      const progress = showProgress(meter);
      try {
        const again = await openForTerms(terms, {
          clocks,
          meter,
          ...(spool === null ? {} : { stdin: spool.again() }),
        });
        await writeEvidence(
          evidence,
          again,
          judgement,
          terms.evidence?.hasKeys === true ? espKeys(analysis.opener) : [],
        );
      } finally {
        progress.end();
      }
    }
    if (terms.format === "csv") tellCut(judgement.files);
    if (error !== null) process.exitCode = reportFault(error);
  } finally {
    interrupt.dispose();
    await spool?.remove();
  }
}

/** The judgement that is reported on: all, or one tunnel. Throws UsageError where there is no such tunnel. */
function chosenJudgement({ judgement, error }: Analysis, { tunnel }: AnalyzeTerms): Judgement {
  if (tunnel === null) return judgement;
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
function wantedOutputs({ output, evidence }: AnalyzeTerms): WantedOutput[] {
  return [
    { option: "--output", file: output ?? "-" },
    ...(evidence === null ? [] : [{ option: "--evidence", file: evidence.file, isSecret: evidence.hasKeys }]),
  ];
}

function render(
  { judgement, hosts }: Analysis,
  { format, output, all, presentation, jsonTexts }: AnalyzeTerms,
): Iterable<string> {
  switch (format) {
    case "json":
      return renderJson(judgement, VERSION, presentation.names, jsonTexts);
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
            width: outputWidth(WIDEST, WIDEST, output !== null),
            presentation,
            all,
          }),
          presentation.texts.language,
        ),
      ];
  }
}

function isColoured(output: string | null): boolean {
  return output === null && process.stdout.isTTY && !process.env["NO_COLOR"];
}

function exitFor({ findings }: Judgement, { failOn }: AnalyzeTerms): number {
  if (failOn === "never") return EXIT.ok;
  // A suspicion counts as a warning: it may be no fault.
  const isFound = findings.some((finding) =>
    isAtLeast(isSuspicion(finding) ? "warning" : finding.severity, failOn),
  );
  return isFound ? EXIT.found : EXIT.ok;
}
