import { initiatorPorts, mayBeOtherClients } from "../../../session/clients/ports.js";
import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Progress } from "../../../session/model.js";
import { lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import type { Verdict } from "../../finding.js";
import { canonicalAddress } from "../../../session/model/queries.js";
import { hasSeveralClients } from "../authentication/same-client.js";
import { isOnPorts, ownStreamsOf } from "../nat/own-streams.js";

/** The parts of a verdict that are other where the fault is over. */
export type Mended = Required<Pick<Verdict, "severity" | "mended">>;

export const MENDED: Mended = { severity: "warning", mended: true };

/**
 * Whether an IKE SA of this tunnel came up after `time`: then the fault before it healed. Where several clients are behind one
 * address, only an IKE SA of the client of `failed` counts; and one that has come no further than `failed`, as a second phase 1
 * whose quick mode waits like that of the first, mends nothing.
 */
export function healedAfter(context: TunnelContext, time: Micros, failed?: Setup): boolean {
  return context.setups.some(
    ({ sa, progress }) =>
      sa.id !== failed?.sa.id &&
      progress.upAt !== null &&
      progress.upAt > time &&
      (failed === undefined ||
        progress.state === "up" ||
        DISTANCE[progress.state] > DISTANCE[failed.progress.state]),
  );
}

/** A stream whose numbers begin below this is new. */
export const FIRST_NUMBERS = 16;

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
    overtaken || healedAfter(context, lastTime, failed) || carriesTrafficAfter(context, lastTime, failed);
  return isMended ? MENDED : {};
}

/**
 * Whether ESP or AH passes both ways after `time`. Where several clients share one address the traffic may be another's: only
 * of `setup` it can be told, by ports that no other setup has.
 */
export function carriesTrafficAfter(context: TunnelContext, time: Micros, setup?: Setup): boolean {
  if (setup === undefined && hasSeveralClients(context)) return false;
  const { tunnel } = context;
  const isOwn = setup === undefined ? () => true : ownStreamsOf(context, setup);
  const isOfOther = setup === undefined ? () => false : isOfEarlierClient(context, setup);
  const sources = new Set(
    tunnel.streams
      .filter(({ lastTime }) => lastTime > time)
      .filter((stream) => isOwn(stream) && !isOfOther(stream))
      .map(({ source }) => canonicalAddress(tunnel.aliases, source)),
  );
  return sources.size > 1;
}

/**
 * Whether a stream has the port of an IKE SA of another client, which was up before `setup` began: who has a tunnel does not set it up from
 * another port. A NAT device lets one client keep UDP 4500.
 */
function isOfEarlierClient({ setups }: TunnelContext, { sa }: Setup): (stream: EspStream) => boolean {
  const ports = new Set(
    setups
      .filter(
        ({ sa: other, progress: { upAt } }) =>
          upAt !== null && upAt < sa.firstTime && mayBeOtherClients(sa, other),
      )
      .flatMap((other) => [...initiatorPorts(other.sa)]),
  );
  return isOnPorts(sa.initiator.address, ports);
}

/**
 * ESP of SPIs that are new then passes both ways, and no other exchange made them: the setup went on after `time`, and the
 * capture missed how.
 */
export function wentOnUnseen(setup: Setup, context: TunnelContext, time: Micros): boolean {
  return bornAfter(setup, context, time).size > 1;
}

/** ESP of a new SPI then leaves one side at least: that side has a Child SA, so IKE went on where the capture does not show it. */
export function hasNewEspAfter(setup: Setup, context: TunnelContext, time: Micros): boolean {
  return bornAfter(setup, context, time).size > 0;
}

/** The sides that send ESP of SPIs that are new after `time`, and that no other exchange made. */
function bornAfter({ sa }: Setup, { tunnel, setups }: TunnelContext, time: Micros): ReadonlySet<Address> {
  const others = setups.filter((other) => other.sa.id !== sa.id);
  const isMadeElsewhere = others.some(
    ({ sa: { firstTime }, progress: { upAt, later, quick } }) =>
      firstTime <= time &&
      ((upAt ?? 0) > time ||
        later.some(
          ({ exchangeType, response }) =>
            exchangeType === EXCHANGE_V2.CREATE_CHILD_SA && lastTimeOf(response) > time,
        ) ||
        quick.some(({ response }) => lastTimeOf(response) > time)),
  );
  if (isMadeElsewhere) return new Set();
  // Streams that begin before the next setup does are not made by it.
  const until = Math.min(...others.map((other) => other.sa.firstTime).filter((start) => start > time));
  const born = tunnel.streams.filter(
    ({ firstTime, firstSequence }) => firstTime > time && firstTime < until && firstSequence <= FIRST_NUMBERS,
  );
  return new Set(born.map(({ source }) => canonicalAddress(tunnel.aliases, source)));
}
