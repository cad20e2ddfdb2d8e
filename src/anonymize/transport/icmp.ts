import { type IpHeader, PROTOCOL } from "../../packet/ip/header.js";
import { isIcmpError, quotationEnd } from "../../packet/transport/icmp.js";
import { Checksum, pseudoHeader } from "../checksum.js";
import type { AddressPair } from "../headers.js";
import { DONE, type Layers } from "../layer.js";
import { rewriteQuotation } from "./quotation.js";

const ICMP_HEADER = 8;
const ICMP_REDIRECT = 5;

/** ICMP, each kind in its own version of IP: of errors the quotation stays, of all else type and code. */
export function rewriteIcmp(header: IpHeader, pair: AddressPair, _depth: number, layers: Layers): number {
  const { bytes, payloadStart: at, payloadEnd: end, payloadLength, version, protocol } = header;
  if ((protocol === PROTOCOL.icmp) !== (version === 4)) {
    bytes.fill(0, at, end);
    return DONE;
  }
  if (end - at < ICMP_HEADER) {
    bytes.fill(0, Math.min(end, at + 2), end);
    return DONE;
  }
  const { source, destination, newSource, newDestination } = pair;
  const pseudo = (from: Uint8Array, to: Uint8Array): number =>
    version === 4 ? 0 : pseudoHeader(from, to, PROTOCOL.icmpv6, payloadLength);
  const checksum = new Checksum(bytes, at + 2, at, end, pseudo(source, destination));
  if (isIcmpError(header)) {
    const quotedEnd = quotationEnd(header);
    if (version === 4 && bytes[at] === ICMP_REDIRECT) layers.replacements.addresses.rewrite(bytes, at + 4, 4);
    blankUnused(bytes, at, version);
    rewriteQuotation(bytes, at + ICMP_HEADER, quotedEnd, layers);
    bytes.fill(0, quotedEnd, end);
  } else bytes.fill(0, at + 4, end);
  checksum.settle(pseudo(newSource, newDestination));
  return DONE;
}

/** Blanks the second word of an error but for the bytes that its type gives a meaning (RFC 792, RFC 1191, RFC 4443, RFC 4884). */
function blankUnused(bytes: Uint8Array, at: number, version: 4 | 6): void {
  const [from, to] = (version === 4 ? meaningV4 : meaningV6)(bytes[at] as number, bytes[at + 1] as number);
  bytes.fill(0, at + 4, at + from);
  bytes.fill(0, at + to, at + ICMP_HEADER);
}

function meaningV4(type: number, code: number): readonly [from: number, to: number] {
  switch (type) {
    case 3:
      // Length of the quotation, and the MTU of "fragmentation needed".
      return [5, code === 4 ? 8 : 6];
    case ICMP_REDIRECT:
      return [4, 8];
    case 11:
      return [5, 6];
    case 12:
      return [4, 6];
    default:
      return [4, 4];
  }
}

function meaningV6(type: number): readonly [from: number, to: number] {
  // MTU and pointer fill the word; else the length of the quotation begins it.
  return type === 2 || type === 4 ? [4, 8] : [4, 5];
}
