import { addressBytes, ipv4At, ipv6At, type Address } from "./address.js";

/** Networks into which addresses are put when they make too many ranges, as bits of their prefixes, the narrowest first. */
const PREFIXES = { 4: [24, 16, 8], 16: [64, 48, 32] } as const;
/** 10.0.0.0/8 is one network (RFC 1918); of other addresses the first byte alone says nothing that they have in common. */
const ONE_NETWORK_OF_8 = 10;

/**
 * Addresses as few texts: those that follow one another as a range ("192.0.2.10-.37", "10.0.0.0-10.0.3.255"), and where that
 * makes more than `most`, by networks with how many are in each ("10.0.3.0/24 (17)"), an address alone in one as itself. Beyond `most` networks, the ones with the
 * most addresses and how many there are beside them.
 */
export function foldedAddresses(addresses: Iterable<Address>, most: number): string[] {
  const known = [...new Set(addresses)].flatMap((address) => {
    const bytes = addressBytes(address);
    return bytes === null ? [] : [{ address, bytes }];
  });
  const sorted = known.toSorted((a, b) => a.bytes.length - b.bytes.length || compared(a.bytes, b.bytes));
  const ranges = rangesOf(sorted);
  if (ranges.length <= most) return ranges;
  const widest = PREFIXES[4].length - 1;
  for (let step = 0; step < widest; step++) {
    const networks = networksOf(sorted, step);
    if (networks.length <= most) return networks.map(networkText);
  }
  const networks = networksOf(sorted, widest).toSorted((a, b) => b.count - a.count);
  const shown = networks.slice(0, most);
  const left = networks.slice(most).reduce((sum, { count }) => sum + count, 0);
  return [...shown.map(networkText), ...(left === 0 ? [] : [`${left} more`])];
}

interface KnownAddress {
  readonly address: Address;
  readonly bytes: Uint8Array;
}

function compared(a: Uint8Array, b: Uint8Array): number {
  for (const [index, byte] of a.entries()) {
    const difference = byte - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function rangesOf(sorted: readonly KnownAddress[]): string[] {
  const ranges: [first: KnownAddress, last: KnownAddress][] = [];
  for (const known of sorted) {
    const open = ranges.at(-1);
    if (open !== undefined && isNext(open[1].bytes, known.bytes)) open[1] = known;
    else ranges.push([known, known]);
  }
  return ranges.map(([first, last]) => rangeText(first, last));
}

function isNext(before: Uint8Array, after: Uint8Array): boolean {
  if (before.length !== after.length) return false;
  const next = Uint8Array.from(before);
  for (let index = next.length - 1; index >= 0; index--) {
    const byte = ((next[index] ?? 0) + 1) & 0xff;
    next[index] = byte;
    if (byte !== 0) break;
  }
  return compared(next, after) === 0;
}

function rangeText(first: KnownAddress, last: KnownAddress): string {
  if (first === last) return first.address;
  const isWithin24 = first.bytes.length === 4 && compared(first.bytes.subarray(0, 3), last.bytes) === 0;
  return `${first.address}-${isWithin24 ? `.${last.bytes[3]}` : last.address}`;
}

interface Network {
  readonly text: string;
  readonly first: Address;
  count: number;
}

function networksOf(sorted: readonly KnownAddress[], step: number): Network[] {
  const networks = new Map<string, Network>();
  for (const { address, bytes } of sorted) {
    const text = prefixText(bytes, prefixOf(bytes, step));
    const network = networks.get(text) ?? { text, first: address, count: 0 };
    network.count++;
    networks.set(text, network);
  }
  return [...networks.values()];
}

function prefixOf(bytes: Uint8Array, step: number): number {
  if (bytes.length !== 4) return PREFIXES[16][step] ?? 0;
  const bits = PREFIXES[4][step] ?? 0;
  return bits === 8 && bytes[0] !== ONE_NETWORK_OF_8 ? 16 : bits;
}

function networkText({ text, first, count }: Network): string {
  return count === 1 ? first : `${text} (${count})`;
}

/** "192.0.2.0/24": the network of an address, with a prefix of whole bytes; null for what is no address. */
export function networkOf(
  address: Address,
  bits: { readonly v4: number; readonly v6: number },
): string | null {
  const bytes = addressBytes(address);
  return bytes === null ? null : prefixText(bytes, bytes.length === 4 ? bits.v4 : bits.v6);
}

function prefixText(bytes: Uint8Array, bits: number): string {
  const network = bytes.map((byte, index) => (index < bits / 8 ? byte : 0));
  return `${network.length === 4 ? ipv4At(network, 0) : ipv6At(network, 0)}/${bits}`;
}
