import type { Address } from "../bytes/address.js";
import { NAT_T_PORT } from "../ike/ports.js";
import type {
  CaptureFile,
  CaptureObservations,
  ClearFlow,
  IkeSa,
  KeptTunnel,
  OpenedSession,
  Place,
  Progress,
  Sighting,
  Tunnel,
} from "../session/model.js";
import type { JoinedHost } from "../joint/joined.js";
import { progressOf } from "../session/progress/progress.js";
import { type Vantage, vantageOf } from "../session/vantage.js";
import type { Code } from "./codes.js";
import type { ToldProducts } from "./commands/told.js";
import { type Scan, withoutScans } from "./facts/scan/scan.js";
import { scansAmong } from "./facts/scan/scans.js";
import type { Setup } from "./setup.js";

export type { Setup } from "./setup.js";

/** The context of a rule about one tunnel. */
export interface TunnelContext {
  readonly tunnel: Tunnel;
  /** The setups that peers made: a scanner's are apart. */
  readonly setups: readonly Setup[];
  readonly scans: readonly Scan[];
  readonly vantage: Vantage;
  readonly capture: CaptureContext;
}

/** The context of a rule about the capture. */
export interface CaptureContext {
  readonly observations: CaptureObservations;
  readonly files: readonly CaptureFile[];
  /** All tunnels as they are kept: a rule opens those alone that it has to look into. */
  readonly tunnels: readonly KeptTunnel[];
  readonly clearFlows: readonly ClearFlow[];
  /** The packets of each capture point by itself, where several files hold the same packets; else none. */
  readonly places: readonly Place[];
  /** The content that keys opened; not there without keys. */
  readonly opened?: OpenedSession;
  /** The hosts whose own texts are read; not there without such texts. */
  readonly hosts?: readonly JoinedHost[];
  /** The products of whoever begins and of whoever answers, as the user told them; not there where he told none. */
  readonly products?: ToldProducts;
}

/** The context of a rule about a host. */
export interface HostContext {
  readonly host: JoinedHost;
  /** One of the host's tunnels; null where the capture has none of it, and for what is told once. */
  readonly tunnel: TunnelContext | null;
  readonly capture: CaptureContext;
  /** The codes of all other rules' findings; known only to the rules that come last. */
  readonly told?: ReadonlySet<Code>;
}

const NO_SCANS: readonly Scan[] = [];

/** The context of a tunnel: what peers did, and what scanners did, apart. */
export function tunnelContext(tunnel: Tunnel, capture: CaptureContext): TunnelContext {
  const setups = setupsOf(tunnel);
  const vantage = vantageOf(tunnel);
  const scanned = scansAmong(setups);
  if (scanned.length === 0) return { tunnel, setups, scans: NO_SCANS, vantage, capture };
  const own = setups.filter((setup) => !scanned.includes(setup));
  return { ...withoutScans(tunnel, scanned), setups: own, vantage, capture };
}

/** The IKE SAs of a tunnel with how far each came; not by `map()`, whose arrays are of another kind once V8 has compiled it. */
export function setupsOf({ ikeSas }: Pick<Tunnel, "ikeSas">): Setup[] {
  const setups: Setup[] = [];
  for (const sa of ikeSas) setups.push({ sa, progress: progressOf(sa) });
  return setups;
}

/** The setups that stopped at their first, or a given, state. Only those whose start the capture holds. */
export function setupsIn({ setups }: TunnelContext, ...states: Progress["state"][]): Setup[] {
  const stopped = setups.filter(({ progress }) => states.includes(progress.state));
  if (stopped.every(isBegun)) return stopped;
  // A second answer to one request, under another responder SPI, begins an IKE SA too.
  const begun = new Set(setups.filter(isBegun).map(({ sa }) => sa.initiatorSpi));
  return stopped.filter(({ sa }) => begun.has(sa.initiatorSpi));
}

/**
 * Whether the initiator or responder of `sas` was seen to send from the NAT-T port in this tunnel: IKE, ESP in UDP or a keepalive. Of all
 * IKE SAs together the same host may be both, where each side begins some.
 */
export function sendsOnNatT(
  { tunnel }: TunnelContext,
  from: "initiator" | "responder",
  sas: readonly IkeSa[] = tunnel.ikeSas,
): boolean {
  const side = (sa: IkeSa): Address => (from === "initiator" ? sa.initiator.address : sa.responder.address);
  const addresses = new Set(sas.map(side));
  for (const alias of tunnel.aliases) if (addresses.has(alias.standsFor)) addresses.add(alias.address);
  const natT = (sighting: Sighting): boolean =>
    addresses.has(sighting.source.address) &&
    (sighting.source.port === NAT_T_PORT || sighting.destination.port === NAT_T_PORT);
  const byIke = tunnel.ikeSas.some((sa) =>
    sa.exchanges.some(
      ({ request, response }) => request?.sightings.some(natT) === true || response?.sightings.some(natT),
    ),
  );
  const byEsp = tunnel.streams.some(
    (stream) => stream.encapsulation === "udp" && addresses.has(stream.source),
  );
  return byIke || byEsp || [...addresses].some((address) => tunnel.keepalives.has(address));
}

/** The capture holds the opening; or, of what was refused, the first request of the authentication: a filter may hide UDP 500. */
function isBegun({ sa, progress }: Setup): boolean {
  if (sa.startSeen) return true;
  const { authClass, authentication } = progress;
  const [first] = authentication;
  if (sa.majorVersion !== 2 || first?.messageId !== 1 || authClass === null) return false;
  // Whether a Child SA was asked for, only the request tells.
  return authClass === "one-notify" || first.request !== null;
}
