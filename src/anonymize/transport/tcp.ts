import { u16At, u32At } from "../../bytes/reader.js";
import { NAT_T_PORT } from "../../ike/ports.js";
import { HTTPS_PORT } from "../../ike/tcp-record.js";
import { type IpHeader, PROTOCOL } from "../../packet/ip/header.js";
import { Checksum, pseudoHeader } from "../checksum.js";
import type { AddressPair } from "../headers.js";
import type { Identifiers } from "../identifiers.js";
import { DONE, type Layers } from "../layer.js";
import { rewritePorts } from "./ports.js";

const TCP_HEADER = 20;
const NO_OPERATION = 1;

/** TCP: a segment that may carry IKE waits for its new payload; that of all others is zeroed, and so are options. */
export function rewriteTcp(header: IpHeader, pair: AddressPair, _depth: number, layers: Layers): number {
  const { bytes, payloadStart: at, payloadEnd: end, payloadLength } = header;
  const { replacement, replacements } = layers;
  const headerLength = end - at < TCP_HEADER ? 0 : ((bytes[at + 12] as number) >> 4) << 2;
  if (headerLength < TCP_HEADER || headerLength > payloadLength) {
    rewriteTcpHead(bytes, at, end, replacements.identifiers);
    return DONE;
  }
  const { source, destination, newSource, newDestination } = pair;
  const payload = Math.min(end, at + headerLength);
  const isStream = isEncapsulated(bytes, at, end);
  if (isStream && replacement === null) {
    return layers.setAside({
      kind: "segment",
      ends: { source, destination, sourcePort: u16At(bytes, at), destinationPort: u16At(bytes, at + 2) },
      sequence: u32At(bytes, at + 4),
      flags: bytes[at + 13] as number,
      length: payloadLength - headerLength,
      start: payload,
      end,
    });
  }
  const pseudo = pseudoHeader(source, destination, PROTOCOL.tcp, payloadLength);
  const checksum = new Checksum(bytes, at + 16, at, end, pseudo);
  bytes.fill(NO_OPERATION, at + TCP_HEADER, payload);
  bytes.fill(0, payload, end);
  if (isStream) bytes.set(replacement?.subarray(0, end - payload) ?? [], payload);
  else rewritePorts(bytes, at, end, replacements.identifiers);
  checksum.settle(pseudoHeader(newSource, newDestination, PROTOCOL.tcp, payloadLength));
  return DONE;
}

/** A header that is quoted or broken: ports and sequence number are all that there is to see. */
export function rewriteTcpHead(bytes: Uint8Array, at: number, end: number, identifiers: Identifiers): void {
  if (!isEncapsulated(bytes, at, end)) rewritePorts(bytes, at, end, identifiers);
  bytes.fill(0, Math.min(end, at + 8), end);
}

/** Whether TCP with these ports may carry IKE (RFC 9329). */
function isEncapsulated(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 4) return false;
  return [u16At(bytes, at), u16At(bytes, at + 2)].some((port) => port === NAT_T_PORT || port === HTTPS_PORT);
}
