import { dateAndTime } from "../../bytes/clock.js";
import { humanDuration } from "../../bytes/time.js";
import { peersText } from "../../diagnosis/headline.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import { formatSuite } from "../../ike/suite-text.js";
import type { KeptTunnel } from "../../session/model.js";
import { presentedJudgement } from "../presented-judgement.js";
import { listed, type Message, say } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import { isAboutTunnel, isOutageReport, recordingRemarks, tunnelsText } from "../outage/words.js";
import { PLAIN, type Presentation, presentationOf } from "../presentation.js";
import { shownSetups } from "../shown-setups.js";
import { ladderOf, namedLadder } from "../ladder/ladder.js";
import { ladderLines } from "../ladder/text.js";
import { paintFor } from "../paint.js";
import { STREAM_HEAD, streamCells } from "../tables/streams.js";
import { TURNS_HEAD, turnsRows } from "../tables/turns.js";
import {
  aliasText,
  clientsText,
  comparisonTexts,
  findingCounts,
  implementationTexts,
  moreSasText,
  notJudgedText,
  showsTurns,
  statusText,
  streamsNotKeptText,
  saStateText,
  vantageText,
  verdictWord,
} from "../words.js";
import { exemplary, worstFirst } from "../worst-first.js";
import { markdownBlock, markdownCode, markdownText } from "./escape.js";
import { findingMarkdown, infoMarkdown } from "./findings.js";
import { causeMarkdown, causesMarkdown } from "./outage.js";
import { table } from "./table.js";

/** Tunnels that are shown whole, worst first and of different kinds: a ticket takes 65,536 characters. */
const TUNNELS = 3;
/** IKE SAs of a tunnel that are listed. */
const IKE_SAS = 2;
/** Rows of a diagram. */
const LADDER_ROWS = 40;
const LADDER_WIDTH = 96;
const STREAMS = 12;
/** Rows of who followed whom. */
const TURNS = 12;

export interface MarkdownOptions {
  /** Of many tunnels all are listed, the healthy ones too. */
  readonly all?: boolean;
}

/** The report as Markdown for tickets: GitHub's dialect, without HTML. */
export function renderMarkdown(
  judged: Judgement,
  asked: Presentation = PLAIN,
  { all = false }: MarkdownOptions = {},
): string {
  const presentation = presentationOf(judged.files, asked);
  const judgement = presentedJudgement(judged, presentation);
  const { texts } = presentation;
  const lines = [
    ...verdict(judgement, texts),
    ...captures(judgement, presentation),
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

/** What is said of the recording, once for all tunnels, and of hosts without a tunnel. */
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

function captures({ files, observations }: Judgement, { clock, texts }: Presentation): string[] {
  const rows = files.map(({ file, format, packets, firstTime, lastTime }) => [
    markdownCode(file),
    format,
    String(packets),
    firstTime === null ? "" : dateAndTime(clock, firstTime),
    firstTime === null || lastTime === null ? "" : humanDuration(lastTime - firstTime),
  ]);
  const notes = files.flatMap(({ notes: said }) =>
    said.map(({ text, message = text }) => `- ${markdownText(texts.of(message))}`),
  );
  const left = notJudgedText(observations);
  return [
    ...table(["capture", "format", "packets", say`from (${clock.name})`, "span"], rows, ["packets"], texts),
    "",
    ...(notes.length === 0 ? [] : [...notes, ""]),
    ...(left === null ? [] : [texts.of(left), ""]),
  ];
}

/** Who is hit, where there are several tunnels. */
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

function tunnelMarkdown(judged: JudgedTunnel, judgement: Judgement, presentation: Presentation): string[] {
  const { clock, names, texts } = presentation;
  const { tunnel, vantage, findings, setups } = judged;
  const item = (message: Message): string => `- ${markdownText(texts.of(message))}`;
  const comparison = comparisonTexts(judged, judgement.files.length > 1);
  const isAlone = judgement.tunnels.length === 1;
  const ladder = ladderLines(namedLadder(ladderOf(judged, LADDER_ROWS), names), {
    width: LADDER_WIDTH,
    paint: paintFor(false),
    severalFiles: judgement.files.length > 1,
    clock,
    texts,
  });
  return [
    `## ${texts.of(say`Tunnel ${tunnel.id}: ${markdownText(names.in(peersText(judged)))}, ${statusText(judged)}`)}`,
    "",
    item(say`captured ${vantageText(judged)}: ${vantage.reason}`),
    ...implementationTexts(judged).map(item),
    ...clientsText(judged).map(item),
    ...tunnel.aliases.map(aliasText).map(item),
    ...shownSetups(judged, IKE_SAS).map(({ sa, progress }) => {
      const suite = progress.suite === null ? "" : say`, ${markdownText(formatSuite(progress.suite))}`;
      const state = saStateText(judged, { sa, progress });
      return `- ${texts.of(say`IKEv${sa.majorVersion} SA ${`\`${sa.initiatorSpi}\``} / ${`\`${sa.responderSpi}\``}, ${state}${suite}`)}`;
    }),
    ...(setups.length > IKE_SAS ? [item(moreSasText(setups.length - IKE_SAS))] : []),
    "",
    ...markdownBlock(ladder.map((line) => line.trimEnd())),
    "",
    ...(comparison === null
      ? []
      : [markdownText(texts.of(comparison.head)), "", ...comparison.changes.map(item), ""]),
    ...streams(judged, texts),
    ...findings
      .filter((finding) => finding.severity !== "info" && (isAboutTunnel(finding) || isAlone))
      .flatMap((finding) => findingMarkdown(finding, judgement, presentation)),
  ];
}

function streams(judged: JudgedTunnel, texts: Texts): string[] {
  const { tunnel } = judged;
  const shown = tunnel.streams.slice(0, STREAMS);
  if (shown.length === 0) return [];
  const rows = shown.map((stream) => streamCells(tunnel, stream, texts).map(markdownText));
  const left = tunnel.streams.length - shown.length;
  const notKept = streamsNotKeptText(tunnel);
  return [
    ...table(STREAM_HEAD, rows, ["packets", "bytes", "lost", "late", "dup"], texts),
    ...(left > 0 ? ["", texts.of(say`and ${left} more streams (-f json has them)`)] : []),
    ...(notKept === null ? [] : ["", texts.of(notKept)]),
    "",
    ...(showsTurns(judged) ? turns(tunnel, texts) : []),
  ];
}

/** Which SPI followed which, how often and when. */
function turns(tunnel: KeptTunnel, texts: Texts): string[] {
  const rows = turnsRows(tunnel);
  const left = rows.length - TURNS;
  return [
    ...table(
      TURNS_HEAD,
      rows.slice(0, TURNS).map((row) => row.map(markdownText)),
      ["turns", "from", "to"],
      texts,
    ),
    ...(left > 0 ? ["", texts.of(say`and ${left} more that took turns`)] : []),
    "",
  ];
}
