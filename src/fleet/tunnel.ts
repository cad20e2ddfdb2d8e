import type { Micros } from "../bytes/time.js";
import type { LiveState } from "../live/tunnel.js";
import type { End } from "./end.js";
import type { FleetFinding } from "./finding.js";

/**
 * failing: a fault that only both ends show, or one end's own critical finding. working: an end has proof that it works, and nothing
 * critical is known. unknown: what was seen does not tell.
 */
export type FleetState = (typeof FLEET_STATES)[number];
/** The worst first. */
export const FLEET_STATES = ["failing", "degraded", "down", "unknown", "working"] as const;

/** A tunnel with all that is known of its ends. */
export interface FleetTunnel {
  /** One end, or both: that of the initiator first, where known. */
  readonly ends: readonly [End] | readonly [End, End];
  /** Several gateways claim to be the other end: nothing is joined. */
  readonly isAmbiguous: boolean;
  /** Clients behind one address of an end that publish, each of which is a tunnel of its own beside. */
  readonly clients: number;
  readonly state: FleetState;
  /** Since when, by the clock of the first end. */
  readonly since: Micros;
  /** Findings that only both ends show; the root first. */
  readonly findings: readonly FleetFinding[];
}

/** States of a tunnel that was proven to work. */
export const WORKS: ReadonlySet<LiveState> = new Set(["up", "degraded", "quiet"]);

/** How a tunnel stands by its ends and by what is found between them. */
export function stateOf(ends: readonly End[], findings: readonly FleetFinding[]): FleetState {
  const accounts = ends.map(({ newest }) => newest.account);
  const severities = [...findings, ...accounts.flatMap((account) => account.findings)].map(
    ({ severity }) => severity,
  );
  if (severities.includes("critical") || accounts.some(({ state }) => state === "failing")) return "failing";
  if (accounts.some(({ state }) => state === "down")) return "down";
  if (!accounts.some(({ state }) => WORKS.has(state))) return "unknown";
  return severities.includes("warning") ? "degraded" : "working";
}
