import { printable } from "../../bytes/text.js";
import type { FrameRef } from "../../bytes/frame.js";
import { peersText } from "../../diagnosis/headline.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import { rootOf } from "../../diagnosis/outage/since.js";
import { formatSuite } from "../../ike/suite-text.js";
import { type Message, say } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import type { JoinedHost } from "../../joint/joined.js";
import { hostLinesOf } from "../ladder/host-lines.js";
import { ladderOf, namedLadder } from "../ladder/ladder.js";
import type { Ladder, LadderRow } from "../ladder/row.js";
import { linesWithRows } from "../ladder/text.js";
import { namedJudgement } from "../named-judgement.js";
import type { Paint } from "../paint.js";
import type { Presentation } from "../presentation.js";
import { translatedJudgement } from "../presented-judgement.js";
import { citedFindingLines, comparisonLines, type FindingStyle, infoLines } from "../text-findings.js";
import { streamTable } from "../tables/streams.js";
import { turnsTable } from "../tables/turns.js";
import {
  aliasTexts,
  clientsText,
  implementationTexts,
  showsTurns,
  saStateText,
  statusText,
  streamsNotKeptText,
  vantageText,
} from "../words.js";
import { wrap } from "../wrap.js";
import { type PageLine, plainLines, type Target } from "./page-line.js";
import { clockedTexts } from "../clocked-texts.js";

/** Rows of the ladder; of more the first and the last stay, and those that findings cite. */
const LADDER_ROWS = 5000;
/** IKE SAs that are named; the ladder has all. */
const IKE_SAS = 12;

/** All about a tunnel, most lines at most `width` columns wide: who and how it stands, findings, ESP, the ladder with the lines of `hosts`. */
export function tunnelPage(
  judged: JudgedTunnel,
  judgement: Judgement,
  width: number,
  paint: Paint,
  presentation: Presentation,
  hosts: readonly JoinedHost[] = [],
): PageLine[] {
  const { clock, names, texts } = presentation;
  const own = { ...judgement, tunnels: [judged], findings: judged.findings };
  const named = namedJudgement(translatedJudgement(own, clockedTexts(texts, clock)), names);
  const style: FindingStyle = { width, paint, clock, texts };
  const [shown = judged] = named.tunnels;
  const severalFiles = judgement.files.length > 1;
  const { findings } = named;
  const faults = findings.filter(({ severity }) => severity !== "info");
  const ladder = namedLadder(ladderOf(shown, LADDER_ROWS), names);
  const messages = messagesByFrame(ladder);
  const cited = faults.flatMap((finding) => citedFindingLines(finding, named, style));
  return [
    ...plainLines(headLines(shown, { severalFiles, width }, paint, names.in(peersText(shown)), texts)),
    { text: "", target: null },
    section(texts.of(say`Findings (${findings.length})`), paint),
    ...cited.map(({ text, frame }) => ({
      text,
      target: frame === null ? null : (messages.get(frame) ?? null),
    })),
    ...plainLines([
      ...infoLines(named, style),
      ...(findings.length === 0 ? [texts.of("No finding."), ""] : [""]),
    ]),
    section(texts.of(say`ESP (${shown.tunnel.streams.length} streams)`), paint),
    ...plainLines(espLines(shown, width, texts)),
    { text: "", target: null },
    section(texts.of("Ladder; Enter opens a message"), paint),
    ...linesWithRows(ladder, {
      ...style,
      severalFiles,
      hostLines: hostLinesOf(hosts, shown.tunnel, severalFiles).lines,
    }).map(({ text, row }) => ({ text, target: row === null ? null : targetOf(row) })),
  ];
}

function section(title: string, paint: Paint): PageLine {
  return { text: paint.bold(title), target: null, isSection: true };
}

function headLines(
  judged: JudgedTunnel,
  { severalFiles, width }: { readonly severalFiles: boolean; readonly width: number },
  paint: Paint,
  peers: string,
  texts: Texts,
): string[] {
  const { tunnel, status, vantage, setups } = judged;
  const root = rootOf(judged);
  const text = (line: Message): string[] => wrap(printable(texts.of(line)), width, "    ", "  ");
  const shown = setups.slice(-IKE_SAS);
  return [
    ...wrap(printable(peers), width, "  ", `${texts.of(say`Tunnel ${tunnel.id}`)}  `).map(paint.bold),
    `  ${paint.status(status, texts.of(statusText(judged)))}`,
    ...(root === undefined ? [] : text(root.messages.headline)),
    ...(root === undefined || status === "degraded" ? text(judged.standing) : []),
    ...text(say`captured ${vantageText(judged)}: ${vantage.reason}`).map(paint.dim),
    ...implementationTexts(judged).flatMap(text),
    ...clientsText(judged).flatMap(text),
    ...aliasTexts(judged).flatMap(text),
    ...(setups.length > shown.length ? text(say`${setups.length - shown.length} earlier IKE SAs`) : []),
    ...shown.flatMap(({ sa, progress }) =>
      text(
        say`IKEv${sa.majorVersion} SA ${sa.initiatorSpi} / ${sa.responderSpi}, ${saStateText(judged, { sa, progress })}${progress.suite === null ? "" : say`, ${formatSuite(progress.suite)}`}`,
      ),
    ),
    ...comparisonLines(judged, severalFiles, width, texts),
    ...(judged.next === null ? [] : text(judged.next)),
  ];
}

function espLines(judged: JudgedTunnel, width: number, texts: Texts): string[] {
  const { tunnel } = judged;
  const notKept = streamsNotKeptText(tunnel);
  if (tunnel.streams.length === 0) return [texts.of("No ESP or AH packet.")];
  return [
    ...streamTable(tunnel, width, texts, Infinity),
    ...(notKept === null ? [] : wrap(texts.of(notKept), width, "  ")),
    ...(showsTurns(judged) ? turnsTable(tunnel, width, texts) : []),
  ];
}

/** The page that Enter opens from evidence that cites a frame of a message. */
function messagesByFrame({ rows }: Ladder): Map<FrameRef, Target> {
  const found = new Map<FrameRef, Target>();
  for (const row of rows) {
    const target = row.kind === "omitted" ? null : targetOf(row);
    if (target?.kind === "message") for (const frame of target.frames) found.set(frame, target);
  }
  return found;
}

function targetOf({ kind, frames }: LadderRow): Target | null {
  return (kind === "message" || kind === "malformed") && frames.length > 0
    ? { kind: "message", frames }
    : null;
}
