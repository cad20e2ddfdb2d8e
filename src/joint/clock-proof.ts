import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import { IN_STEP_US, isInStep, isZone } from "./clock-difference.js";
import type { LoggedEvent } from "./host.js";
import type { Fit, LoggedPacket } from "./offset-fit.js";
import { firstAfter, type WireIndex } from "./wire-index.js";
import type { WireMessage } from "./wire.js";
import { isOfOtherSas, type WireSa } from "./wire-sa.js";

/**
 * Why a difference between two clocks is believed. same-clock: there is none. spi: both name the same Child SA. zone: it is that of
 * two zones. only-place: the host sent what its log lacks at that time by its own clock, and has at one other. spacing: many messages
 * at intervals that no schedule makes.
 */
export type ClockProof = "same-clock" | "spi" | "zone" | "only-place" | "spacing";

/** A difference between two clocks under which messages agree that may be those of any other setup. */
export interface ClockDoubt {
  /** Null for a log without times. */
  readonly offset: Micros | null;
  readonly joined: number;
  /** Differences that join as many. */
  readonly places: number;
}

/** All that tells how a log and a capture lie in time. */
export interface ClockSetting {
  readonly events: readonly LoggedEvent[];
  readonly packets: readonly LoggedPacket[];
  readonly frames: readonly WireMessage[];
  readonly index: WireIndex;
  readonly sas: readonly WireSa[];
  readonly spis: ReadonlySet<number>;
  /** Addresses of the host. */
  readonly own: ReadonlySet<Address>;
  /** Whether the log tells addresses of the capture. */
  readonly byAddress: boolean;
}

/** Fewer joined messages prove nothing: one of them may have met a message that is merely alike. */
const LEAST_JOINED = 2;
/** The same where the addresses of the log are not in the capture. */
const LEAST_JOINED_WITHOUT_ADDRESS = 3;
/** A difference near to none is taken though another joins more, if it joins this share of it. */
const SHARE_OF_BEST = 0.5;
/** Another difference that joins this share of the messages leaves open which of the two it is. */
const AS_MANY_SHARE = 0.9;
/** Beside a zone, clocks that nobody sets are off by less. */
const FARTHEST_UNSET_US: Micros = 600e6;
const SPACED_MESSAGES = 8;
const SPACED_INTERVALS = 3;
const SPACED_US: Micros = 1e6;
/** Intervals that differ by less are of one schedule. */
const SAME_INTERVAL_US: Micros = 0.5e6;

/** The difference that is proven, or what speaks against the best one; null where no two messages agree. */
export function provenFit(
  fits: readonly Fit[],
  setting: ClockSetting,
): { readonly fit: Fit; readonly proof: ClockProof } | { readonly doubt: ClockDoubt } | null {
  const usable = fits.filter(
    (fit) =>
      fit.pairs.length >= (setting.byAddress ? LEAST_JOINED : LEAST_JOINED_WITHOUT_ADDRESS) &&
      (isInStep(fit.offset) || fit.pairs.some(({ packet }) => packet.message.out)),
  );
  const [best] = usable;
  if (best === undefined) return null;
  const consistent = usable.filter((fit) => !hasOtherSas(fit, setting));
  const inStep = consistent.find(
    ({ offset, score }) => isInStep(offset) && score >= best.score * SHARE_OF_BEST,
  );
  if (inStep !== undefined) return { fit: inStep, proof: "same-clock" };
  let absent: boolean | null = null;
  const isAbsent = (): boolean => (absent ??= isAbsentAtOwnTime(setting));
  for (const fit of consistent) {
    if (placesOf(fit, usable) > 1) continue;
    const proof = proofOf(fit, setting, isAbsent);
    if (proof !== null) return { fit, proof };
  }
  const zones = consistent.filter(({ offset }) => isZone(offset) && hasNoZone(setting));
  const [zone] = zones;
  if (zone !== undefined && zone.score >= best.score * AS_MANY_SHARE && placesOf(zone, zones) === 1) {
    return { fit: zone, proof: "zone" };
  }
  return { doubt: { offset: best.offset, joined: best.pairs.length, places: placesOf(best, usable) } };
}

