import type { Role } from "../../../src/session/model.js";
import { type Application, APPLICATIONS, logMessages } from "./applications.js";
import { Clock } from "./clock.js";
import type { AnyDaemon } from "./configuration.js";
import { Daemon } from "./daemon.js";
import { Draws } from "./draws.js";
import { KEY_EXCHANGE, type Shape } from "./encoding.js";
import { type Fault, FAULTS } from "./faults/index.js";
import { Kernel } from "./kernel.js";
import type { SeenFrame } from "./datagram.js";
import { Path } from "./path.js";
import { configurationOf, drawPeering, pairV1, pairV2, type Peering } from "./peers.js";

/** Two peers, the path between them, and what they do. */
export interface SimulatedTunnel {
  readonly seed: number;
  readonly clock: Clock;
  readonly draws: Draws;
  readonly path: Path;
  readonly daemons: Readonly<Record<Role, AnyDaemon>>;
  readonly fault: Fault | null;
  /** When the fault begins. */
  readonly faultAt: number;
  readonly end: number;
  /** Packets that need no answer go one way, beside others. */
  readonly hasReports: boolean;
  /** Seconds that a user takes to log in; 0 where none is asked. */
  readonly userTakes: number;
  readonly description: string;
}

export function simulate(seed: number): SimulatedTunnel & { readonly frames: readonly SeenFrame[] } {
  const draws = new Draws(seed);
  const clock = new Clock();
  const end = draws.pick([30, 60, 120, 240, 400]);
  const fault = draws.chance(0.5) ? null : draws.pick(FAULTS);
  const isNat =
    fault?.name.startsWith("nat") === true || fault?.name.endsWith("port") === true || draws.chance(0.5);
  const delay = draws.pick([0.001, 0.01, 0.04, 0.12]);
  const loss = draws.chance(0.15) ? 0.01 : 0;
  const capturePlace = draws.pick([0, 0.5, 1]);
  const path = new Path(clock, draws, {
    delay,
    jitter: delay * draws.pick([0, 0.1, 0.5]),
    loss,
    capturePlace,
    isNat,
    mtu: 1500,
  });
  const peering = drawPeering(draws, fault?.needs, loss > 0);
  const { products, isV1, eap } = peering;
  const shape: Shape = {
    suite: draws.pick(["gcm", "cbc", "gcm", "chacha"] as const),
    hasCertificates: draws.chance(0.4),
    fragments: products.initiator.fragments && products.responder.fragments,
    pfs: draws.pick([0, KEY_EXCHANGE]),
  };
  const configure = configurationOf(draws, peering, fault);
  const around = { clock, draws, path, shape };
  const kernels: Record<Role, Kernel> = {
    initiator: new Kernel("initiator", clock, path, () => isNat, shape.suite !== "cbc"),
    responder: new Kernel("responder", clock, path, () => isNat, shape.suite !== "cbc"),
  };
  kernels.responder.followsNat = fault?.name !== "nat mapping not followed";
  const isMobile = !isV1 && products.initiator.floatsAlways && products.responder.floatsAlways;
  const daemons = isV1
    ? pairV1(kernels, configure, around)
    : pairV2(kernels, configure, around, isNat || isMobile);
  const faultAt = fault === null ? Infinity : fault.isOfSetup ? 0 : end * draws.between(0.2, 0.7);
  const names: string[] = [];
  const hosts = { clock, draws, kernels };
  const add = (name: string, application: Application): void => {
    const from = draws.chance(0.7) ? "initiator" : "responder";
    const start = draws.chance(0.5) ? draws.between(1, 3) : draws.between(1, end);
    names.push(`${name} of ${from} from ${start.toFixed(1)}`);
    application(hosts, from, start, end);
  };
  for (let number = draws.below(4); number > 0; number--) {
    const name = draws.pick(Object.keys(APPLICATIONS));
    const application = APPLICATIONS[name];
    if (application !== undefined) add(name, application);
  }
  const hasReports = names.length > 0 && draws.chance(0.1);
  if (hasReports) add("log messages", logMessages);
  if (isMobile && fault === null && draws.chance(0.2)) {
    const at = draws.between(2, end);
    names.push(`moves at ${at.toFixed(1)}`);
    clock.at(at, () => {
      if (daemons.initiator instanceof Daemon) daemons.initiator.moves("203.0.113.77");
    });
  }
  const tunnel: SimulatedTunnel = {
    seed,
    clock,
    draws,
    path,
    daemons,
    fault,
    faultAt,
    end,
    hasReports,
    userTakes: (isV1 ? peering.phaseOne.hasXauth : eap !== null) ? peering.userTakes : 0,
    description: [
      fault === null ? "no fault" : `${fault.name} at ${faultAt.toFixed(1)}`,
      `end ${end}`,
      `${products.initiator.name} to ${products.responder.name}`,
      `capture at ${capturePlace}`,
      ...(isV1 ? [`IKEv1${describe(peering)}`] : []),
      ...(eap === null ? [] : [`EAP with ${eap.rounds.length} rounds, user ${peering.userTakes.toFixed(1)}`]),
      ...(isNat ? ["NAT"] : []),
      ...(loss > 0 ? ["loss"] : []),
      `delay ${delay}`,
      `${shape.suite}${shape.hasCertificates ? " certificates" : ""}`,
      ...(["initiator", "responder"] as const).map((role) => {
        const { check: c, childLifetime: l, ikeLifetime: i, retry } = daemons[role].configuration;
        return `${role} check ${c} child ${l} ike ${i} retry ${retry}`;
      }),
      ...names,
    ].join(", "),
  };
  fault?.happens(tunnel, faultAt);
  clock.at(0.1, () => daemons.initiator.opens());
  clock.run(end);
  return { ...tunnel, frames: path.seen.toSorted((a, b) => a.time - b.time) };
}

function describe({ phaseOne, userTakes }: Peering): string {
  const { isAggressive, hasXauth, hasModeConfig } = phaseOne;
  return [
    isAggressive ? " aggressive" : "",
    hasXauth ? ` XAUTH, user ${userTakes.toFixed(1)}` : "",
    hasModeConfig ? " mode config" : "",
  ].join("");
}
