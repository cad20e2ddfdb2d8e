import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import { humanDuration } from "../bytes/time.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import { NAT_T_PORT } from "../ike/ports.js";
import type {
  CaptureFile,
  CaptureObservations,
  Exchange,
  IkeSa,
  Sighting,
  Transmission,
  Tunnel,
} from "../session/model.js";
import { firstSighting, lastSighting, type Progress, progressOf } from "../session/progress.js";
import { type Vantage, vantageOf } from "../session/vantage.js";
import type { Evidence, Phase, Verdict } from "./finding.js";

/** One attempt to set up an IKE SA, or an IKE SA that was there before. */
export interface Setup {
  readonly sa: IkeSa;
  readonly progress: Progress;
}

/** What a rule about one tunnel may look at. */
export interface TunnelContext {
  readonly tunnel: Tunnel;
  readonly setups: readonly Setup[];
  readonly vantage: Vantage;
  readonly capture: CaptureContext;
}

/** What a rule about the capture may look at. */
export interface CaptureContext {
  readonly observations: CaptureObservations;
  readonly files: readonly CaptureFile[];
  readonly tunnels: readonly Tunnel[];
}

export type TunnelRule = (context: TunnelContext) => Verdict | null;
export type CaptureRule = (context: CaptureContext) => Verdict | null;

export function tunnelContext(tunnel: Tunnel, capture: CaptureContext): TunnelContext {
  const setups = tunnel.ikeSas.map((sa) => ({ sa, progress: progressOf(sa) }));
  return { tunnel, setups, vantage: vantageOf(tunnel), capture };
}

/** A request that retransmission timers cannot explain away: repeated, or followed by long silence, and never answered. */
export function isUnanswered(exchange: Exchange, context: TunnelContext): boolean {
  const { request, response } = exchange;
  const last = lastSighting(request);
  if (request === null || last === undefined || response !== null || !exchange.expectsResponse) return false;
  if (request.tries >= 3) return true;
  const silence = (context.capture.observations.lastTime ?? last.time) - last.time;
  if (request.tries === 2) return silence >= 2_000_000;
  return silence >= 10_000_000;
}

/** Whether an IKE SA of this tunnel came up after `time`: then the fault before it healed. */
export function healedAfter(context: TunnelContext, time: Micros): boolean {
  return context.setups.some(({ progress }) => progress.upAt !== null && progress.upAt > time);
}

/** How far each state is on the way to a working tunnel; what stops later proves that what stopped earlier was mended. */
const DISTANCE: Readonly<Record<Progress["state"], number>> = {
  unknown: 0,
  opening: 1,
  "opening-answered": 2,
  authenticating: 3,
  "authentication-refused": 4,
  "child-refused": 5,
  "phase-1-up": 5,
  up: 6,
};

/** A fault that healed inside the capture is not critical: a later setup of the same peers came further than `failed`. */
export function severityUnlessHealed(
  context: TunnelContext,
  failed: Setup,
  lastTime: Micros,
): { readonly severity: "warning" } | Record<string, never> {
  const overtaken = context.setups.some(
    ({ sa, progress }) =>
      sa.firstTime > lastTime && DISTANCE[progress.state] > DISTANCE[failed.progress.state],
  );
  return overtaken || healedAfter(context, lastTime) ? { severity: "warning" } : {};
}

/** The setups that stopped at their first, or a given, state. Only those whose start the capture holds. */
export function setupsIn(context: TunnelContext, ...states: Progress["state"][]): Setup[] {
  return context.setups.filter(({ sa, progress }) => sa.startSeen && states.includes(progress.state));
}

export function firstTimeOf(transmission: Transmission | null): Micros {
  return firstSighting(transmission)?.time ?? 0;
}

export function lastTimeOf(transmission: Transmission | null): Micros {
  return lastSighting(transmission)?.time ?? 0;
}

