import type { Address } from "../../bytes/address.js";
import type { Micros } from "../../bytes/time.js";
import { NAT_T_PORT } from "../../ike/ports.js";
import type { Exchange, Sighting, Transmission } from "../../session/model.js";
import { firstTimeOf, sightingsOf } from "../../session/sightings.js";
import type { TunnelContext } from "../context.js";
import { type Message, say } from "../../texts/message.js";
import { canonicalOf } from "../facts/sides.js";
import { type Device, deviceBetween, type Subpath } from "./device.js";
import { holesOf, isInAny, type Span } from "./holes.js";
import { type PlaceView, sameStream, viewsOf } from "./view.js";

/** Two places that the packets of one end pass one after the other, with no third that is known between them. */
export interface Passage extends Subpath {
  /** By how much the clock of `to` is ahead of that of `from`, with the time that packets take. */
  readonly offset: Micros;
  /** The one device between both places. */
  readonly device: Device;
  /** The longest time that a packet waited in that device; 0 where there is none, or that is not known. */
  readonly queued: Micros;
  /** When `to` provably did not record, by the clock of `from`. */
  readonly holes: readonly Span[];
}

/** The passages of a tunnel, in both directions. Empty where one file holds all, or it cannot be told which place comes first. */
export function passagesOf(context: TunnelContext): Passage[] {
  const { tunnel } = context;
  const views = viewsOf(context);
  const [one, other] = tunnel.addresses;
  const ends = [
    [one, other],
    [other, one],
  ] as const;
  return ends.flatMap(([sender, receiver]) => {
    const passes = (from: PlaceView, to: PlaceView): boolean => comesBefore(from, to, sender, receiver);
    return views.flatMap((from) =>
      views.flatMap((to) => {
        if (!passes(from, to) || views.some((mid) => passes(from, mid) && passes(mid, to))) return [];
        const offsets = clockOffsets(from, to);
        const offset = offsets[offsets.length >> 1];
        if (offset === undefined) return [];
        const subpath = { sender, receiver, from, to };
        const device = deviceBetween(tunnel, subpath, offsets);
        const placed = { ...subpath, ...(device === null ? {} : linksOf(context, subpath)) };
        // Packets of the other end pass them the other way round.
        const queued = device === null ? 0 : Math.max(0, ...offsets);
        return [{ ...placed, offset, device, queued, holes: holesOf(context, placed, offset) }];
      }),
    );
  });
}

/** The passage from the same place to the receiver's own one, past what lies between; null where none was taken there, or this is it. */
export function passageToTheEnd(context: TunnelContext, passage: Passage): Passage | null {
  const { from, to, receiver } = passage;
  if (to.near === receiver) return null;
  const end = viewsOf(context).find(({ near }) => near === receiver);
  const offsets = end === undefined ? [] : clockOffsets(from, end);
  const offset = offsets[offsets.length >> 1];
  if (end === undefined || offset === undefined) return null;
  const whole = { ...passage, to: end };
  return { ...whole, offset, device: null, queued: 0, holes: holesOf(context, whole, offset) };
}

/**
 * Both places as links of one device, which receives what the sender sends and sends it on: then both were recorded for as long as the
 * whole capture goes. Captures of both ends that were joined need not have been recorded at once.
 */
function linksOf(
  { capture }: TunnelContext,
  { from, to, sender, receiver }: Subpath,
): Pick<Passage, "from" | "to"> | null {
  const file = capture.files[from.index];
  if (file === undefined) return null;
  return { from: { ...from, file, towards: sender }, to: { ...to, file, towards: receiver } };
}

/** A router takes one off the TTL: so packets tell which place they passed first, and those of the other end the reverse. */
function comesBefore(one: PlaceView, other: PlaceView, sender: Address, receiver: Address): boolean {
  if (one === other) return false;
  if (one.near !== null && other.near !== null && one.near !== other.near) return one.near === sender;
  const forth = fallsBetween(one, other, sender);
  const back = fallsBetween(other, one, receiver);
  return (forth ?? back) === true && (back ?? forth) === true;
}

/** Whether the TTL of the packets of `end` is lower at `other`; null where that is not clear. */
function fallsBetween(one: PlaceView, other: PlaceView, end: Address): boolean | null {
  const [here, there] = [one.ttls.get(end), other.ttls.get(end)];
  if (here === undefined || there === undefined) return null;
  if (here.lowest > there.highest) return true;
  return here.highest < there.lowest ? false : null;
}

/** Over what both places saw from its beginning, the least first: their median is that of the clocks. */
function clockOffsets(from: PlaceView, to: PlaceView): Micros[] {
  return [...messageOffsets(from, to), ...streamOffsets(from, to)].toSorted((a, b) => a - b);
}

function messageOffsets(from: PlaceView, to: PlaceView): Micros[] {
  const there = new Map(exchangesOf(to));
  return exchangesOf(from).flatMap(([key, here]) => {
    const same = there.get(key);
    return same === undefined
      ? []
      : [...offsetOf(here.request, same.request), ...offsetOf(here.response, same.response)];
  });
}

