import type { Micros } from "../../bytes/time.js";
import { IKE_PORT, NAT_T_PORT } from "../../ike/ports.js";
import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import { lastTimeOf, type Progress } from "../../session/progress.js";
import type { Setup, TunnelContext } from "../context.js";
import type { Verdict } from "../finding.js";
import { initiatorPorts, mayBeOtherClients } from "./ports.js";

/** Of the verdict on a fault that is over. */
export type Mended = Required<Pick<Verdict, "severity" | "mended">>;

export const MENDED: Mended = { severity: "warning", mended: true };

/** Whether an IKE SA of this tunnel came up after `time`: then the fault before it healed. */
export function healedAfter(context: TunnelContext, time: Micros): boolean {
  return context.setups.some(({ progress }) => progress.upAt !== null && progress.upAt > time);
}

/** A stream whose numbers begin below this is new. */
const FIRST_NUMBERS = 16;

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

/**
 * A fault that was mended inside the capture is not critical: a later setup of the same peers came further than `failed`,
 * or they have a tunnel behind it that carries traffic.
 */
export function severityUnlessMended(
  context: TunnelContext,
  failed: Setup,
  lastTime: Micros,
): Mended | Record<string, never> {
  const overtaken = context.setups.some(
    ({ sa, progress }) =>
      sa.firstTime > lastTime && DISTANCE[progress.state] > DISTANCE[failed.progress.state],
  );
  const isMended =
    overtaken || healedAfter(context, lastTime) || carriesTrafficAfter(context, lastTime, failed);
  return isMended ? MENDED : {};
}

/**
 * Whether ESP or AH passes both ways after `time`. Where several clients share one address the traffic may be another's: only
 * of `setup` it can be told, by ports that no other setup has.
 */
export function carriesTrafficAfter(context: TunnelContext, time: Micros, setup?: Setup): boolean {
  const isShared = hasSeveralClients(context);
  if (isShared && setup === undefined) return false;
  const { tunnel } = context;
  const ofOthers = isShared && setup !== undefined ? portsOfOthers(context, setup) : null;
  const sources = new Set(
    tunnel.streams
      .filter(({ lastTime }) => lastTime > time)
      .filter(
        ({ sourcePort, destinationPort }) =>
          ofOthers?.has(sourcePort) !== true && ofOthers?.has(destinationPort) !== true,
      )
      .map(({ source }) => tunnel.aliases.find(({ address }) => address === source)?.standsFor ?? source),
  );
  return sources.size > 1;
}

/**
 * ESP of SPIs that are new then passes both ways, and no other exchange made them: the setup went on after `time`, and the
 * capture missed how.
 */
export function wentOnUnseen({ sa }: Setup, { tunnel, setups }: TunnelContext, time: Micros): boolean {
  const isMadeElsewhere = setups.some(
    (other) =>
      other.sa.id !== sa.id &&
      ((other.progress.upAt ?? 0) > time ||
        other.sa.firstTime > time ||
        other.progress.later.some(
          ({ exchangeType, response }) =>
            exchangeType === EXCHANGE_V2.CREATE_CHILD_SA && lastTimeOf(response) > time,
        ) ||
        other.progress.quick.some(({ response }) => lastTimeOf(response) > time)),
  );
  if (isMadeElsewhere) return false;
  const born = tunnel.streams.filter(
    (stream) => stream.firstTime > time && stream.firstSequence <= FIRST_NUMBERS,
  );
  return new Set(born.map(({ source }) => source)).size > 1;
}

/** Ports that a translator gave to other clients. */
function portsOfOthers({ setups }: TunnelContext, { sa }: Setup): Set<number> {
  const ports = setups.flatMap((other) =>
    mayBeOtherClients(sa, other.sa) ? [...initiatorPorts(other.sa)] : [],
  );
  return new Set(ports.filter((port) => port !== NAT_T_PORT));
}

/** Setups come from different ports, of which a translator chose at least one. */
function hasSeveralClients({ setups }: TunnelContext): boolean {
  const ports = new Set(setups.filter(({ sa }) => sa.startSeen).map(({ sa }) => sa.initiator.port));
  return ports.size > 1 && [...ports].some((port) => port !== IKE_PORT && port !== NAT_T_PORT);
}
