import { type Clock, zonedTime } from "../../bytes/clock.js";
import { printable } from "../../bytes/text.js";
import { isoTime, type Micros } from "../../bytes/time.js";
import type { FleetFinding } from "../../fleet/finding.js";
import { say, verbatim } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import { findingJson } from "./json.js";

const SCHEMA = "ikescope.fleet-event/1";

/** A finding over several gateways that holds from now on, or does not any more. */
export interface FleetEvent {
  readonly kind: "finding-raised" | "finding-cleared";
  /** By the clock of the hub. */
  readonly time: Micros;
  readonly code: string;
  readonly severity: FleetFinding["severity"];
  /** Addresses of the tunnel, as each end sees them; null where it is about none. */
  readonly peers: string | null;
  readonly headline: string;
  /** The whole finding, as the report has it. */
  readonly finding: object;
}

/** The event of a finding that is raised; null for `peers` where it is about no single tunnel. */
export function raisedEvent(
  finding: FleetFinding,
  peers: string | null,
  time: Micros,
  texts: Texts,
): FleetEvent {
  const { code, severity, headline } = finding;
  const common = { kind: "finding-raised", time, code, severity, peers } as const;
  return { ...common, headline: texts.of(headline), finding: findingJson(finding) };
}

/** An event as a line of JSON has it. */
export function fleetEventJson({ kind, time, peers, finding }: FleetEvent): object {
  return { schema: SCHEMA, event: kind, time: isoTime(time), peers, finding };
}

/** An event as one line for people, without its end. */
export function fleetEventText(event: FleetEvent, clock: Clock, texts: Texts): string {
  const { kind, time, code, severity, headline, peers } = event;
  const head = texts.of(kind === "finding-raised" ? say`RAISED ${severity}` : say`CLEARED ${severity}`);
  const about = peers === null ? "" : texts.of(say` (${verbatim(peers)})`);
  return printable(`${zonedTime(clock, time).slice(0, 19)}  ${head}  ${code}: ${headline}${about}`);
}
