import type { Micros } from "../bytes/time.js";
import type { FleetFinding } from "./finding.js";
import type { Gateway } from "./gateway.js";
import { findingOf } from "./rule.js";
import { gatewaySilent } from "./rules/gateway-silent.js";
import { outage } from "./rules/outage.js";
import type { TunnelSummary } from "./summary.js";

/** All gateways, and their tunnels in short. */
export interface WholeFleet {
  readonly gateways: ReadonlyMap<string, Gateway>;
  readonly tunnels: readonly TunnelSummary[];
  /** By the clock of the arrivals; null if they have none. */
  readonly now: Micros | null;
}

/** Findings about several tunnels, or a gateway. Pure. */
export function judgeWhole(whole: WholeFleet): FleetFinding[] {
  return [
    ...findingOf(outage, whole),
    ...[...whole.gateways.values()].flatMap((gateway) => findingOf(gatewaySilent, { gateway, whole })),
  ];
}
