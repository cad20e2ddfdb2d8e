import { ipv4At, ipv6At } from "../bytes/address.js";
import { u32At } from "../bytes/reader.js";
import { NAT_T_PORT } from "../ike/ports.js";
import { HTTPS_PORT } from "../ike/tcp-record.js";
import { classifyUdpPayload, UDP_PAYLOAD, udpPayloadOffset } from "../ike/udp.js";
import { readablePacket } from "../packet/ip/readable.js";
import { readableTransport } from "../packet/transport/readable.js";
import { type IcmpError, PACKET, type PacketKind, type PacketView } from "../packet/packet.js";
import { type Look, NOTHING } from "./look.js";

const ESP_HEADER = 8;
const SPI = 4;
const AH_HEADER = 12;

/** A packet as the dissector shows it, and where the bytes of its frame end. */
interface Seen {
  readonly view: PacketView;
  readonly end: number;
  /** Put together from fragments within a tunnel: its bytes are not those of the frame. */
  readonly isApart: boolean;
}

/** The look of a packet, whose frame has these bytes up to `end`. */
export function packetLook(
  kind: Exclude<PacketKind, typeof PACKET.skipped>,
  view: PacketView,
  bytes: Uint8Array,
  end: number,
): Look {
  const seen: Seen = { view, end, isApart: view.bytes !== bytes };
  const addressAt = view.ipVersion === 4 ? ipv4At : ipv6At;
  const ends: Look = {
    ...NOTHING,
    source: addressAt(view.addressBytes, view.sourceAt),
    destination: addressAt(view.addressBytes, view.destinationAt),
    sourcePort: view.sourcePort,
    destinationPort: view.destinationPort,
  };
  switch (kind) {
    case PACKET.icmpError:
      return { ...ends, kind: "icmp", cutEnd: end, headEnd: end, quotes: quotedEnds(view.icmp) };
    case PACKET.esp:
      return espLook(ends, seen, "esp", 0);
    case PACKET.ah:
      return { ...ends, kind: "ah", encapsulation: "ah", spi: spiAt(view, 4), ...cutBehind(seen, AH_HEADER) };
    case PACKET.tcp: {
      const isOurs = isEncapsulationPort(ends.sourcePort) || isEncapsulationPort(ends.destinationPort);
      return { ...ends, kind: isOurs ? "tcp" : "other", ...cutBehind(seen, 0) };
    }
    case PACKET.udp:
      return udpLook(ends, seen);
  }
}

function udpLook(ends: Look, seen: Seen): Look {
  const { view, end } = seen;
  const { bytes, payloadStart, payloadEnd, payloadLength, sourcePort, destinationPort } = view;
  const what = classifyUdpPayload(
    bytes,
    payloadStart,
    payloadEnd,
    payloadLength,
    sourcePort,
    destinationPort,
  );
  switch (what) {
    case UDP_PAYLOAD.notIpsec:
      return { ...ends, ...cutBehind(seen, 0) };
    case UDP_PAYLOAD.esp:
    case UDP_PAYLOAD.espWithMarker:
      return espLook(ends, seen, "udp", udpPayloadOffset(what));
    case UDP_PAYLOAD.keepalive:
      return { ...ends, kind: "keepalive", cutEnd: end, headEnd: end };
    case UDP_PAYLOAD.ike:
    case UDP_PAYLOAD.ikeWithMarker:
    case UDP_PAYLOAD.malformed:
      return { ...ends, kind: "ike", cutEnd: end, headEnd: endBehind(seen, 0) };
  }
}

/** ESP whose header stands at `offset` of the payload. */
function espLook(ends: Look, seen: Seen, encapsulation: "esp" | "udp", offset: number): Look {
  const { view, end, isApart } = seen;
  const { payloadStart, payloadEnd, payloadLength } = view;
  const body = payloadStart + offset + ESP_HEADER;
  const esp = { ...ends, kind: "esp" as const, encapsulation, spi: spiAt(view, offset) };
  // Without its sequence number a packet shows that there was ESP, and nothing seems to be missing between it and others.
  const kept = (length: number): Pick<Look, "cutEnd" | "headEnd"> => ({
    cutEnd: endBehind(seen, length),
    headEnd: endBehind(seen, offset + SPI),
  });
  // If ESP is not encrypted, the header of the packet inside is what shows it.
  const inside = isApart ? null : readablePacket(view.bytes, body, end, payloadStart + payloadLength);
  if (inside !== null) return { ...esp, ...kept(inside.headerEnd - payloadStart) };
  // In transport mode it is the trailer, at the end.
  const isWhole = payloadEnd === payloadStart + payloadLength;
  const isClear = !isApart && isWhole && readableTransport(view.bytes, body, payloadEnd) !== null;
  return { ...esp, ...kept(isClear ? payloadLength : offset + ESP_HEADER) };
}

/** The frame may end behind so many bytes of the payload, and says then all that it is needed for. */
function cutBehind(seen: Seen, length: number): Pick<Look, "cutEnd" | "headEnd"> {
  const behind = endBehind(seen, length);
  return { cutEnd: behind, headEnd: behind };
}

function endBehind({ view, end, isApart }: Seen, length: number): number {
  return isApart ? end : Math.min(end, view.payloadStart + length);
}

function quotedEnds(error: IcmpError | null): Look["quotes"] {
  return error === null ? null : [error.quoted.source, error.quoted.destination];
}

function spiAt(
  view: { bytes: Uint8Array; payloadStart: number; payloadEnd: number },
  offset: number,
): number {
  const at = view.payloadStart + offset;
  return view.payloadEnd - at < 4 ? 0 : u32At(view.bytes, at);
}

function isEncapsulationPort(port: number): boolean {
  return port === NAT_T_PORT || port === HTTPS_PORT;
}
