import type { Micros } from "../../bytes/time.js";
import { IKE_PORT, NAT_T_PORT } from "../../ike/ports.js";
import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import type { Progress } from "../../session/progress.js";
import { lastTimeOf } from "../../session/sightings.js";
import type { Setup, TunnelContext } from "../context.js";
import type { Verdict } from "../finding.js";
import { once } from "../once.js";
import type { EspStream } from "../../esp/stream.js";
import type { IkeSa } from "../../session/model.js";
import { canonicalAddress } from "../../session/model/queries.js";
import { sightingsOf } from "./sightings.js";
import { clientsAtOnce } from "./clients.js";
import { initiatorPorts, mayBeOtherClients } from "./ports.js";

/** Of the verdict on a fault that is over. */
export type Mended = Required<Pick<Verdict, "severity" | "mended">>;

export const MENDED: Mended = { severity: "warning", mended: true };

/**
 * Whether an IKE SA of this tunnel came up after `time`: then the fault before it healed. Where several clients are behind one
 * address, only an IKE SA of the client of `failed` counts; and one that has come no further than `failed`, as a second phase 1
 * whose quick mode waits like that of the first, mends nothing.
 */
export function healedAfter(context: TunnelContext, time: Micros, failed?: Setup): boolean {
  return setupsOfClient(context, failed).some(
    ({ sa, progress }) =>
      sa.id !== failed?.sa.id &&
      progress.upAt !== null &&
      progress.upAt > time &&
      (failed === undefined ||
        progress.state === "up" ||
        DISTANCE[progress.state] > DISTANCE[failed.progress.state]),
  );
}

/** All setups, or where several clients are there at once those that share a port with `setup`: the same client's. */
function setupsOfClient(context: TunnelContext, setup: Setup | undefined): readonly Setup[] {
  if (setup === undefined || clientsOf(context) < 2) return context.setups;
  return context.setups.filter(({ sa }) => !mayBeOtherClients(setup.sa, sa));
}

const clientsOf = once(clientsAtOnce);

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
  const overtaken = setupsOfClient(context, failed).some(
    ({ sa, progress }) =>
      sa.firstTime > lastTime && DISTANCE[progress.state] > DISTANCE[failed.progress.state],
  );
  const isMended =
    overtaken || healedAfter(context, lastTime, failed) || carriesTrafficAfter(context, lastTime, failed);
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
  const isOwn = setup === undefined ? () => true : ownStreamsOf(context, setup);
  const sources = new Set(
    tunnel.streams
      .filter(({ lastTime }) => lastTime > time)
      .filter((stream) => !isShared || isOwn(stream))
      .map(({ source }) => canonicalAddress(tunnel.aliases, source)),
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

/**
 * Whether a stream can be of the client of `setup`: where several clients are there at once, ESP in UDP comes from the port that
 * its IKE has there; before IKE moved to UDP 4500, only what comes from ports of others is told apart.
 */
export function ownStreamsOf(context: TunnelContext, { sa }: Setup): (stream: EspStream) => boolean {
  if (clientsOf(context) < 2 && !hasSeveralClients(context)) return () => true;
  const own = natTPorts(sa);
  const others = new Set(
    context.setups
      .flatMap((other) => (mayBeOtherClients(sa, other.sa) ? [...initiatorPorts(other.sa)] : []))
      .filter((port) => port !== NAT_T_PORT),
  );
  return ({ encapsulation, source, sourcePort, destinationPort }) => {
    if (encapsulation !== "udp") return true;
    const port = source === sa.initiator.address ? sourcePort : destinationPort;
    return own.size > 0 ? own.has(port) : !others.has(port);
  };
}

/** The ports that the initiator of an IKE SA has towards UDP 4500. */
function natTPorts(sa: IkeSa): Set<number> {
  const { address } = sa.initiator;
  return new Set(
    sightingsOf(sa).flatMap(({ source, destination }) =>
      source.address === address && destination.port === NAT_T_PORT
        ? [source.port]
        : destination.address === address && source.port === NAT_T_PORT
          ? [destination.port]
          : [],
    ),
  );
}

/** Setups come from different ports, of which a translator chose at least one. */
function hasSeveralClients({ setups }: TunnelContext): boolean {
  const ports = new Set(setups.filter(({ sa }) => sa.startSeen).map(({ sa }) => sa.initiator.port));
  return ports.size > 1 && [...ports].some((port) => port !== IKE_PORT && port !== NAT_T_PORT);
}
