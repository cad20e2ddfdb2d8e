import { hex32 } from "../../bytes/hex.js";
import { printable } from "../../bytes/text.js";
import { type Clock, dateAndTime } from "../../bytes/clock.js";
import { humanDuration, type Micros } from "../../bytes/time.js";
import { humanBytes } from "../../bytes/size.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import type { RaisedFinding } from "../../live/raised.js";
import type { LiveDirection, LiveTunnel } from "../../live/tunnel.js";
import { peersInLine } from "../../diagnosis/headline.js";
import { joined, listed, type Message, say } from "../../texts/message.js";
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
import { clockedTexts } from "../clocked-texts.js";

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
  { clock, names, texts }: Presentation = PLAIN,
): string[] {
  const { id, peers, rolesProven, version, state, since, phase, findings, lastExchange, retransmissions } =
    tunnel;
  const word = phase === null ? stateText(state) : say`${stateText(state)} in ${phase}`;
  const stands = say`for ${humanDuration(now - since)}, since ${clockText(clock, since)}`;
  const exchange =
    lastExchange === null
      ? []
      : [
          say`last exchange ${printable(lastExchange.name)} ${lastExchange.messageId}, ${humanDuration(now - lastExchange.time)} ago, ${lastExchange.answered ? "answered" : "no answer"}${lastExchange.tries > 1 ? say`, ${lastExchange.tries} attempts` : ""}`,
        ];
  return [
    ...wrap(
      names.in(printable(peersInLine(peers, rolesProven))),
      width,
      "  ",
      `${texts.of(say`Tunnel ${id}`)}  `,
    ).map(paint.bold),
    ...wrap(texts.of(listed([word, stands], "clauses")), width, "    ", "  ").map((line) =>
      paintState(state, line, paint),
    ),
    ...[
      listed(
        [
          version === null ? "only ESP or AH seen" : `IKEv${version}`,
          ...exchange,
          say`${retransmissions} sent again`,
        ],
        "clauses",
      ),
      joined("-> ", flowText(tunnel.directions[0])),
      joined("<- ", flowText(tunnel.directions[1])),
      ...spiTexts(tunnel),
      say`known since ${clockText(clock, tunnel.firstTime)}, heard ${humanDuration(now - tunnel.lastTime)} ago`,
    ].flatMap((message) => wrap(texts.of(message), width, "    ", "  ")),
    ...findings.flatMap((raised) => raisedLines(raised, now, width, paint, texts)),
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
  const findings = [...raised, ...others].map((finding) =>
    presentedFinding(finding, clockedTexts(texts, clock)),
  );
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
  const { reason } = judged.vantage;
  const known = implementationTexts(judged);
  const wrapped = (message: Message): string[] => wrap(printable(texts.of(message)), width, "    ", "  ");
  return [
    ...wrapped(say`captured ${vantageText(judged)}: ${reason}`).map(paint.dim),
    ...(known.length === 0 ? [] : wrapped(listed(known))),
    ...clientsText(judged).flatMap(wrapped),
  ];
}

function raisedLines(
  { finding, raisedAt }: RaisedFinding,
  now: Micros,
  width: number,
  paint: Paint,
  texts: Texts,
): string[] {
  const { severity, code, messages } = finding;
  const text = texts.of(say`${code}: ${messages.headline}, raised ${humanDuration(now - raisedAt)} ago`);
  const word = texts.of(severity);
  const [first = "", ...rest] = wrap(printable(text), width, "    ", `  ${word}  `);
  return [first.replace(word, paint.severity(severity, word)), ...rest];
}

function flowText({ rate, packets, bytes, lost }: LiveDirection): Message {
  if (packets === 0) return "no packet";
  const loss = lost === 0 ? "none lost" : say`${lost} lost (${percentage(lost / (packets + lost))})`;
  return say`${shortRate(rate)} packets/s, ${packets} packets, ${humanBytes(bytes)}, ${loss}`;
}

function spiTexts({ spis }: LiveTunnel): Message[] {
  const name = (spi: number | null): string => (spi === null ? "unknown" : hex32(spi));
  const lines = spis
    .slice(0, PAIRS)
    .map(({ fromFirst, fromSecond }) => say`SPI -> ${name(fromFirst)}, <- ${name(fromSecond)}`);
  const more = spis.length - lines.length;
  return more > 0 ? [...lines, say`${more} more pairs of SPIs`] : lines;
}

/** "2026-11-21 14:03:22 UTC". */
function clockText(clock: Clock, time: Micros): string {
  return `${dateAndTime(clock, time)} ${clock.name}`;
}
