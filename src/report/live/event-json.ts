import { inEnglish } from "../../texts/texts.js";
import { isoTime, type Micros } from "../../bytes/time.js";
import type { Finding } from "../../diagnosis/finding.js";
import type { EventFrame, EventTunnel, LiveEvent } from "../../live/event.js";
import { findingJson } from "../json-finding.js";

/** Stands in every line: a file may begin anywhere after a rotation, and a hook sees one event only. */
const SCHEMA = "ikescope.live-event/1";

/** An event as plain data by the committed schema `live-event.schema.json`. */
export function eventJson(event: LiveEvent): object {
  return { schema: SCHEMA, event: event.kind, time: isoTime(event.time), ...details(event) };
}

/** Says, in the place of so many events, that a reader was too slow for them; `time` is when that is said. */
export function eventsLostJson(count: number, time: Micros): object {
  return { schema: SCHEMA, event: "events-lost", time: isoTime(time), count };
}

/** JSON in one line of ASCII, without its end: whatever a packet brought does no harm to a terminal either. */
export function jsonLine(value: object): string {
  return JSON.stringify(value).replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Details of an event beside its kind and its time. */
export function details(event: LiveEvent): object {
  switch (event.kind) {
    case "tunnel-up":
    case "tunnel-down":
    case "tunnel-rekeyed":
      return {
        tunnel: tunnelJson(event.tunnel),
        reason: event.reason,
        evidence: event.evidence.map(frameJson),
      };
    case "finding-raised":
      return { tunnel: tunnelOrNull(event.tunnel), finding: liveFinding(event.finding) };
    case "finding-cleared":
      return {
        tunnel: tunnelOrNull(event.tunnel),
        raisedAt: isoTime(event.raisedAt),
        why: event.why,
        finding: liveFinding(event.finding),
      };
    case "capture-started":
    case "capture-lost":
    case "ended":
      return { text: inEnglish(event.text) };
    case "capture-dropped":
      return { dropped: event.dropped, text: inEnglish(event.text) };
  }
}

/** Frames count from the start of the program: their numbers are written as they are. */
function liveFinding(finding: Finding): object {
  const evidence = finding.evidence.map(({ frame, time, text }) => ({ ...frameJson({ frame, time }), text }));
  return findingJson(finding, evidence);
}

function frameJson({ frame, time }: EventFrame): object {
  return { frame, time: isoTime(time) };
}

function tunnelOrNull(tunnel: EventTunnel | null): object | null {
  return tunnel === null ? null : tunnelJson(tunnel);
}

function tunnelJson({ id, peers }: EventTunnel): object {
  return { id, peers: [...peers] };
}
