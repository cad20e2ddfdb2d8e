import { type Clock, dateAndTime } from "../../bytes/clock.js";
import { humanDuration } from "../../bytes/time.js";
import { peersText } from "../../diagnosis/headline.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import { formatSuite } from "../../ike/suite-text.js";
import type { KeptTunnel } from "../../session/model.js";
import { namedJudgement } from "../named-judgement.js";
import { PLAIN, type Presentation } from "../presentation.js";
import { ladderOf, namedLadder } from "../ladder/ladder.js";
import { ladderLines } from "../ladder/text.js";
import { paintFor } from "../paint.js";
import { STREAM_HEAD, streamCells, TURNS_HEAD, turnsRows } from "../text-tables.js";
import {
  aliasText,
  clientsText,
  comparisonTexts,
  findingCounts,
  implementationTexts,
  notJudgedText,
  showsTurns,
  statusText,
  streamsNotKeptText,
  vantageText,
  verdictWord,
} from "../words.js";
import { exemplary } from "../worst-first.js";
import { markdownBlock, markdownCode, markdownTable, markdownText } from "./escape.js";
import { findingMarkdown, infoMarkdown } from "./findings.js";

/** Tunnels that are shown whole, worst first and of different kinds: a ticket takes 65,536 characters. */
const TUNNELS = 3;
/** Tunnels of the list, where there are several. */
const LISTED = 20;
/** Rows of a diagram. */
const LADDER_ROWS = 40;
const LADDER_WIDTH = 96;
const STREAMS = 12;
/** Rows of who followed whom. */
const TURNS = 12;

