import type { Gateway } from "../../fleet/gateway.js";
import type { TunnelSummary } from "../../fleet/summary.js";
import type { FleetEvent } from "../../report/fleet/event.js";

/** All that a hub knows of the fleet, its own shares and those of other hubs. */
export interface HubView {
  readonly gateways: readonly Gateway[];
  readonly tunnels: readonly TunnelSummary[];
  readonly raised: readonly FleetEvent[];
  readonly work: HubWork;
}

/** The work of one hub. */
interface HubWork {
  /** Hubs that share the fleet, and the shares of this one. */
  readonly hubs: number;
  readonly shares: number;
  /** Shares that other hubs took because this one did not renew them in time, since the start. */
  readonly fenced: number;
  /** ms since the leases were renewed last: a quarter of a lease where all is well. */
  readonly renewalAgeMs: number;
  /** Events that were taken since the start, and lines that were none. */
  readonly events: number;
  readonly faults: number;
  /** ms between the arrival of the newest event that was taken and that moment; 0 before the first. */
  readonly lagMs: number;
  /** Events that are stored and not taken yet. */
  readonly pending: number;
  /** ms that the newest judgement took. */
  readonly judgedInMs: number;
}
