import { u16At } from "../../bytes/reader.js";
import { classifyUdpPayload, UDP_PAYLOAD, udpPayloadOffset } from "../../ike/udp.js";
import { type IpHeader, PROTOCOL } from "../../packet/ip/header.js";
import { UDP_HEADER, udpLength } from "../../packet/transport/payload.js";
import { DEEPEST_NESTING } from "../../packet/tunnel/nesting.js";
import { UDP_TUNNELS } from "../../packet/tunnel/tunnels.js";
import { Checksum, pseudoHeader } from "../checksum.js";
import type { AddressPair } from "../headers.js";
import { rewriteIke } from "../ike/message.js";
import { DONE, type Layers, PART } from "../layer.js";
import { rewriteEspPacket } from "./esp.js";
import { rewritePorts } from "./ports.js";

const ALL_BITS = 0xffff;

/** UDP: IKE, ESP or a tunnel inside; what is neither is zeroed. */
export function rewriteUdp(header: IpHeader, pair: AddressPair, depth: number, layers: Layers): number {
  const { bytes, payloadStart: at, payloadEnd: end } = header;
  if (end - at < UDP_HEADER) {
    rewritePorts(bytes, at, end, layers.replacements.identifiers);
    bytes.fill(0, Math.min(end, at + 4), end);
    return DONE;
  }
  const length = udpLength(header);
  const covered = Math.min(end, at + length);
  const { source, destination, newSource, newDestination } = pair;
  // Zero says that the sender computed none.
  const hasChecksum = u16At(bytes, at + 6) !== 0;
  const before = hasChecksum ? pseudoHeader(source, destination, PROTOCOL.udp, length) : 0;
  const checksum = hasChecksum ? new Checksum(bytes, at + 6, at, covered, before) : null;
  const datagram = { bytes, at, end: covered, length: length - UDP_HEADER };
  const outcome = rewriteTunnel(datagram, depth, layers) ?? rewritePayload(datagram, pair, depth, layers);
  if (outcome === PART) return PART;
  bytes.fill(0, covered, end);
  if (checksum === null) return DONE;
  checksum.settle(pseudoHeader(newSource, newDestination, PROTOCOL.udp, length));
  if (u16At(bytes, at + 6) === 0) checksum.put(ALL_BITS);
  return DONE;
}

/** A datagram whose header stands at `at`; `length` is what its payload had on the wire. */
interface Datagram {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly end: number;
  readonly length: number;
}

/** Rewrites a packet to a tunnel's port; null if it holds no tunnel, or nothing that can be read. */
function rewriteTunnel(
  { bytes, at, end, length }: Datagram,
  depth: number,
  layers: Layers,
): typeof DONE | typeof PART | null {
  const port = u16At(bytes, at + 2);
  const tunnel = UDP_TUNNELS.get(port);
  if (tunnel === undefined || depth >= DEEPEST_NESTING) return null;
  const start = at + UDP_HEADER;
  const outcome = layers.inner(tunnel, bytes, start, end, start + length, depth);
  if (outcome === PART) return PART;
  if (outcome !== DONE) return null;
  return DONE;
}

function rewritePayload(
  { bytes, at: header, end, length }: Datagram,
  { source, destination }: AddressPair,
  depth: number,
  layers: Layers,
): typeof DONE {
  const { replacements } = layers;
  const start = header + UDP_HEADER;
  const sourcePort = u16At(bytes, header);
  const destinationPort = u16At(bytes, header + 2);
  const kind = classifyUdpPayload(bytes, start, end, length, sourcePort, destinationPort);
  const at = Math.min(end, start + udpPayloadOffset(kind));
  switch (kind) {
    case UDP_PAYLOAD.ike:
    case UDP_PAYLOAD.ikeWithMarker:
      rewriteIke(bytes, at, end, { source, destination, sourcePort, destinationPort }, replacements);
      return DONE;
    case UDP_PAYLOAD.esp:
    case UDP_PAYLOAD.espWithMarker:
      rewriteEspPacket(bytes, at, end, start + length, depth, layers);
      return DONE;
    case UDP_PAYLOAD.keepalive:
      return DONE;
    case UDP_PAYLOAD.malformed:
      replacements.identifiers.scrap(bytes, start, end);
      return DONE;
    case UDP_PAYLOAD.notIpsec:
      bytes.fill(0, start, end);
      rewritePorts(bytes, header, end, replacements.identifiers);
      return DONE;
  }
}
