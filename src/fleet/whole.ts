import type { FleetFinding } from "./finding.js";
import { findingOf } from "./rule.js";
import { certificatesExpiring } from "./rules/certificates-expiring.js";
import { flapping } from "./rules/flapping.js";
import { gatewaySilent } from "./rules/gateway-silent.js";
import { outage } from "./rules/outage.js";
import type { WholeFleet } from "./summary.js";

/** Findings about several tunnels, or a gateway. Pure. */
export function judgeWhole(whole: WholeFleet): FleetFinding[] {
  return [
    ...findingOf(outage, whole),
    ...findingOf(flapping, whole),
    ...findingOf(certificatesExpiring, whole),
    ...[...whole.gateways.values()].flatMap((gateway) => findingOf(gatewaySilent, { gateway, whole })),
  ];
}
