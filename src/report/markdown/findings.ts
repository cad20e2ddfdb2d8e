import { frameCapture, frameName, frameNumber } from "../../bytes/frame.js";
import { timeOfDay } from "../../bytes/clock.js";
import type { Finding } from "../../diagnosis/finding.js";
import type { Judgement } from "../../diagnosis/judgement.js";
import { joined, listed, type Message, say, verbatim } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import { othersText, tunnelText } from "../finding-tunnels.js";
import type { Presentation } from "../presentation.js";
import { commandsHead, rivalText } from "../words.js";
import { markdownCode, markdownText } from "./escape.js";
import { table } from "./table.js";

/** Evidence of one finding that is listed. */
const EVIDENCE = 6;

/**
 * One finding above info: what was seen, in which frames, what else it could be, and what to do. A consequence has no
 * steps of its own: it goes away with its cause. `about`: how many tunnels it holds for, where it is told once for several.
 */
export function findingMarkdown(
  finding: Finding,
  judgement: Judgement,
  presentation: Presentation,
  about: Message = tunnelText(finding, judgement),
): string[] {
  const { clock, texts } = presentation;
  const { code, severity, confidence, provenance, title, summary, evidence, rivals, remedies, references } =
    finding;
  const { files } = judgement;
  const severalFiles = files.length > 1;
  const rows = evidence
    .slice(0, EVIDENCE)
    .map(({ frame, time, text }) => [
      ...(severalFiles ? [markdownCode(files[frameCapture(frame)]?.file ?? "?")] : []),
      String(frameNumber(frame)),
      timeOfDay(clock, time),
      markdownText(text),
    ]);
  const head = [...(severalFiles ? ["capture"] : []), "frame", say`time (${clock.name})`, "what it shows"];
  const cause = finding.causedBy;
  const lines = [
    `### ${texts.of(say`${severity.toUpperCase()}: ${markdownText(title)}`)}`,
    "",
    texts.of(
      listed(
        [
          `\`${code}\``,
          confidence,
          provenance,
          ...(about === "" ? [] : [about]),
          ...(cause === null ? [] : [say`follows from ${`\`${cause}\``}`]),
        ],
        "clauses",
      ),
    ),
    "",
    markdownText(summary),
    "",
    ...(rows.length === 0 ? [] : [...table(head, rows, ["frame"], texts), ""]),
    ...hostTable(finding, presentation),
  ];
  if (cause !== null) return lines;
  const steps = remedies.map((remedy, index) => `${index + 1}. ${markdownText(remedy)}`);
  return [
    ...lines,
    ...rivals.map(
      (rival) => `- ${texts.of(rivalText(rival, markdownText(rival.separatedBy), `\`${rival.code}\``))}`,
    ),
    ...(rivals.length === 0 ? [] : [""]),
    ...(steps.length === 0 ? [] : [texts.of("What to do:"), "", ...steps, ""]),
    ...commandBlocks(finding, texts),
    texts.of(
      joined(
        references.length === 0 ? "" : say`See ${markdownText(references.join(", "))}. `,
        say`Commands: ${`\`ikescope explain ${code}\``}`,
      ),
    ),
    "",
  ];
}

/** The commands to type first, at each peer whose product is known. */
function commandBlocks({ commands }: Finding, texts: Texts): string[] {
  return commands.flatMap(({ peer, product, known, lines }) => [
    texts.of(commandsHead(verbatim(markdownCode(peer)), markdownText(product), known)),
    "",
    ...lines.map((line) => `    ${line}`),
    "",
  ]);
}

/** Lines of hosts that show it. */
function hostTable({ lines }: Finding, { texts }: Presentation): string[] {
  if (lines.length === 0) return [];
  const rows = lines
    .slice(0, EVIDENCE)
    .map(({ source, writtenTime, text }) => [
      markdownCode(source.file),
      String(source.line),
      markdownText(writtenTime),
      markdownText(text),
    ]);
  return [...table(["file", "line", "time in the log", "what it says"], rows, ["line"], texts), ""];
}

/** The notes, a line for each code; if nothing can be judged, with the steps that lead to a verdict. */
export function infoMarkdown(
  judgement: Pick<Judgement, "findings" | "files" | "status" | "tunnels">,
  texts: Texts,
): string[] {
  const { findings, files, status } = judgement;
  const infos = findings.filter(({ severity }) => severity === "info");
  const codes = [...new Set(infos.map(({ code }) => code))];
  if (codes.length === 0) return [];
  const lines = codes.flatMap((code) => {
    const [first, ...others] = infos.filter((finding) => finding.code === code);
    if (first === undefined) return [];
    const [evidence] = first.evidence;
    const frame = evidence === undefined ? "" : say` (frame ${frameName(evidence.frame, files.length > 1)})`;
    const tunnel = tunnelText(first, judgement);
    const what = listed([`\`${code}\``, ...(tunnel === "" ? [] : [tunnel])], "clauses");
    const steps = status === "nothing-to-judge" ? first.remedies : [];
    return [
      `- ${texts.of(say`${what}: ${markdownText(first.summary)}${frame}${othersText(others, judgement)}`)}`,
      ...steps.map((step, index) => `  ${index + 1}. ${markdownText(step)}`),
    ];
  });
  return [`## ${texts.of("For information")}`, "", ...lines, ""];
}
