import type { IpHeader } from "./ip/header.js";
import { HOST_SIDE, PACKET, type PacketView } from "./packet.js";

const NO_BYTES = new Uint8Array(0);

/** A view without a packet. All fields are there from the start: the object keeps its shape for good. */
export function newPacketView(): PacketView {
  return {
    kind: PACKET.skipped,
    ipVersion: 4,
    bytes: NO_BYTES,
    addressBytes: NO_BYTES,
    sourceAt: 0,
    destinationAt: 0,
    ttl: 0,
    trafficClass: 0,
    identification: 0,
    ipLength: 0,
    sourcePort: 0,
    destinationPort: 0,
    payloadStart: 0,
    payloadEnd: 0,
    payloadLength: 0,
    udpChecksum: 0,
    tcpFlags: 0,
    tcpSequence: 0,
    hostSide: HOST_SIDE.unknown,
    icmp: null,
    fragments: null,
    mirrored: false,
    brokenFragment: false,
  };
}

/** Copies the IP layer into the view and clears what only some upper layers set. */
export function showHeader(view: PacketView, header: IpHeader): void {
  view.ipVersion = header.version;
  view.addressBytes = header.addressBytes;
  view.sourceAt = header.sourceAt;
  view.destinationAt = header.destinationAt;
  view.ttl = header.ttl;
  view.trafficClass = header.trafficClass;
  view.identification = header.version === 4 ? header.identification : 0;
  view.ipLength = header.ipLength;
  view.fragments = header.fragments;
  view.sourcePort = 0;
  view.destinationPort = 0;
  view.udpChecksum = 0;
  view.tcpFlags = 0;
  view.tcpSequence = 0;
}