/** How many differences join as many messages. */
function placesOf(fit: Fit, all: readonly Fit[]): number {
  const places: Micros[] = [fit.offset];
  for (const { offset, score } of all) {
    if (score < fit.score * AS_MANY_SHARE) continue;
    if (places.every((place) => !isInStep(offset - place))) places.push(offset);
  }
  return places.length;
}

function proofOf(fit: Fit, setting: ClockSetting, isAbsent: () => boolean): ClockProof | null {
  if (hasSameSa(fit, setting)) return "spi";
  if (!setting.byAddress) return null;
  if (Math.abs(fit.offset) <= FARTHEST_UNSET_US && isAbsent()) return "only-place";
  return isSpaced(fit) ? "spacing" : null;
}

/** Whether the log has a Child SA of the capture, and not after its first packet. */
function hasSameSa({ offset }: Fit, { events, sas, spis }: ClockSetting): boolean {
  const shared = new Map(
    sas.filter(({ spi }) => spis.has(spi)).map(({ spi, firstTime }) => [spi, firstTime]),
  );
  return (
    shared.size > 0 &&
    events.some(({ event: { kind, stamp, spiIn, spiOut } }) => {
      const first = shared.get(spiIn ?? 0) ?? shared.get(spiOut ?? 0);
      return (
        kind === "child-up" && stamp !== null && first !== undefined && !isBefore(first, stamp.time - offset)
      );
    })
  );
}

function hasNoZone({ packets }: ClockSetting): boolean {
  return packets.every(({ entry }) => entry.event.stamp?.zone === "unknown");
}

/** Whether the log has Child SAs at that time, and the capture shows that the setup of these messages made others. */
function hasOtherSas({ offset, pairs }: Fit, setting: ClockSetting): boolean {
  const joined = pairs.map(({ frame }) => frame).toSorted((a, b) => a.time - b.time);
  if (!isOfOtherSas(joined, setting)) return false;
  const { events, frames } = setting;
  const [first, last] = [frames[0]?.time ?? 0, frames.at(-1)?.time ?? 0];
  return events.some(({ event: { kind, stamp, spiIn } }) => {
    if (kind !== "child-up" || stamp === null || spiIn === null) return false;
    const at = stamp.time - offset;
    return !isBefore(at, first) && !isBefore(last, at);
  });
}

function isBefore(time: Micros, other: Micros): boolean {
  return time < other && !isInStep(other - time);
}

/**
 * Whether the log covers messages that the host sent, by its own clock, and has none of them there: what a host sends, it logs. Then
 * that clock is not the one of the capture.
 */
function isAbsentAtOwnTime({ events, packets, frames, index, own }: ClockSetting): boolean {
  let [first, last]: [Micros, Micros] = [Infinity, -Infinity];
  for (const { event } of events) {
    if (event.stamp === null) continue;
    first = Math.min(first, event.stamp.time);
    last = Math.max(last, event.stamp.time);
  }
  const isCovered = ({ from, time }: WireMessage): boolean =>
    own.has(from.address) && isBefore(first, time) && isBefore(time, last);
  const isThere = ({ message, time }: LoggedPacket): boolean => {
    if (!message.out) return false;
    const same = index.alike(message);
    for (let at = firstAfter(same, time - IN_STEP_US); at < same.length; at++) {
      const frame = same[at];
      if (frame === undefined || !isInStep(frame.time - time)) return false;
      if (isCovered(frame) && index.isSame(message, frame)) return true;
    }
    return false;
  };
  return frames.some(isCovered) && !packets.some(isThere);
}

/** Whether many messages agree at intervals that are no schedule: repeats and liveness checks come at those of any other tunnel. */
function isSpaced({ pairs }: Fit): boolean {
  const known = new Set<string>();
  const fresh = pairs
    .map(({ frame }) => frame)
    .toSorted((a, b) => a.time - b.time)
    .filter(({ exchange, messageId, response, length, from }) => {
      const key = [exchange, messageId, response, length, from.address].join(" ");
      return !known.has(key) && known.add(key);
    });
  const intervals: Micros[] = [];
  for (const [index, { time }] of fresh.entries()) {
    const interval = time - (fresh[index - 1]?.time ?? time);
    if (interval < SPACED_US) continue;
    if (intervals.every((other) => Math.abs(other - interval) > SAME_INTERVAL_US)) intervals.push(interval);
  }
  return pairs.length >= SPACED_MESSAGES && intervals.length >= SPACED_INTERVALS;
}
