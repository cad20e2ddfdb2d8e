import { type Clock, dateAndTime, timeOfDay } from "../../bytes/clock.js";
import { frameName } from "../../bytes/frame.js";
import { hex32 } from "../../bytes/hex.js";
import { humanDuration, type Micros } from "../../bytes/time.js";
import type { Finding } from "../../diagnosis/finding.js";
import { peersText } from "../../diagnosis/headline.js";
import type { JudgedTunnel } from "../../diagnosis/judgement.js";
import { rootOf } from "../../diagnosis/outage/since.js";
import { formatSuite } from "../../ike/suite-text.js";
import type { ChildSa } from "../../session/esp/child-sa.js";
import { openTunnel } from "../../session/log/open-tunnel.js";
import type { Transmission } from "../../session/model.js";
import { listed, type Message, say, verbatim } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import { titleOf } from "../catalogue.js";
import type { Presentation } from "../presentation.js";
import { shownSetups } from "../shown-setups.js";
import { ladderOf, namedLadder } from "../ladder/ladder.js";
import { fateText, type Ladder, type LadderPeer, type PlacedRow } from "../ladder/row.js";
import { streamCells } from "../tables/streams.js";
import {
  aliasTexts,
  clientsText,
  comparisonTexts,
  implementationTexts,
  moreSasText,
  saStateText,
  streamsNotKeptText,
  vantageText,
} from "../words.js";
import { pageCharts } from "./charts.js";
import type { PageMessages } from "./messages.js";
import type { PageFinding } from "./page-finding.js";
import type { PageChildSa, PageStream, PageTunnel, PageTunnelRow } from "./page-tunnel.js";
import type { PageArrow, PageLadder, PagePeer } from "./page-ladder.js";

/** Rows of one ladder, Child SAs and streams of one tunnel, and IKE SAs that are told as facts. */
const LIMIT = { rows: 300, childSas: 50, streams: 50, ikeSas: 6 } as const;
/** A shorter pause goes without saying. */
const PAUSE = 1_000_000;

/** The room of a page beside the verdicts; counted down as tunnels are added. */
export interface PageRoom {
  readonly messages: PageMessages;
  readonly severalFiles: boolean;
  ladderRows: number;
  readonly presentation: Presentation;
}

/** A tunnel as the list of tunnels shows it. */
export function pageTunnelRow(
  judged: JudgedTunnel,
  { severalFiles, presentation }: Pick<PageRoom, "severalFiles" | "presentation">,
): PageTunnelRow {
  const { clock, names, texts } = presentation;
  const { status, failingPhase, findings } = judged;
  const tunnel = openTunnel(judged.tunnel);
  const versions = [...new Set(tunnel.ikeSas.map(({ majorVersion }) => `IKEv${majorVersion}`))];
  return {
    id: tunnel.id,
    peers: names.in(peersText(judged)),
    status,
    phase: failingPhase,
    root: rootOf(judged)?.code ?? null,
    codes: [...new Set(findings.map(({ code }) => code))],
    version: versions.join(", "),
    ikeMessages: tunnel.ikeSas.reduce(
      (sum, { exchanges }) =>
        exchanges.reduce((count, { request, response }) => count + tries(request) + tries(response), sum),
      0,
    ),
    espPackets: tunnel.streams.reduce((sum, { packets }) => sum + packets, 0),
    start: clockText(clock, tunnel.firstTime).slice(0, 19),
    facts: facts(judged, severalFiles).map((message) => texts.of(message)),
  };
}

export function pageTunnel(judged: JudgedTunnel, room: PageRoom): PageTunnel {
  const { clock, names } = room.presentation;
  const { tunnel, childSas } = judged;
  return {
    ...pageTunnelRow(judged, room),
    headline: rootOf(judged)?.headline ?? null,
    findings: judged.findings.map((finding) => pageFinding(finding, room)),
    ladder: room.ladderRows > 0 ? pageLadder(namedLadder(ladderOf(judged, LIMIT.rows), names), room) : null,
    childSas: childSas.slice(0, LIMIT.childSas).map((child) => childSa(child, room)),
    streams: streams(judged, room.presentation),
    charts: pageCharts(tunnel, clock),
    streamsLeftOut: Math.max(0, tunnel.streams.length - LIMIT.streams),
  };
}

export function pageFinding(finding: Finding, { severalFiles, presentation }: PageRoom): PageFinding {
  const { code, severity, confidence, provenance, causedBy, summary, evidence, lines, rivals } = finding;
  return {
    code,
    severity,
    confidence,
    provenance,
    causedBy,
    summary,
    evidence: evidence.map(({ frame, time, text }) => ({
      frame: frameName(frame, severalFiles),
      time: clockText(presentation.clock, time).slice(11),
      text,
    })),
    lines: lines.map(({ source, writtenTime, text }) => ({
      place: presentation.texts.of(say`${verbatim(source.file)} line ${source.line}`),
      time: writtenTime,
      text,
    })),
    rivals: rivals.map((rival) => ({ ...rival, title: presentation.texts.of(titleOf(rival.code)) })),
  };
}