/** Offset of the first attempt between two places; none if attempts are missing at one, for then the first ones need not be the same. */
function offsetOf(here: Transmission | null, there: Transmission | null): Micros[] {
  if (here === null || there === null || here.tries !== there.tries) return [];
  return [firstTimeOf(there) - firstTimeOf(here)];
}

function streamOffsets(from: PlaceView, to: PlaceView): Micros[] {
  return from.streams.flatMap((here) => {
    const there = sameStream(here, to);
    return there?.firstSequence === here.firstSequence ? [there.firstTime - here.firstTime] : [];
  });
}

/**
 * The exchanges of a place by what names them everywhere. In IKEv2 each end counts its own Message IDs and says which end it is; in
 * IKEv1 they are random, and a place that saw no beginning may take the wrong end for the initiator.
 */
export function exchangesOf({ ikeSas }: Pick<PlaceView, "ikeSas">): [string, Exchange][] {
  return ikeSas.flatMap(({ initiatorSpi, majorVersion, exchanges }) =>
    exchanges.map((exchange): [string, Exchange] => {
      const { exchangeType, messageId, step, startedBy } = exchange;
      const asker = majorVersion === 1 ? "" : startedBy;
      return [`${initiatorSpi} ${exchangeType} ${messageId} ${step} ${asker}`, exchange];
    }),
  );
}

/** Whether `to` was recording when what passed `from` at `time` came there. */
export function recordsAt(passage: Passage, time: Micros): boolean {
  return isWithinFile(passage, time) && !isInAny(time, passage.holes);
}

/** Whether the file of `to` had begun and not ended then; there may be a hole in it. */
export function isWithinFile(passage: Passage, time: Micros): boolean {
  return time >= startOf(passage) && time <= endOf(passage);
}

/** When `to` began, by the clock of `from`; infinity where it holds nothing. */
export function startOf(passage: Passage): Micros {
  return (passage.to.file.firstTime ?? Infinity) - behind(passage);
}

/** Whether no filter of the second place leaves out the port of an IKE message: it shows others there, or packets of any other kind. */
export function isUnfiltered({ from, to }: Passage, message: Sighting): boolean {
  // The links of one router were recorded through one filter: it passes what is there on either.
  const { otherPackets, port500, port4500 } = (to.towards === null ? to : from).observations;
  return otherPackets > 0 || (isOnNatT(message) ? port4500 : port500) > 0;
}

/** When `to` ended, by the clock of `from`; minus infinity where it holds nothing. */
export function endOf(passage: Passage): Micros {
  return (passage.to.file.lastTime ?? -Infinity) - behind(passage);
}

/** A device forwards within this time, unless packets wait in its queue. */
const FORWARDING_US: Micros = 10_000;

/** How much later `to` records what passes `from`; the links of one device are recorded at once, by one clock. */
function behind({ offset, device, queued }: Passage): Micros {
  if (device === null) return offset;
  return queued < FORWARDING_US ? 0 : queued;
}

/**
 * The name of a capture file without the folder that it lies in; of a link of one file, where it is. May hold anything: escape it
 * when printing.
 */
export function nameOf({ file, segment, near, hops, towards }: PlaceView): Message {
  if (segment === null)
    return file.file === "-" ? "standard input" : file.file.slice(file.file.lastIndexOf("/") + 1);
  if (towards !== null) return say`the link towards ${towards}`;
  if (near === null || hops === null) return say`link ${segment}`;
  return hops === 0
    ? say`the capture at ${near}`
    : say`the capture ${hops} hop${hops === 1 ? "" : "s"} from ${near}`;
}

/** The same at the beginning of a sentence. */
export function startingName(view: PlaceView): Message {
  const { segment, near, hops, towards } = view;
  if (segment === null) return nameOf(view);
  if (towards !== null) return say`The link towards ${towards}`;
  if (near === null || hops === null) return say`Link ${segment}`;
  return hops === 0
    ? say`The capture at ${near}`
    : say`The capture ${hops} hop${hops === 1 ? "" : "s"} from ${near}`;
}

export function isFrom({ tunnel }: TunnelContext, { sender }: Passage, address: Address): boolean {
  return canonicalOf(tunnel, address) === sender;
}

/** Whether the second place has anything of the sender: a sniffer may record one direction only. */
export function hearsSender({ to, sender }: Passage): boolean {
  return to.ttls.has(sender);
}

/**
 * Whether the second place has anything of the sender that comes as the lost packets do: a filter of addresses and ports may keep one
 * direction of UDP 4500 alone, and both of UDP 500.
 */
export function hears(context: TunnelContext, passage: Passage, onNatT: boolean): boolean {
  if (!onNatT) return hearsSender(passage);
  const { streams, ikeSas } = passage.to;
  return (
    streams.some((other) => other.encapsulation === "udp" && isFrom(context, passage, other.source)) ||
    ikeSas
      .flatMap(sightingsOf)
      .some((sighting) => isFrom(context, passage, sighting.source.address) && isOnNatT(sighting))
  );
}

export function isOnNatT({ source, destination }: Pick<Sighting, "source" | "destination">): boolean {
  return source.port === NAT_T_PORT || destination.port === NAT_T_PORT;
}
