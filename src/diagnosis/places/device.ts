import type { SenderTraces, Tunnel } from "../../session/model.js";
import type { Address } from "../../bytes/address.js";
import type { Micros } from "../../bytes/time.js";
import { canonicalOf } from "../facts/sides.js";
import type { PlaceView } from "./view.js";

/**
 * The device between two links of one file: "capturing" received packets on one and sent them by the other; "router" is one hop that
 * packets pass within moments, by the TTL. Null where more than one device may be between them.
 */
export type Device = "capturing" | "router" | null;

/** The part of a path (RFC 2330 5) between two places that packets of the sender pass one after the other. */
export interface Subpath {
  readonly sender: Address;
  readonly receiver: Address;
  readonly from: PlaceView;
  readonly to: PlaceView;
}

/** From one interface to another packets take less; over a cable to another host, by two clocks, more. */
const FORWARDING_US: Micros = 100;

/** The device that is between `from` and `to`, by the times that packets took between them in both directions. */
export function deviceBetween(
  tunnel: Tunnel,
  { from, to, sender, receiver }: Subpath,
  times: readonly Micros[],
): Device {
  if (from.index !== to.index || from.segment === null) return null;
  if (isForwarded(tunnel, from, to, sender) && !isForwarded(tunnel, to, from, sender)) return "capturing";
  if (isForwarded(tunnel, to, from, receiver) && !isForwarded(tunnel, from, to, receiver)) return "capturing";
  // Links of two clocks were captured by two hosts, and how long packets took between them is not known.
  if (from.clockAhead !== to.clockAhead) return null;
  if (isOfHost(tunnel, from) || isOfHost(tunnel, to)) return null;
  const middle = times.map(Math.abs).toSorted((a, b) => a - b)[times.length >> 1] ?? Infinity;
  return middle <= FORWARDING_US && isOneHop(from, to, sender) && isOneHop(to, from, receiver)
    ? "router"
    : null;
}

/** Whether the host that captured received packets of this end on one link, and sent them by the other. */
function isForwarded(tunnel: Tunnel, from: PlaceView, to: PlaceView, end: Address): boolean {
  const [here, there] = [from, to].map((view) => directionsOf(tunnel, view, end));
  return here?.received === true && !here.sent && there?.sent === true && !there.received;
}

/** Whether the host that captured sent packets there that it received nowhere else: it is an end itself. */
function isOfHost(tunnel: Tunnel, view: PlaceView): boolean {
  return tunnel.addresses.some((end) => directionsOf(tunnel, view, end).sent);
}

/** Whether the capturing host received packets of the end there, and whether it sent them. */
function directionsOf(
  tunnel: Tunnel,
  { ikeSas }: PlaceView,
  end: Address,
): Pick<SenderTraces, "sent" | "received"> {
  const traces = ikeSas.map(({ initiator, traces: ofEnds }) =>
    canonicalOf(tunnel, initiator.address) === end ? ofEnds.initiator : ofEnds.responder,
  );
  return { sent: traces.some(({ sent }) => sent), received: traces.some(({ received }) => received) };
}

/** Whether the TTL of what `end` sent is one lower at `to`; also where one of them has nothing of it. */
function isOneHop(from: PlaceView, to: PlaceView, end: Address): boolean {
  const [here, there] = [from.ttls.get(end), to.ttls.get(end)];
  return here === undefined || there === undefined || here.highest - there.highest === 1;
}