function tries(transmission: Transmission | null): number {
  return transmission?.tries ?? 0;
}

function facts(judged: JudgedTunnel, severalFiles: boolean): Message[] {
  const { tunnel, vantage, setups } = judged;
  const comparison = comparisonTexts(judged, severalFiles);
  const more = setups.length - LIMIT.ikeSas;
  const streamsNotKept = streamsNotKeptText(tunnel);
  return [
    say`Captured ${vantageText(judged)}: ${vantage.reason}`,
    ...implementationTexts(judged),
    ...clientsText(judged),
    ...aliasTexts(judged),
    ...shownSetups(judged, LIMIT.ikeSas).map(({ sa, progress }) => {
      const suite = progress.suite === null ? "" : say`, ${formatSuite(progress.suite)}`;
      return say`IKEv${sa.majorVersion} SA ${sa.initiatorSpi} / ${sa.responderSpi}: ${saStateText(judged, { sa, progress })}${suite}`;
    }),
    ...(more > 0 ? [moreSasText(more)] : []),
    ...(streamsNotKept === null ? [] : [streamsNotKept]),
    ...(comparison === null ? [] : [comparison.head, ...comparison.changes]),
    ...(judged.next === null ? [] : [judged.next]),
  ];
}

function pageLadder({ left, right, start, rows, notes }: Ladder, room: PageRoom): PageLadder {
  const { texts } = room.presentation;
  room.ladderRows -= rows.length;
  return {
    left: pagePeer(left, texts),
    right: pagePeer(right, texts),
    start: `${clockText(room.presentation.clock, start)} ${room.presentation.clock.name}`,
    rows: rows.map((row) => (row.kind === "omitted" ? row : pageArrow(row, start, room))),
    notes: notes.map((note) => texts.of(note)),
  };
}

function pagePeer({ address, role, about }: LadderPeer, texts: Texts): PagePeer {
  return { address, about: texts.of(listed([...(role === null ? [] : [role]), ...about])) };
}

function pageArrow(
  row: PlacedRow,
  start: number,
  { messages, severalFiles, presentation: { texts } }: PageRoom,
): PageArrow {
  const { kind, time, gap, hasTraffic, isCited, frames, from, to, title, details, fate, attempt, message } =
    row;
  const silence = humanDuration(gap);
  const pause = gap < PAUSE ? null : texts.of(hasTraffic ? say`${silence}, ESP goes on` : silence);
  const became = fateText(row);
  return {
    kind,
    time: `+${humanDuration(time - start)}`,
    gap,
    pause,
    frames: frames.map((frame) => frameName(frame, severalFiles)),
    isCited,
    from,
    to,
    title: texts.of(title),
    details: details.map((detail) => texts.of(detail)),
    fate,
    repeats: attempt > 1,
    fateText: became === null ? null : texts.of(became),
    message: message === null ? null : messages.indexOf(message),
  };
}

function childSa(
  { forward, backward, confidence, reason, madeBy }: ChildSa,
  { severalFiles, presentation: { clock, texts } }: PageRoom,
): PageChildSa {
  const espSas = [forward, backward].filter((espSa) => espSa !== null);
  const spi = (espSa: ChildSa["forward"]): string => (espSa === null ? "" : hex32(espSa.spi));
  return {
    forward: spi(forward),
    backward: spi(backward),
    packets: `${forward?.packets ?? 0} / ${backward?.packets ?? 0}`,
    first: clockText(clock, Math.min(...espSas.map(({ firstTime }) => firstTime))).slice(11),
    last: clockText(clock, Math.max(...espSas.map(({ lastTime }) => lastTime))).slice(11),
    madeBy:
      madeBy === null ? "" : texts.of(say`${madeBy.by}, frame ${frameName(madeBy.frame, severalFiles)}`),
    pairedBy: texts.of(say`${confidence}: ${reason}`),
  };
}

function streams({ tunnel }: JudgedTunnel, { clock, texts }: Presentation): PageStream[] {
  return tunnel.streams.slice(0, LIMIT.streams).map((stream) => {
    const [way = "", carrier = "", spi = "", , , sequence = ""] = streamCells(tunnel, stream, texts);
    return {
      way,
      carrier,
      spi,
      packets: stream.packets,
      bytes: stream.bytes,
      first: clockText(clock, stream.firstTime).slice(11),
      last: clockText(clock, stream.lastTime).slice(11),
      sequence,
      lost: stream.lost,
      late: stream.reordered,
      duplicates: stream.duplicates,
      largest: stream.largest,
    };
  });
}

/** "2026-11-21 17:14:58.233480" as the clock shows it. */
function clockText(clock: Clock, time: Micros): string {
  return dateAndTime(clock, time) + timeOfDay(clock, time).slice("HH:MM:SS".length);
}
