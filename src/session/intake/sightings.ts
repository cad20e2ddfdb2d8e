import { ipv4At, ipv6At, type Address } from "../../bytes/address.js";
import type { FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import type { TcpRecord } from "../../ike/tcp-record.js";
import { HOST_SIDE, type IncompleteDatagram, type PacketView } from "../../packet/packet.js";
import type { HostSide, Sighting } from "../model.js";
import { endpointAt } from "./endpoints.js";
import type { TcpSender } from "./tcp-direction.js";

/** One captured frame as the intake wants it; the record of a capture source fits. */
export interface FrameInput {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly originalLength: number;
  readonly time: Micros;
  readonly nanos: number;
  readonly linkType: number;
  readonly frame: number;
  readonly capture: number;
  /** 1 inbound, 2 outbound, 0 not known. */
  readonly direction: number;
}

/** A sighting whose IKE fragment number is not known before the message is decoded. */
export type Unplaced = Omit<Sighting, "fragment"> & { fragment: number };

/** The sighting of the packet of the view. */
export function udpSighting(view: PacketView, record: FrameInput, ref: FrameRef): Unplaced {
  const { fragments, addressBytes, ipVersion } = view;
  return {
    time: fragments?.[0]?.time ?? record.time,
    nanos: record.nanos,
    frames: fragments === null ? [ref] : fragments.map(({ frame }) => frame),
    source: endpointAt(addressBytes, view.sourceAt, ipVersion, view.sourcePort),
    destination: endpointAt(addressBytes, view.destinationAt, ipVersion, view.destinationPort),
    bytes: view.payloadLength,
    ipFragments: fragments?.length ?? 1,
    missingFragments: null,
    fragment: 0,
    ttl: view.ttl,
    identification: view.identification,
    hostSide: hostSideOf(view, record),
    transport: "udp",
  };
}

/** The same for a message that lay in a TCP stream. */
export function tcpSighting(
  way: TcpSender,
  { time, nanos, frames, framesLeftOut, length }: TcpRecord,
): Unplaced {
  return {
    time,
    nanos,
    frames: [...frames],
    ...(framesLeftOut === 0 ? {} : { framesLeftOut }),
    source: way.source,
    destination: way.destination,
    bytes: length,
    ipFragments: 1,
    missingFragments: null,
    fragment: 0,
    ttl: way.ttl,
    identification: way.identification,
    hostSide: way.hostSide,
    transport: "tcp",
  };
}

/**
 * The same for a datagram that was not put together; its ports stand in the fragment that is there. Fragments that all came, cut by the
 * snap length, are missing nowhere.
 */
export function partialSighting(
  datagram: IncompleteDatagram,
  time: Micros,
  ports: { readonly source: number; readonly destination: number },
  bytes: number,
): Unplaced {
  return {
    time,
    nanos: 0,
    frames: datagram.fragments.map(({ frame }) => frame),
    source: { address: datagram.source, port: ports.source },
    destination: { address: datagram.destination, port: ports.destination },
    bytes,
    ipFragments: datagram.fragments.length,
    missingFragments: datagram.reason === "snap-length" ? null : datagram,
    fragment: 0,
    ttl: 0,
    identification: datagram.identification,
    hostSide: "unknown",
    transport: "udp",
  };
}

export function hostSideOf(view: PacketView, record: FrameInput): HostSide {
  if (view.hostSide === HOST_SIDE.sent || record.direction === 2) return "sent";
  if (view.hostSide === HOST_SIDE.received || record.direction === 1) return "received";
  return "unknown";
}

export function sourceOf(view: PacketView): Address {
  return addressAt(view, view.sourceAt);
}

export function destinationOf(view: PacketView): Address {
  return addressAt(view, view.destinationAt);
}

function addressAt({ ipVersion, addressBytes }: PacketView, at: number): Address {
  return ipVersion === 4 ? ipv4At(addressBytes, at) : ipv6At(addressBytes, at);
}
