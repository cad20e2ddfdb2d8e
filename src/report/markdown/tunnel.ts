import { peersText } from "../../diagnosis/headline.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import { formatSuite } from "../../ike/suite-text.js";
import type { KeptTunnel } from "../../session/model.js";
import { type Message, say } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import { ladderOf, namedLadder } from "../ladder/ladder.js";
import { ladderLines } from "../ladder/text.js";
import { isAboutTunnel } from "../outage/words.js";
import { paintFor } from "../paint.js";
import type { Presentation } from "../presentation.js";
import { shownSetups } from "../shown-setups.js";
import { STREAM_HEAD, streamCells } from "../tables/streams.js";
import { TURNS_HEAD, turnsRows } from "../tables/turns.js";
import {
  aliasTexts,
  clientsText,
  comparisonTexts,
  implementationTexts,
  moreSasText,
  saStateText,
  showsTurns,
  statusText,
  streamsNotKeptText,
  vantageText,
} from "../words.js";
import { markdownBlock, markdownText } from "./escape.js";
import { findingMarkdown } from "./findings.js";
import { table } from "./table.js";

/** IKE SAs of a tunnel that are listed. */
const IKE_SAS = 2;
/** Rows of a diagram. */
const LADDER_ROWS = 40;
const LADDER_WIDTH = 96;
const STREAMS = 12;
/** Rows of the table of turns. */
const TURNS = 12;

/** A tunnel: its facts, its ladder, its streams and its findings. */
export function tunnelMarkdown(
  judged: JudgedTunnel,
  judgement: Judgement,
  presentation: Presentation,
): string[] {
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
    ...aliasTexts(judged).map(item),
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
    ...(judged.next === null ? [] : [markdownText(texts.of(judged.next)), ""]),
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

/** SPIs whose packets followed one another, how often and when. */
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
