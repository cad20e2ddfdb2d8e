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
    if (version === 4 && bytes[at] === ICMP_REDIRECT) layers.means.addresses.rewrite(bytes, at + 4, 4);
    rewriteQuotation(bytes, at + ICMP_HEADER, quotedEnd, layers);
    bytes.fill(0, quotedEnd, end);
  } else bytes.fill(0, at + 4, end);
  checksum.settle(pseudo(newSource, newDestination));
  return DONE;
}
