import { printable } from "../../bytes/text.js";
import { type Clock, UTC, zonedTime } from "../../bytes/clock.js";
import type { Micros } from "../../bytes/time.js";
import type { Finding } from "../../diagnosis/finding.js";
import type { EventFrame, EventTunnel, LiveEvent } from "../../live/event.js";
import { peersInLine } from "../../diagnosis/headline.js";
import { type Paint, paintFor } from "../paint.js";
import { PLAIN as UNNAMED, type Presentation } from "../presentation.js";
import { say } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import { presentedFinding } from "../presented-judgement.js";
import { clockedTexts } from "../clocked-texts.js";

/** Frames that a line names; the JSON has them all. */
const FRAMES = 4;
const PLAIN = paintFor(false);

/** An event as one line for people, without its end. Safe for a terminal, whatever packets brought. */
export function eventText(
  event: LiveEvent,
  paint: Paint = PLAIN,
  { clock, names, texts }: Presentation = UNNAMED,
): string {
  return `${paint.dim(clockText(event.time, clock))}  ${names.in(said(event, paint, clockedTexts(texts, clock)))}`;
}

/** The line that stands for so many events that a reader was too slow for. */
export function eventsLostText(
  count: number,
  time: Micros,
  paint: Paint = PLAIN,
  { clock, texts }: Presentation = UNNAMED,
): string {
  const events = count === 1 ? "1 event was" : say`${count} events were`;
  const lost = texts.of(say`${events} not written: the reader was too slow`);
  return `${paint.dim(clockText(time, clock))}  ${paint.bold(texts.of("LOST"))}  ${lost}`;
}

function said(event: LiveEvent, paint: Paint, texts: Texts): string {
  switch (event.kind) {
    case "tunnel-up":
      return `${paint.status("healthy", texts.of("UP"))}  ${tunnelText(event, texts)}`;
    case "tunnel-down":
      return `${paint.status("degraded", texts.of("DOWN"))}  ${tunnelText(event, texts)}`;
    case "tunnel-rekeyed":
      return `${paint.bold(texts.of("REKEYED"))}  ${tunnelText(event, texts)}`;
    case "finding-raised": {
      const { tunnel, finding } = event;
      const head = paint.severity(finding.severity, texts.of(say`RAISED ${finding.severity}`));
      return `${head} ${findingText(tunnel, presentedFinding(finding, texts), paint)}${framesText(finding.evidence, texts)}`;
    }
    case "finding-cleared": {
      const { tunnel, finding, why } = event;
      const head = paint.status("healthy", texts.of(say`CLEARED ${finding.severity}`));
      return `${head} ${findingText(tunnel, presentedFinding(finding, texts), paint)} (${texts.of(why)})`;
    }
    case "capture-started":
      return `${paint.bold(texts.of("CAPTURE"))}  ${printable(texts.of(event.text))}`;
    case "capture-lost":
      return `${paint.severity("critical", texts.of("CAPTURE LOST"))}  ${printable(texts.of(event.text))}`;
    case "capture-dropped":
      return `${paint.severity("warning", texts.of("DROPPED"))}  ${printable(texts.of(say`${event.dropped} packet${event.dropped === 1 ? "" : "s"}: ${event.text}`))}`;
    case "ended":
      return `${paint.bold(texts.of("ENDED"))}  ${printable(texts.of(event.text))}`;
  }
}

type TunnelEvent = Extract<LiveEvent, { readonly reason: string }>;

function tunnelText({ tunnel, reason, evidence }: TunnelEvent, texts: Texts): string {
  return `${peersText(tunnel)}: ${printable(texts.of(reason))}${framesText(evidence, texts)}`;
}

function findingText(tunnel: EventTunnel | null, { code, headline }: Finding, paint: Paint): string {
  const peers = tunnel === null ? "" : ` ${peersText(tunnel)}`;
  return `${paint.bold(code)}${peers}: ${printable(headline)}`;
}

function peersText({ peers, rolesProven }: EventTunnel): string {
  return printable(peersInLine(peers, rolesProven));
}

function framesText(evidence: readonly Pick<EventFrame, "frame">[], texts: Texts): string {
  if (evidence.length === 0) return "";
  const named = evidence.slice(0, FRAMES).map(({ frame }) => frame);
  const more = evidence.length > FRAMES ? ", ..." : "";
  return texts.of(say` (frame${evidence.length === 1 ? "" : "s"} ${named.join(", ")}${more})`);
}

/** Milliseconds are as much as the eye wants. */
function clockText(time: Micros, clock: Clock = UTC): string {
  return zonedTime(clock, time).replace(/\d{3}(?=Z|[+-]\d\d:\d\d$)/, "");
}
