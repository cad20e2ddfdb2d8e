import type { Micros } from "../bytes/time.js";
import { isSet } from "../diagnosis/clock.js";
import type { LiveState } from "../live/tunnel.js";
import type { DatedAccount, End } from "./end.js";
import type { FleetFinding } from "./finding.js";
import type { Gateway } from "./gateway.js";
import { homeOf } from "./partitions.js";
import type { FleetState, FleetTunnel } from "./tunnel.js";

/** One end of a tunnel as far as rules over the whole fleet need it. */
interface EndSummary {
  /** Gateway, boot and number of the tunnel there. */
  readonly id: string;
  readonly gateway: string;
  readonly state: LiveState;
  readonly peers: readonly [string, string];
  readonly self: 0 | 1 | null;
  readonly products: readonly [string | null, string | null];
  /** Times that it went from working to failing within the last half hour, by the clock of the gateway. */
  readonly breaks: number;
  /** Certificates that run out soon or have run out; left out where there are none. */
  readonly expiring?: readonly ExpiringCertificate[];
}

/** A certificate with little time left, as one gateway saw it. */
export interface ExpiringCertificate {
  /** Address of the peer that shows it, as seen at the gateway. */
  readonly holder: string;
  readonly isAuthority: boolean;
  readonly fingerprint: string;
  readonly notAfter: Micros;
  /** Whole days until then by the clock of the gateway; below 0 afterwards. */
  readonly daysLeft: number;
}

/** A tunnel in a few hundred bytes, so that those of all hubs fit one of them. */
export interface TunnelSummary {
  readonly partition: number;
  readonly state: FleetState;
  readonly since: Micros;
  readonly isAmbiguous: boolean;
  readonly ends: readonly [EndSummary] | readonly [EndSummary, EndSummary];
  /** Codes of the findings that only both ends show, each once, the root first. */
  readonly codes: readonly string[];
}

/** All gateways, and their tunnels in short. */
export interface WholeFleet {
  readonly gateways: ReadonlyMap<string, Gateway>;
  readonly tunnels: readonly TunnelSummary[];
  /** By the clock of the arrivals; null if they have none. */
  readonly now: Micros | null;
}

/** The tunnel in short. */
export function summaryOf({ ends, state, since, isAmbiguous, findings }: FleetTunnel): TunnelSummary {
  const [one, other] = ends;
  return {
    partition: homeOf(ends),
    state,
    since,
    isAmbiguous,
    ends: other === undefined ? [endSummary(one, null)] : [endSummary(one, other), endSummary(other, one)],
    codes: [...new Set(findings.map(({ code }) => code))],
  };
}

/**
 * The tunnel with the findings that are raised on it: between two accounts of its ends the newest ones have nothing to be compared
 * with, and what was told stands until it is cleared.
 */
export function withRaised(
  tunnel: TunnelSummary,
  raised: readonly { readonly code: string; readonly severity: FleetFinding["severity"] }[],
): TunnelSummary {
  if (raised.length === 0) return tunnel;
  const codes = [...new Set([...tunnel.codes, ...raised.map(({ code }) => code)])];
  const severities = raised.map(({ severity }) => severity);
  if (severities.includes("critical")) return { ...tunnel, codes, state: "failing" };
  const isWorse = severities.includes("warning") && tunnel.state === "working";
  return { ...tunnel, codes, state: isWorse ? "degraded" : tunnel.state };
}

/** Breaks are counted for so long. */
const BREAKS_COUNT_FOR: Micros = 1_800_000_000;

function endSummary({ id, gateway, newest, breaks }: End, other: End | null): EndSummary {
  const { account, asOf } = newest;
  const { state, peers, self, products } = account;
  const recent = breaks.filter((time) => time > asOf - BREAKS_COUNT_FOR && time <= asOf);
  const expiring = expiringIn(newest, other?.newest ?? null);
  return {
    id,
    gateway: gateway.name,
    state,
    peers,
    self,
    products,
    breaks: recent.length,
    ...(expiring.length === 0 ? {} : { expiring }),
  };
}

/** A month: time for a CA where people sign by hand, and for a change at the gateways. */
export const EXPIRY_TOLD_DAYS = 30;
const DAY: Micros = 86_400_000_000;

/** Certificates with little time left; one that the other end has seen replaced is over. */
function expiringIn({ account, asOf }: DatedAccount, other: DatedAccount | null): ExpiringCertificate[] {
  const { certificates, peers } = account;
  if (certificates.length === 0 || !isSet(asOf)) return [];
  return certificates.flatMap(({ from, notAfter, isAuthority, fingerprint }) => {
    const holder = peers[from];
    const daysLeft = Math.floor((notAfter - asOf) / DAY);
    const isReplaced = other?.account.certificates.some(
      (one) =>
        other.account.peers[one.from] === holder &&
        one.isAuthority === isAuthority &&
        one.notAfter > notAfter,
    );
    if (daysLeft > EXPIRY_TOLD_DAYS || isReplaced === true) return [];
    return [{ holder, isAuthority, fingerprint, notAfter, daysLeft }];
  });
}

/**
 * Summaries of several partitions as one list: who has only one of two ends does not see that another hub joined it, so what is
 * joined anywhere goes before what stands alone.
 */
export function merged(summaries: readonly TunnelSummary[]): TunnelSummary[] {
  const inOrder = summaries.toSorted((a, b) => a.partition - b.partition);
  const pairs = new Map(
    inOrder
      .filter(({ ends }) => ends.length === 2)
      .map((tunnel) => [tunnel.ends.map(({ id }) => id).join(" "), tunnel]),
  );
  const joined = [...pairs.values()];
  const known = new Set(joined.flatMap(({ ends }) => ends.map(({ id }) => id)));
  const alone = inOrder.filter(({ ends: [{ id }, other] }) => {
    if (other !== undefined || known.has(id)) return false;
    known.add(id);
    return true;
  });
  return [...joined, ...alone];
}
