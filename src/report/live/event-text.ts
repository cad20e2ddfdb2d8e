import { printable } from "../../bytes/text.js";
import { type Clock, UTC, zonedTime } from "../../bytes/clock.js";
import type { Micros } from "../../bytes/time.js";
import type { Finding } from "../../diagnosis/finding.js";
import type { EventFrame, EventTunnel, LiveEvent } from "../../live/event.js";
import { type Paint, paintFor } from "../paint.js";
import { PLAIN as UNNAMED, type Presentation } from "../presentation.js";

/** Frames that a line names; the JSON has them all. */
const FRAMES = 4;
const PLAIN = paintFor(false);

/** An event as one line for people, without its end. Safe for a terminal, whatever packets brought. */
export function eventText(
  event: LiveEvent,
  paint: Paint = PLAIN,
  { clock, names }: Presentation = UNNAMED,
): string {
  return `${paint.dim(clockText(event.time, clock))}  ${names.in(said(event, paint))}`;
}

/** The line that stands for so many events that a reader was too slow for. */
export function eventsLostText(
  count: number,
  time: Micros,
  paint: Paint = PLAIN,
  { clock }: Presentation = UNNAMED,
): string {
  const events = count === 1 ? "1 event was" : `${count} events were`;
  return `${paint.dim(clockText(time, clock))}  ${paint.bold("LOST")}  ${events} not written: the reader was too slow`;
}

function said(event: LiveEvent, paint: Paint): string {
  switch (event.kind) {
    case "tunnel-up":
      return `${paint.status("healthy", "UP")}  ${tunnelText(event)}`;
    case "tunnel-down":
      return `${paint.status("degraded", "DOWN")}  ${tunnelText(event)}`;
    case "tunnel-rekeyed":
      return `${paint.bold("REKEYED")}  ${tunnelText(event)}`;
    case "finding-raised": {
      const { tunnel, finding } = event;
      const head = paint.severity(finding.severity, `RAISED ${finding.severity}`);
      return `${head} ${findingText(tunnel, finding, paint)}${framesText(finding.evidence)}`;
    }
    case "finding-cleared": {
      const { tunnel, finding, why } = event;
      const head = paint.status("healthy", `CLEARED ${finding.severity}`);
      return `${head} ${findingText(tunnel, finding, paint)} (${why})`;
    }
    case "capture-started":
      return `${paint.bold("CAPTURE")}  ${printable(event.text)}`;
    case "capture-lost":
      return `${paint.severity("critical", "CAPTURE LOST")}  ${printable(event.text)}`;
    case "capture-dropped":
      return `${paint.severity("warning", "DROPPED")}  ${event.dropped} packet${event.dropped === 1 ? "" : "s"}: ${printable(event.text)}`;
    case "ended":
      return `${paint.bold("ENDED")}  ${printable(event.text)}`;
  }
}

type TunnelEvent = Extract<LiveEvent, { readonly reason: string }>;

function tunnelText({ tunnel, reason, evidence }: TunnelEvent): string {
  return `${peersText(tunnel)}: ${printable(reason)}${framesText(evidence)}`;
}

function findingText(tunnel: EventTunnel | null, { code, headline }: Finding, paint: Paint): string {
  const peers = tunnel === null ? "" : ` ${peersText(tunnel)}`;
  return `${paint.bold(code)}${peers}: ${printable(headline)}`;
}

function peersText({ peers }: EventTunnel): string {
  return printable(peers.join(" -> "));
}

function framesText(evidence: readonly Pick<EventFrame, "frame">[]): string {
  if (evidence.length === 0) return "";
  const named = evidence.slice(0, FRAMES).map(({ frame }) => frame);
  const more = evidence.length > FRAMES ? ", ..." : "";
  return ` (frame${evidence.length === 1 ? "" : "s"} ${named.join(", ")}${more})`;
}

/** Milliseconds are as much as the eye wants. */
function clockText(time: Micros, clock: Clock = UTC): string {
  return zonedTime(clock, time).replace(/\d{3}(?=Z|[+-]\d\d:\d\d$)/, "");
}
