import { startShown } from "../../bytes/clock.js";
import { humanDuration } from "../../bytes/time.js";
import { peersText } from "../../diagnosis/headline.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import { presentedJudgement } from "../presented-judgement.js";
import { listed, say } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import { isOutageReport, recordingRemarks, tunnelsText } from "../outage/words.js";
import { leftOutText, shownJudgement } from "../shown-judgement.js";
import { PLAIN, type Presentation, presentationOf } from "../presentation.js";
import { findingCounts, notJudgedText, statusText, verdictWord } from "../words.js";
import { exemplary, worstFirst } from "../worst-first.js";
import { markdownCode, markdownText } from "./escape.js";
import { findingMarkdown, infoMarkdown } from "./findings.js";
import { causeMarkdown, causesMarkdown } from "./outage.js";
import { table } from "./table.js";
import { tunnelMarkdown } from "./tunnel.js";

/** Tunnels that are shown whole, worst first and of different kinds: a ticket takes 65,536 characters. */
const TUNNELS = 3;

export interface MarkdownOptions {
  /** All tunnels are listed, the healthy ones too. */
  readonly all?: boolean;
}

/** The report as Markdown for tickets: GitHub's dialect, without HTML. */
export function renderMarkdown(
  judged: Judgement,
  asked: Presentation = PLAIN,
  { all = false }: MarkdownOptions = {},
): string {
  const presentation = presentationOf(judged.files, asked);
  const whole = presentedJudgement(judged, presentation);
  const judgement = all ? whole : shownJudgement(whole);
  const { texts } = presentation;
  const lines = [
    ...verdict(judgement, texts),
    ...captures(judgement, whole, presentation),
    ...(isOutageReport(judgement)
      ? outage(judgement, presentation, all)
      : eachTunnel(judgement, presentation)),
    ...infoMarkdown(judgement, texts),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

/** Tunnels one by one, the worst first. */
function eachTunnel(judgement: Judgement, presentation: Presentation): string[] {
  const { tunnels } = judgement;
  const { texts } = presentation;
  const shown = exemplary(tunnels, TUNNELS);
  return [
    ...overview(judgement, presentation),
    ...remarks(judgement, presentation),
    ...shown.flatMap((tunnel) => tunnelMarkdown(tunnel, judgement, presentation)),
    ...(tunnels.length > shown.length
      ? [
          texts.of(
            say`${tunnels.length - shown.length} more tunnels are not shown here: --tunnel shows each.`,
          ),
          "",
        ]
      : []),
  ];
}

/** Many tunnels by what is wrong with them, each cause with one tunnel as an example. */
function outage(judgement: Judgement, presentation: Presentation, all: boolean): string[] {
  return [
    ...causesMarkdown(judgement, presentation, all),
    ...judgement.causes
      .slice(0, TUNNELS)
      .flatMap((cause) => [
        ...causeMarkdown(cause, judgement, presentation),
        ...tunnelMarkdown(cause.example, judgement, presentation),
      ]),
    ...remarks(judgement, presentation),
  ];
}

/** Findings about the recording, once for all tunnels, and about hosts without a tunnel. */
function remarks(judgement: Judgement, presentation: Presentation): string[] {
  return recordingRemarks(judgement)
    .filter(({ tunnels }) => tunnels === 0 || judgement.tunnels.length > 1)
    .flatMap(({ finding, tunnels }) =>
      findingMarkdown(finding, judgement, presentation, tunnels === 0 ? "" : tunnelsText(tunnels)),
    );
}

function verdict(judgement: Judgement, texts: Texts): string[] {
  const [who = "", ...what] = judgement.headline.split("  ");
  const word = texts.of(verdictWord(judgement));
  return [
    `# ${texts.of(say`${word}: ${markdownText(who)}`)}`,
    "",
    ...(what.length === 0 ? [] : [`**${markdownText(what.join("; "))}**`, ""]),
  ];
}

function captures(judgement: Judgement, whole: Judgement, { clock, texts }: Presentation): string[] {
  const { files, observations } = judgement;
  const rows = files.map(({ file, format, packets, firstTime, lastTime }) => [
    markdownCode(file),
    format,
    String(packets),
    firstTime === null ? "" : startShown(clock, firstTime),
    firstTime === null || lastTime === null ? "" : humanDuration(lastTime - firstTime),
  ]);
  const notes = files.flatMap(({ notes: said }) =>
    said.map(({ text, message = text }) => `- ${markdownText(texts.of(message))}`),
  );
  const left = [leftOutText(whole, judgement), notJudgedText(observations)].filter((text) => text !== null);
  return [
    ...table(["capture", "format", "packets", say`from (${clock.name})`, "span"], rows, ["packets"], texts),
    "",
    ...(notes.length === 0 ? [] : [...notes, ""]),
    ...left.flatMap((text) => [texts.of(text), ""]),
  ];
}

/** The tunnels that are hit, where there are several. */
function overview(judgement: Judgement, { names, texts }: Presentation): string[] {
  const { tunnels, scope, shared } = judgement;
  if (tunnels.length < 2) return [];
  const failing = tunnels.filter(({ status }) => status === "failing").length;
  return [
    `## ${texts.of(say`${tunnels.length} tunnels`)}`,
    "",
    ...(failing === 0
      ? []
      : [texts.of(say`Scope: ${scope.replaceAll("-", " ")}, ${failing} of ${tunnels.length} fail.`)]),
    ...(shared.length === 0 ? [] : [texts.of(say`They share ${listed(shared.map(markdownText))}.`)]),
    ...(failing === 0 ? [] : [""]),
    ...table(
      ["finding", "severity", "tunnels"],
      findingCounts(judgement).map(({ code, severity, count }) => [
        `\`${code}\``,
        texts.of(severity),
        String(count),
      ]),
      ["tunnels"],
      texts,
    ),
    "",
    ...table(
      ["tunnel", "peers", "status", "root"],
      worstFirst(tunnels).map((judged) => [
        String(judged.tunnel.id),
        markdownText(names.in(peersText(judged))),
        texts.of(statusText(judged)),
        rootCode(judged),
      ]),
      ["tunnel"],
      texts,
    ),
    "",
  ];
}

function rootCode({ findings }: JudgedTunnel): string {
  const root = findings.find(({ severity }) => severity !== "info");
  return root === undefined ? "" : `\`${root.code}\``;
}
