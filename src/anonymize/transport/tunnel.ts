import { u16At } from "../../bytes/reader.js";
import { type IpHeader, PROTOCOL } from "../../packet/ip/header.js";
import { DEEPEST_NESTING } from "../../packet/tunnel/nesting.js";
import { IP_TUNNELS } from "../../packet/tunnel/tunnels.js";
import { Checksum } from "../checksum.js";
import type { AddressPair } from "../headers.js";
import { DONE, type Layers, PART } from "../layer.js";

const GRE_CHECKSUM = 0x8000;

/** IP in IP and GRE; a protocol that is no tunnel is zeroed. */
export function rewriteIpTunnel(header: IpHeader, _pair: AddressPair, depth: number, layers: Layers): number {
  const { bytes, payloadStart: start, payloadEnd: end, payloadLength, protocol } = header;
  const tunnel = IP_TUNNELS.get(protocol);
  if (tunnel === undefined || depth >= DEEPEST_NESTING || start >= end) {
    bytes.fill(0, start, end);
    return DONE;
  }
  const isGre = protocol === PROTOCOL.gre;
  const flags = isGre && end - start >= 8 ? u16At(bytes, start) : 0;
  const hasChecksum = (flags & GRE_CHECKSUM) !== 0;
  const checksum = hasChecksum ? new Checksum(bytes, start + 4, start, end) : null;
  const outcome = layers.inner(tunnel, bytes, start, end, start + payloadLength, depth);
  if (outcome === PART) return PART;
  if (outcome !== DONE) bytes.fill(0, start, end);
  checksum?.settle();
  return DONE;
}