/** The report as Markdown for tickets: GitHub's dialect, without HTML. */
export function renderMarkdown(judged: Judgement, presentation: Presentation = PLAIN): string {
  const judgement = namedJudgement(judged, presentation.names);
  const { clock } = presentation;
  const { tunnels, findings } = judgement;
  const shown = exemplary(tunnels, TUNNELS);
  const aboutAll = findings.filter(({ tunnel, severity }) => tunnel === null && severity !== "info");
  const lines = [
    ...verdict(judgement),
    ...captures(judgement, clock),
    ...overview(judgement, presentation),
    ...aboutAll.flatMap((finding) => findingMarkdown(finding, judgement, clock)),
    ...shown.flatMap((tunnel) => tunnelMarkdown(tunnel, judgement, presentation)),
    ...(tunnels.length > shown.length
      ? [`${tunnels.length - shown.length} more tunnels are not shown here.`, ""]
      : []),
    ...infoMarkdown(findings),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function verdict(judgement: Judgement): string[] {
  const [who = "", ...what] = judgement.headline.split("  ");
  const word = verdictWord(judgement);
  return [
    `# ${word}: ${markdownText(who)}`,
    "",
    ...(what.length === 0 ? [] : [`**${markdownText(what.join("; "))}**`, ""]),
  ];
}

function captures({ files, observations }: Judgement, clock: Clock): string[] {
  const rows = files.map(({ file, format, packets, firstTime, lastTime }) => [
    markdownCode(file),
    format,
    String(packets),
    firstTime === null ? "" : dateAndTime(clock, firstTime),
    firstTime === null || lastTime === null ? "" : humanDuration(lastTime - firstTime),
  ]);
  const notes = files.flatMap(({ notes: said }) => said.map(({ text }) => `- ${markdownText(text)}`));
  const left = notJudgedText(observations);
  return [
    ...markdownTable(["capture", "format", "packets", `from (${clock.name})`, "span"], rows, ["packets"]),
    "",
    ...(notes.length === 0 ? [] : [...notes, ""]),
    ...(left === null ? [] : [left, ""]),
  ];
}

/** Who is hit, where there are several tunnels. */
function overview(judgement: Judgement, { names }: Presentation): string[] {
  const { tunnels, scope, shared } = judgement;
  if (tunnels.length < 2) return [];
  const failing = tunnels.filter(({ status }) => status === "failing").length;
  const listed = exemplary(tunnels, LISTED);
  return [
    `## ${tunnels.length} tunnels`,
    "",
    ...(failing === 0 ? [] : [`Scope: ${scope.replaceAll("-", " ")}, ${failing} of ${tunnels.length} fail.`]),
    ...(shared.length === 0 ? [] : [`They share ${shared.map(markdownText).join(", ")}.`]),
    ...(failing === 0 ? [] : [""]),
    ...markdownTable(
      ["finding", "severity", "tunnels"],
      findingCounts(judgement).map(({ code, severity, count }) => [`\`${code}\``, severity, String(count)]),
      ["tunnels"],
    ),
    "",
    ...markdownTable(
      ["tunnel", "peers", "status", "root"],
      listed.map((judged) => [
        String(judged.tunnel.id),
        markdownText(names.in(peersText(judged))),
        statusText(judged),
        rootCode(judged),
      ]),
      ["tunnel"],
    ),
    ...(tunnels.length > listed.length ? ["", `and ${tunnels.length - listed.length} more`] : []),
    "",
  ];
}

function rootCode({ findings }: JudgedTunnel): string {
  const root = findings.find(({ severity }) => severity !== "info");
  return root === undefined ? "" : `\`${root.code}\``;
}

function tunnelMarkdown(
  judged: JudgedTunnel,
  judgement: Judgement,
  { clock, names }: Presentation,
): string[] {
  const { tunnel, vantage, findings, setups } = judged;
  const comparison = comparisonTexts(judged);
  const ladder = ladderLines(namedLadder(ladderOf(judged, LADDER_ROWS), names), {
    width: LADDER_WIDTH,
    paint: paintFor(false),
    severalFiles: judgement.files.length > 1,
    clock,
  });
  return [
    `## Tunnel ${tunnel.id}: ${markdownText(names.in(peersText(judged)))}, ${statusText(judged)}`,
    "",
    `- captured ${vantageText(vantage.place)}: ${markdownText(vantage.reason)}`,
    ...implementationTexts(judged).map((text) => `- ${markdownText(text)}`),
    ...clientsText(judged).map((text) => `- ${markdownText(text)}`),
    ...tunnel.aliases.map((alias) => `- ${markdownText(aliasText(alias))}`),
    ...setups.slice(0, 2).map(({ sa, progress }) => {
      const suite = progress.suite === null ? "" : `, ${formatSuite(progress.suite)}`;
      const state = progress.state.replaceAll("-", " ");
      return `- IKEv${sa.majorVersion} SA \`${sa.initiatorSpi}\` / \`${sa.responderSpi}\`, ${state}${markdownText(suite)}`;
    }),
    ...(setups.length > 2
      ? [`- ${setups.length - 2} more IKE SA${setups.length === 3 ? "" : "s"} between these peers`]
      : []),
    "",
    ...markdownBlock(ladder.map((line) => line.trimEnd())),
    "",
    ...(comparison === null
      ? []
      : [
          markdownText(comparison.head),
          "",
          ...comparison.changes.map((text) => `- ${markdownText(text)}`),
          "",
        ]),
    ...streams(judged),
    ...findings
      .filter(({ severity }) => severity !== "info")
      .flatMap((finding) => findingMarkdown(finding, judgement, clock)),
  ];
}

function streams(judged: JudgedTunnel): string[] {
  const { tunnel } = judged;
  const shown = tunnel.streams.slice(0, STREAMS);
  if (shown.length === 0) return [];
  const rows = shown.map((stream) => streamCells(tunnel, stream).map(markdownText));
  const left = tunnel.streams.length - shown.length;
  const notKept = streamsNotKeptText(tunnel);
  return [
    ...markdownTable(STREAM_HEAD, rows, ["packets", "bytes", "lost", "late", "dup"]),
    ...(left > 0 ? ["", `and ${left} more streams`] : []),
    ...(notKept === null ? [] : ["", notKept]),
    "",
    ...(showsTurns(judged) ? turns(tunnel) : []),
  ];
}

/** Which SPI followed which, how often and when. */
function turns(tunnel: KeptTunnel): string[] {
  const rows = turnsRows(tunnel);
  const left = rows.length - TURNS;
  return [
    ...markdownTable(
      TURNS_HEAD,
      rows.slice(0, TURNS).map((row) => row.map(markdownText)),
      ["turns", "from", "to"],
    ),
    ...(left > 0 ? ["", `and ${left} more that took turns`] : []),
    "",
  ];
}
