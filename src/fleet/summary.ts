import type { Micros } from "../bytes/time.js";
import type { LiveState } from "../live/tunnel.js";
import type { End } from "./end.js";
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
}

/** A tunnel in a few hundred bytes, so that those of all hubs fit one of them. */
export interface TunnelSummary {
  readonly partition: number;
  readonly state: FleetState;
  readonly since: Micros;
  readonly isAmbiguous: boolean;
  readonly ends: readonly [EndSummary] | readonly [EndSummary, EndSummary];
  /** Codes of the findings that only both ends show, the root first. */
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
    ends: other === undefined ? [endSummary(one)] : [endSummary(one), endSummary(other)],
    codes: findings.map(({ code }) => code),
  };
}

/** Breaks are counted for so long. */
const BREAKS_COUNT_FOR: Micros = 1_800_000_000;

function endSummary({ id, gateway, newest: { account, asOf }, breaks }: End): EndSummary {
  const { state, peers, self, products } = account;
  const recent = breaks.filter((time) => time > asOf - BREAKS_COUNT_FOR && time <= asOf);
  return { id, gateway: gateway.name, state, peers, self, products, breaks: recent.length };
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
