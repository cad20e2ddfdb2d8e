import { printable } from "../../bytes/text.js";
import { peersText } from "../../diagnosis/headline.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import { formatSuite } from "../../ike/suite-text.js";
import { ladderOf, namedLadder } from "../ladder/ladder.js";
import type { LadderRow } from "../ladder/row.js";
import { linesWithRows } from "../ladder/text.js";
import { namedJudgement } from "../named-judgement.js";
import type { Paint } from "../paint.js";
import type { Presentation } from "../presentation.js";
import { comparisonLines, findingLines, infoLines } from "../text-findings.js";
import { streamTable, turnsTable } from "../text-tables.js";
import {
  aliasText,
  clientsText,
  implementationTexts,
  showsTurns,
  statusText,
  streamsNotKeptText,
  vantageText,
} from "../words.js";
import { wrap } from "../wrap.js";
import { type PageLine, plainLines, type Target } from "./page-line.js";

/** Rows of the ladder; of more the first and the last stay, and those that findings cite. */
const LADDER_ROWS = 5000;
/** IKE SAs that are named; the ladder has all. */
const IKE_SAS = 12;

/** All about a tunnel, most lines at most `width` columns wide: who and how it stands, findings, ESP, the ladder. */
export function tunnelPage(
  judged: JudgedTunnel,
  judgement: Judgement,
  width: number,
  paint: Paint,
  { clock, names }: Presentation,
): PageLine[] {
  const named = namedJudgement({ ...judgement, tunnels: [judged], findings: judged.findings }, names);
  const [own = judged] = named.tunnels;
  const { findings } = named;
  const faults = findings.filter(({ severity }) => severity !== "info");
  return [
    ...plainLines(headLines(own, width, paint, names.in(peersText(own)))),
    { text: "", target: null },
    section(`Findings (${findings.length})`, paint),
    ...plainLines([
      ...faults.flatMap((finding) => findingLines(finding, named, width, paint, clock)),
      ...infoLines(named, width, paint),
      ...(findings.length === 0 ? ["No finding.", ""] : [""]),
    ]),
    section(`ESP (${own.tunnel.streams.length} streams)`, paint),
    ...plainLines(espLines(own, width)),
    { text: "", target: null },
    section("Ladder; Enter opens a message", paint),
    ...linesWithRows(namedLadder(ladderOf(own, LADDER_ROWS), names), {
      width,
      paint,
      severalFiles: judgement.files.length > 1,
      clock,
    }).map(({ text, row }) => ({ text, target: row === null ? null : targetOf(row) })),
  ];
}

function section(title: string, paint: Paint): PageLine {
  return { text: paint.bold(title), target: null, isSection: true };
}

function headLines(judged: JudgedTunnel, width: number, paint: Paint, peers: string): string[] {
  const { tunnel, status, vantage, setups } = judged;
  const text = (line: string): string[] => wrap(printable(line), width, "    ", "  ");
  const shown = setups.slice(-IKE_SAS);
  return [
    ...wrap(printable(peers), width, "  ", `Tunnel ${tunnel.id}  `).map(paint.bold),
    `  ${paint.status(status, statusText(judged))}`,
    ...text(judged.standing),
    ...text(`captured ${vantageText(vantage.place)}: ${vantage.reason}`).map(paint.dim),
    ...implementationTexts(judged).flatMap(text),
    ...clientsText(judged).flatMap(text),
    ...tunnel.aliases.flatMap((alias) => text(aliasText(alias))),
    ...(setups.length > shown.length ? [`  ${setups.length - shown.length} earlier IKE SAs`] : []),
    ...shown.flatMap(({ sa, progress }) =>
      text(
        `IKEv${sa.majorVersion} SA ${sa.initiatorSpi} / ${sa.responderSpi}, ${progress.state.replaceAll("-", " ")}${progress.suite === null ? "" : `, ${formatSuite(progress.suite)}`}`,
      ),
    ),
    ...comparisonLines(judged, width),
  ];
}

function espLines(judged: JudgedTunnel, width: number): string[] {
  const { tunnel } = judged;
  const notKept = streamsNotKeptText(tunnel);
  if (tunnel.streams.length === 0) return ["No ESP or AH packet."];
  return [
    ...streamTable(tunnel, width, Infinity),
    ...(notKept === null ? [] : wrap(notKept, width, "  ")),
    ...(showsTurns(judged) ? turnsTable(tunnel, width) : []),
  ];
}

function targetOf({ kind, frames }: LadderRow): Target | null {
  return (kind === "message" || kind === "malformed") && frames.length > 0
    ? { kind: "message", frames }
    : null;
}
