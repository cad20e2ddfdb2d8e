import { hex32 } from "../../bytes/hex.js";
import { printable } from "../../bytes/text.js";
import { type Clock, dateAndTime } from "../../bytes/clock.js";
import { humanDuration, type Micros } from "../../bytes/time.js";
import { humanBytes } from "../../bytes/size.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import type { RaisedFinding } from "../../live/raised.js";
import type { LiveDirection, LiveTunnel } from "../../live/tunnel.js";
import { listed, type Message, say } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import { presentedFinding } from "../presented-judgement.js";
import { PLAIN, type Presentation } from "../presentation.js";
import { ladderOf, namedLadder } from "../ladder/ladder.js";
import { ladderLines } from "../ladder/text.js";
import type { Paint } from "../paint.js";
import { findingLines, infoLines } from "../text-findings.js";
import { clientsText, implementationTexts, vantageText } from "../words.js";
import { wrap } from "../wrap.js";
import { percentage, shortRate } from "./numbers.js";
import { paintState, stateText } from "./state.js";

/** Rows of the ladder: the first and the last stay, and what findings cite. The page is made anew all the time. */
const ROWS = 400;
/** Pairs of SPIs that are named. */
const PAIRS = 8;

/** How a tunnel stands now: who, its state, what flows, what is raised. */
export function tunnelHead(
  tunnel: LiveTunnel,
  now: Micros,
  width: number,
  paint: Paint,
  { clock, names }: Presentation = PLAIN,
): string[] {
  const { id, peers, version, state, since, phase, findings, lastExchange, retransmissions } = tunnel;
  const arrow = version === null ? "<->" : "->";
  const inPhase = phase === null ? "" : ` in ${phase}`;
  const stands = `for ${humanDuration(now - since)}, since ${clockText(clock, since)}`;
  const exchange =
    lastExchange === null
      ? []
      : [
          `last exchange ${printable(lastExchange.name)} ${lastExchange.messageId}, ${humanDuration(now - lastExchange.time)} ago, ${lastExchange.answered ? "answered" : "no answer"}${lastExchange.tries > 1 ? `, ${lastExchange.tries} attempts` : ""}`,
        ];
  const [first, second] = [printable(peers[0]), printable(peers[1])];
  return [
    ...wrap(names.in(`${first} ${arrow} ${second}`), width, "  ", `Tunnel ${id}  `).map(paint.bold),
    ...wrap(`${stateText(state)}${inPhase}, ${stands}`, width, "    ", "  ").map((line) =>
      paintState(state, line, paint),
    ),
    ...[
      `${version === null ? "only ESP or AH seen" : `IKEv${version}`}, ${[...exchange, `${retransmissions} sent again`].join(", ")}`,
      `-> ${flowText(tunnel.directions[0])}`,
      `<- ${flowText(tunnel.directions[1])}`,
      ...spiTexts(tunnel),
      `known since ${clockText(clock, tunnel.firstTime)}, heard ${humanDuration(now - tunnel.lastTime)} ago`,
    ].flatMap((text) => wrap(text, width, "    ", "  ")),
    ...findings.flatMap((raised) => raisedLines(raised, now, width, paint)),
  ];
}

/**
 * Findings in full, the raised ones first, and the ladder, which is as wide as a ladder must be. Without a judgement,
 * what is raised.
 */
export function judgementLines(
  tunnel: LiveTunnel,
  judgement: Judgement | null,
  width: number,
  paint: Paint,
  { clock, names, texts }: Presentation = PLAIN,
): string[] {
  const style = { width, paint, clock, texts };
  const judged = judgement?.tunnels.find((one) => one.tunnel.id === tunnel.id) ?? null;
  const raised = tunnel.findings.map(({ finding }) => finding);
  const codes = new Set(raised.map(({ code }) => code));
  const others = judged?.findings.filter(({ code }) => !codes.has(code)) ?? [];
  const findings = [...raised, ...others].map((finding) => presentedFinding(finding, texts));
  const files = judgement?.files ?? [];
  const setting = { files, tunnels: judged === null ? [] : [judged], findings };
  return [
    ...(judged === null ? [] : aboutLines(judged, width, paint, texts)),
    "",
    ...findings
      .filter(({ severity }) => severity !== "info")
      .flatMap((finding) => findingLines(finding, setting, style)),
    ...infoLines(setting, style),
    "",
    ...(judged === null
      ? [texts.of("Nothing is kept of its messages.")]
      : ladderLines(namedLadder(ladderOf(judged, ROWS), names), {
          width,
          paint,
          severalFiles: files.length > 1,
          clock,
          texts,
        })),
  ];
}

function aboutLines(judged: JudgedTunnel, width: number, paint: Paint, texts: Texts): string[] {
  const { place, reason } = judged.vantage;
  const known = implementationTexts(judged);
  const wrapped = (message: Message): string[] => wrap(printable(texts.of(message)), width, "    ", "  ");
  return [
    ...wrapped(say`captured ${vantageText(place)}: ${reason}`).map(paint.dim),
    ...(known.length === 0 ? [] : wrapped(listed(known))),
    ...clientsText(judged).flatMap(wrapped),
  ];
}

function raisedLines(
  { finding, raisedAt }: RaisedFinding,
  now: Micros,
  width: number,
  paint: Paint,
): string[] {
  const { severity, code, headline } = finding;
  const text = `${code}: ${printable(headline)}, raised ${humanDuration(now - raisedAt)} ago`;
  const [first = "", ...rest] = wrap(text, width, "    ", `  ${severity}  `);
  return [first.replace(severity, paint.severity(severity, severity)), ...rest];
}

function flowText({ rate, packets, bytes, lost }: LiveDirection): string {
  if (packets === 0) return "no packet";
  const loss = lost === 0 ? "none lost" : `${lost} lost (${percentage(lost / (packets + lost))})`;
  return `${shortRate(rate)} packets/s, ${packets} packets, ${humanBytes(bytes)}, ${loss}`;
}

function spiTexts({ spis }: LiveTunnel): string[] {
  const name = (spi: number | null): string => (spi === null ? "unknown" : hex32(spi));
  const lines = spis
    .slice(0, PAIRS)
    .map(({ fromFirst, fromSecond }) => `SPI -> ${name(fromFirst)}, <- ${name(fromSecond)}`);
  const more = spis.length - lines.length;
  return more > 0 ? [...lines, `${more} more pairs of SPIs`] : lines;
}

/** "2026-11-21 14:03:22 UTC". */
function clockText(clock: Clock, time: Micros): string {
  return `${dateAndTime(clock, time)} ${clock.name}`;
}
