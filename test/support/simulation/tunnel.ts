import type { Role } from "../../../src/session/model.js";
import { type Application, APPLICATIONS, logMessages } from "./applications.js";
import { Clock } from "./clock.js";
import { type AnyDaemon, type Configuration, Daemon, type Surroundings } from "./daemon.js";
import { DaemonV1 } from "./daemon-v1.js";
import { Draws } from "./draws.js";
import { KEY_EXCHANGE, type Shape } from "./encoding.js";
import { type Fault, FAULTS } from "./faults.js";
import { Kernel } from "./kernel.js";
import { Path, type SeenFrame } from "./path.js";
import { PRODUCTS } from "./products.js";

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
  readonly description: string;
}

export function simulate(seed: number): SimulatedTunnel & { readonly frames: readonly SeenFrame[] } {
  const draws = new Draws(seed);
  const clock = new Clock();
  const end = draws.pick([30, 60, 120, 240, 400]);
  const fault = draws.chance(0.5) ? null : draws.pick(FAULTS);
  const isNat = fault?.name.startsWith("nat") === true || draws.chance(0.5);
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
  const products = { initiator: draws.pick(PRODUCTS), responder: draws.pick(PRODUCTS) };
  const shape: Shape = {
    suite: draws.pick(["gcm", "cbc", "gcm", "chacha"] as const),
    hasCertificates: draws.chance(0.4),
    fragments: products.initiator.fragments && products.responder.fragments,
    pfs: draws.pick([0, KEY_EXCHANGE]),
  };
  const check = draws.pick([5, 10, 30, 60]);
  const [childLifetime, ikeLifetime] = [draws.pick([40, 100, 3600]), draws.pick([60, 150, 10_000])];
  const configure = (role: Role): Configuration => ({
    product: products[role],
    check: draws.chance(0.3) ? 1e6 : check,
    childLifetime: draws.chance(0.5) ? childLifetime : 3600,
    ikeLifetime: draws.chance(0.5) ? ikeLifetime : 10_000,
    demandsCookie: draws.chance(0.1),
    retry: draws.pick([null, 1, 10, 30]),
    followsNat: fault?.name !== "nat mapping not followed",
    refuses: "nothing",
    saysUnreachable: draws.chance(0.5),
  });
  const around = { clock, draws, path, shape };
  const kernels: Record<Role, Kernel> = {
    initiator: new Kernel("initiator", clock, path, () => isNat, shape.suite !== "cbc"),
    responder: new Kernel("responder", clock, path, () => isNat, shape.suite !== "cbc"),
  };
  // Quick Mode 2 is not repeated here until Quick Mode 3 comes: a lost one would leave half a tunnel.
  const isV1 = fault?.isOfV2 !== true && loss === 0 && draws.chance(0.3);
  const isMobile = !isV1 && products.initiator.floatsAlways && products.responder.floatsAlways;
  const daemons = isV1
    ? pairV1(kernels, configure, around, draws.chance(0.3))
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
    description: [
      fault === null ? "no fault" : `${fault.name} at ${faultAt.toFixed(1)}`,
      `end ${end}`,
      `${products.initiator.name} to ${products.responder.name}`,
      `capture at ${capturePlace}`,
      ...(isV1 ? ["IKEv1"] : []),
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

type Kernels = Readonly<Record<Role, Kernel>>;
type Configure = (role: Role) => Configuration;

function pairV2(
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

function pairV1(
  kernels: Kernels,
  configure: Configure,
  around: Surroundings,
  hasXauth: boolean,
): Record<Role, AnyDaemon> {
  const initiator = new DaemonV1("initiator", kernels.initiator, configure("initiator"), around, hasXauth);
  const responder = new DaemonV1("responder", kernels.responder, configure("responder"), around, hasXauth);
  initiator.other = responder;
  responder.other = initiator;
  return { initiator, responder };
}
