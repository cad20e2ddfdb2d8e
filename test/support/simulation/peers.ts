import type { Role } from "../../../src/session/model.js";
import type { AnyDaemon, Configuration, Surroundings } from "./configuration.js";
import { Daemon } from "./daemon.js";
import { DaemonV1 } from "./daemon-v1.js";
import type { Draws } from "./draws.js";
import { type Eap, EAP_METHODS } from "./eap.js";
import type { PhaseOne } from "./exchanges-v1.js";
import type { Fault } from "./faults/index.js";
import type { Kernel } from "./kernel.js";
import { type Product, PRODUCTS } from "./products.js";

/** The configuration that two peers agree on before they begin. */
export interface Peering {
  readonly isV1: boolean;
  readonly eap: Eap | null;
  readonly phaseOne: PhaseOne;
  readonly userTakes: number;
  readonly products: Readonly<Record<Role, Product>>;
}

export function drawPeering(draws: Draws, needs: Fault["needs"], isLossy: boolean): Peering {
  const products = { initiator: draws.pick(PRODUCTS), responder: draws.pick(PRODUCTS) };
  const needsV1 = needs === "v1" || needs === "main" || needs === "aggressive" || needs === "xauth";
  const needsV2 = needs === "v2" || needs === "eap";
  // Quick Mode 2 is not repeated here until Quick Mode 3 comes: a lost one would leave half a tunnel.
  const isV1 = needsV1 || (!needsV2 && !isLossy && draws.chance(0.3));
  const hasEap = !isV1 && (needs === "eap" || (needs === undefined && draws.chance(0.25)));
  const isAggressive = needs === "aggressive" || (needs !== "main" && draws.chance(0.4));
  return {
    isV1,
    products,
    eap: hasEap ? { rounds: draws.pick(EAP_METHODS), keepsMapping: draws.chance(0.5) } : null,
    phaseOne: {
      isAggressive,
      hasXauth: needs === "xauth" || draws.chance(0.3),
      hasModeConfig: draws.chance(0.3),
    },
    userTakes: draws.pick([0, 0, 0.1, 4, 15, 25, 40]) * draws.between(0.5, 1),
  };
}

export function configurationOf(
  draws: Draws,
  { products, eap, phaseOne, userTakes }: Peering,
  fault: Fault | null,
): (role: Role) => Configuration {
  const check = draws.pick([5, 10, 30, 60]);
  const [childLifetime, ikeLifetime] = [draws.pick([40, 100, 3600]), draws.pick([60, 150, 10_000])];
  return (role) => ({
    product: products[role],
    check: draws.chance(0.3) ? 1e6 : check,
    childLifetime: draws.chance(0.5) ? childLifetime : 3600,
    ikeLifetime: draws.chance(0.5) ? ikeLifetime : 10_000,
    demandsCookie: draws.chance(0.1),
    retry: draws.pick([null, 1, 10, 30]),
    followsNat: fault?.name !== "nat mapping not followed",
    refuses: "nothing",
    objectsSilently: draws.chance(0.4),
    saysUnreachable: draws.chance(0.5),
    eap,
    phaseOne,
    userTakes,
    halfOpen: 1e6,
  });
}

type Kernels = Readonly<Record<Role, Kernel>>;
type Configure = (role: Role) => Configuration;

export function pairV2(
  kernels: Kernels,
  configure: Configure,
  around: Surroundings,
  floats: boolean,
): Record<Role, AnyDaemon> {
  const initiator = new Daemon("initiator", kernels.initiator, configure("initiator"), around);
  const responder = new Daemon("responder", kernels.responder, configure("responder"), around);
  initiator.post.receiver = responder;
  responder.post.receiver = initiator;
  for (const { post } of [initiator, responder]) post.floats = floats;
  return { initiator, responder };
}

export function pairV1(
  kernels: Kernels,
  configure: Configure,
  around: Surroundings,
): Record<Role, AnyDaemon> {
  const initiator = new DaemonV1("initiator", kernels.initiator, configure("initiator"), around);
  const responder = new DaemonV1("responder", kernels.responder, configure("responder"), around);
  initiator.meets(responder);
  responder.meets(initiator);
  return { initiator, responder };
}