/** Whether `address` was seen to send from the NAT-T port in this tunnel: IKE, ESP in UDP or a keepalive. */
export function sendsOnNatT({ tunnel }: TunnelContext, from: "initiator" | "responder"): boolean {
  const side = (sa: IkeSa): Address => (from === "initiator" ? sa.initiator.address : sa.responder.address);
  const addresses = new Set(tunnel.ikeSas.map(side));
  for (const alias of tunnel.aliases) if (addresses.has(alias.standsFor)) addresses.add(alias.address);
  const natT = (sighting: Sighting): boolean =>
    addresses.has(sighting.source.address) &&
    (sighting.source.port === NAT_T_PORT || sighting.destination.port === NAT_T_PORT);
  const byIke = tunnel.ikeSas.some((sa) =>
    sa.exchanges.some(({ request, response }) =>
      [...(request?.sightings ?? []), ...(response?.sightings ?? [])].some(natT),
    ),
  );
  const byEsp = tunnel.streams.some(
    (stream) => stream.encapsulation === "udp" && addresses.has(stream.source),
  );
  return byIke || byEsp || [...addresses].some((address) => tunnel.keepalives.has(address));
}

/** One evidence line for each sighting, at most `limit`, the last one always among them. */
export function evidenceOf(transmission: Transmission | null, text: string, limit = 4): Evidence[] {
  const sightings = transmission?.sightings ?? [];
  const shown =
    sightings.length <= limit ? sightings : [...sightings.slice(0, limit - 1), ...sightings.slice(-1)];
  return shown.map((sighting) => evidenceAt(sighting, `${text}${fragmentText(sighting)}`));
}

export function evidenceAt(sighting: Sighting, text: string): Evidence {
  return { frame: sighting.frames[0] ?? 0, time: sighting.time, nanos: sighting.nanos, text };
}

function fragmentText(sighting: Sighting): string {
  if (sighting.missingFragments !== null) return `, ${sighting.ipFragments} IP fragments, not complete`;
  if (sighting.ipFragments > 1) return `, in ${sighting.ipFragments} IP fragments`;
  return sighting.fragment > 0 ? `, IKE fragment ${sighting.fragment}` : "";
}

/** "4 tries in 9.3 s", "1 try". */
export function triesText(transmission: Transmission): string {
  const first = firstSighting(transmission)?.time ?? 0;
  const span = lastTimeOf(transmission) - first;
  if (transmission.tries === 1) return "1 try";
  return `${transmission.tries} tries in ${humanDuration(span)}`;
}

/** "; 3 attempts" where a peer began anew several times. */
export function attemptsText(setups: readonly unknown[]): string {
  return setups.length > 1 ? `, ${setups.length} attempts` : "";
}

export function phaseOf(sa: IkeSa, exchange: Exchange): Phase {
  return phaseName(sa.majorVersion, exchange.exchangeType);
}

export function phaseName(majorVersion: 1 | 2, exchangeType: number): Phase {
  if (majorVersion === 1) {
    switch (exchangeType) {
      case EXCHANGE_V1.MAIN_MODE:
        return "MAIN_MODE";
      case EXCHANGE_V1.AGGRESSIVE_MODE:
        return "AGGRESSIVE_MODE";
      case EXCHANGE_V1.QUICK_MODE:
        return "QUICK_MODE";
      case EXCHANGE_V1.TRANSACTION:
        return "TRANSACTION";
      default:
        return "INFORMATIONAL";
    }
  }
  switch (exchangeType) {
    case EXCHANGE_V2.IKE_SA_INIT:
    case EXCHANGE_V2.IKE_SESSION_RESUME:
      return "IKE_SA_INIT";
    case EXCHANGE_V2.IKE_INTERMEDIATE:
      return "IKE_INTERMEDIATE";
    case EXCHANGE_V2.IKE_AUTH:
      return "IKE_AUTH";
    case EXCHANGE_V2.CREATE_CHILD_SA:
    case EXCHANGE_V2.IKE_FOLLOWUP_KE:
      return "CREATE_CHILD_SA";
    default:
      return "INFORMATIONAL";
  }
}

/** The message's name as people say it: "IKE_AUTH request", "Main Mode 5", "Quick Mode 2". */
export function messageName(sa: IkeSa, exchange: Exchange, side: "request" | "response"): string {
  const name = phaseOf(sa, exchange);
  if (sa.majorVersion === 2) return `${name} ${side}`;
  const number = exchange.step + (side === "response" ? 1 : 0);
  switch (name) {
    case "MAIN_MODE":
      return `Main Mode ${number}`;
    case "AGGRESSIVE_MODE":
      return `Aggressive Mode ${number}`;
    case "QUICK_MODE":
      return `Quick Mode ${number}`;
    default:
      return name;
  }
}
