import type { IpHeader } from "../packet/ip/header.js";
import { Checksum } from "./checksum.js";
import type { AddressMap } from "./addresses.js";

const IPV4_HEADER = 20;
const IPV6_HEADER = 40;
const FRAGMENT = 44;
/** IPv4 option that does nothing (RFC 791 section 3.1). */
const NO_OPERATION = 1;

/** Addresses of a packet, before and after. */
export interface AddressPair {
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  readonly newSource: Uint8Array;
  readonly newDestination: Uint8Array;
}

/** The addresses that `header` points to, with what replaces them. */
export function addressPair(
  { version, addressBytes, sourceAt, destinationAt }: IpHeader,
  addresses: AddressMap,
): AddressPair {
  const length = version === 4 ? 4 : 16;
  const source = addresses.replaced(addressBytes, sourceAt, length);
  const destination = addresses.replaced(addressBytes, destinationAt, length);
  return {
    source: source.before,
    destination: destination.before,
    newSource: source.after,
    newDestination: destination.after,
  };
}

/**
 * Writes the new addresses into the IP header at `at`, whose payload begins at `payloadStart`, and blanks options and
 * extension headers, which may hold addresses too. The checksum stays as right or wrong as it was.
 */
export function rewriteIpHeader(
  bytes: Uint8Array,
  at: number,
  payloadStart: number,
  version: 4 | 6,
  { newSource, newDestination }: AddressPair,
): void {
  if (version === 6) {
    // The flow label.
    bytes[at + 1] = (bytes[at + 1] as number) & 0xf0;
    bytes.fill(0, at + 2, at + 4);
    blankExtensions(bytes, bytes[at + 6] as number, at + IPV6_HEADER, payloadStart);
    bytes.set(newSource, at + 8);
    bytes.set(newDestination, at + 24);
    return;
  }
  const checksum = new Checksum(bytes, at + 10, at, payloadStart);
  bytes.fill(NO_OPERATION, at + IPV4_HEADER, Math.max(payloadStart, at + IPV4_HEADER));
  bytes.set(newSource, at + 12);
  bytes.set(newDestination, at + 16);
  // A header that the network card completes has none yet.
  if (checksum.field !== 0) checksum.settle();
}

/** Zeroes what stands in the extension headers in [at, end), the first one being `protocol`, but for their chain. */
export function blankExtensions(bytes: Uint8Array, protocol: number, at: number, end: number): void {
  let next = protocol;
  for (let position = at; position + 8 <= end;) {
    const length = next === FRAGMENT ? 8 : ((bytes[position + 1] as number) + 1) << 3;
    if (next !== FRAGMENT) bytes.fill(0, position + 2, Math.min(end, position + length));
    next = bytes[position] as number;
    position += length;
  }
}
