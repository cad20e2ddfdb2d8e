import { humanDuration, type Micros } from "../../../bytes/time.js";
import { IKE_PORT, NAT_T_PORT } from "../../../ike/ports.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange, IkeSa } from "../../../session/model.js";
import { firstSighting, firstTimeOf, sightingsOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { evidenceAt } from "../../evidence.js";
import type { Evidence } from "../../finding.js";
import type { Message } from "../../../texts/message.js";

/** A setup that came up, and when. */
export interface UpSetup extends Setup {
  readonly upAt: Micros;
}

/** Complete setups of one pair of daemons in order of time; none where a NAT device hides several clients. */
export function completeSetups({ setups }: TunnelContext): UpSetup[] {
  const up = setups.flatMap((setup) => {
    const { sa, progress } = setup;
    const { upAt } = progress;
    if (!sa.startSeen || progress.state !== "up" || upAt === null) return [];
    return [{ sa, progress, upAt: Math.min(upAt, authenticatedAt(setup) ?? upAt) }];
  });
  const ports = new Set(up.map(({ sa }) => sa.initiator.port));
  const isShared = ports.size > 1 && [...ports].some((port) => port !== IKE_PORT && port !== NAT_T_PORT);
  return isShared ? [] : up;
}

/** The answer to IKE_AUTH, if lengths do not tell what it holds: an exchange behind it proves that the IKE SA came up with it. */
function authenticatedAt({ sa, progress: { authentication } }: Setup): Micros | undefined {
  return sa.majorVersion === 2 ? firstSighting(authentication.at(-1)?.response ?? null)?.time : undefined;
}

/** Setups whose authentication was refused, in order of time. */
export function refusedSetups({ setups }: TunnelContext): Setup[] {
  return setups.filter(({ sa, progress }) => sa.startSeen && progress.state === "authentication-refused");
}

/** Times between the beginnings of setups that follow one another. */
export function intervalsOf(setups: readonly Setup[]): Micros[] {
  return setups.slice(1).map(({ sa }, index) => sa.firstTime - (setups[index]?.sa.firstTime ?? 0));
}

export interface TrafficGap {
  readonly from: Micros;
  readonly length: Micros;
  /** Mean time between packets of one direction before the gap. */
  readonly pause: Micros;
}

/** The pause of all traffic between two setups that follow one another; null where no traffic is on both sides of it. */
export function trafficGap({ tunnel }: TunnelContext, setup: Setup, next: Setup): TrafficGap | null {
  const before = tunnel.streams.filter(
    ({ firstTime }) => firstTime >= setup.sa.firstTime && firstTime < next.sa.firstTime,
  );
  const after = tunnel.streams.filter(({ firstTime }) => firstTime >= next.sa.firstTime);
  if (before.length === 0 || after.length === 0) return null;
  const from = Math.max(...before.map(({ lastTime }) => lastTime));
  const pauses = before.map(({ firstTime, lastTime, packets }) => (lastTime - firstTime) / packets);
  const resumed = Math.min(...after.map(({ firstTime }) => firstTime));
  return { from, length: resumed - from, pause: Math.max(...pauses) };
}

/** A peer that deletes in order to re-authenticate begins anew at once. */
const AT_ONCE = 2_000_000;

/**
 * When the side that begins the next setup ended the one before itself, in order: just before, or while the next setup runs, as
 * strongSwan does where the lifetime ends with the time of re-authentication. Null where it did not.
 */
export function endedForNext({ sa }: Setup, next: Setup): Micros | null {
  const last = lastExchange(sa);
  if (last?.request == null) return null;
  // Deletes of IKEv1 are never answered (RFC 2408 5.15).
  if (last.response === null && (last.expectsResponse || last.exchangeType !== EXCHANGE_V1.INFORMATIONAL))
    return null;
  if (last.exchangeType !== EXCHANGE_V2.INFORMATIONAL && last.exchangeType !== EXCHANGE_V1.INFORMATIONAL) {
    return null;
  }
  const by = last.startedBy === "initiator" ? sa.initiator.address : sa.responder.address;
  const deletedAt = firstTimeOf(last.request);
  const { firstTime } = next.sa;
  const isAtOnce = deletedAt >= firstTime - AT_ONCE && deletedAt <= (next.progress.upAt ?? firstTime);
  return by === next.sa.initiator.address && isAtOnce ? deletedAt : null;
}

/** The exchange that was asked for last. */
export function lastExchange({ exchanges }: IkeSa): Exchange | undefined {
  return exchanges.toSorted((a, b) => firstTimeOf(a.request) - firstTimeOf(b.request)).at(-1);
}

/** One line for the first message of each setup, at most `limit`. */
export function setupEvidence(setups: readonly Setup[], text: Message, limit = 5): Evidence[] {
  const shown = setups.length <= limit ? setups : [...setups.slice(0, limit - 1), ...setups.slice(-1)];
  return shown.flatMap(({ progress }) => {
    const sighting = firstSighting(progress.opening[0]?.request ?? null);
    return sighting === undefined ? [] : [evidenceAt(sighting, text)];
  });
}

/** "48 min"; of several the middle one. */
export function typical(values: readonly Micros[]): { readonly value: Micros; readonly text: string } {
  const value = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return { value, text: humanDuration(value) };
}

/** The setups of which a finding cites messages. */
export function setupsCited(
  setups: readonly Setup[],
  { evidence }: { readonly evidence: readonly Pick<Evidence, "frame">[] },
): Setup[] {
  const cited = new Set(evidence.map(({ frame }) => frame));
  return setups.filter(({ sa }) =>
    sightingsOf(sa).some(({ frames }) => frames.some((frame) => cited.has(frame))),
  );
}
