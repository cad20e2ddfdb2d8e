import { type Address, addressBytes, ipv4At, ipv6At } from "../bytes/address.js";
import { toHex } from "../bytes/hex.js";
import { u32At } from "../bytes/reader.js";
import { type Keyed, PURPOSE } from "./keyed.js";

/** A block of addresses that stays what it is: its first `bits` bits are kept, so that the class of an address shows. */
interface Block {
  readonly start: readonly number[];
  readonly bits: number;
}

/** Blocks whose meaning matters (RFC 6890, RFC 4291): private, shared, loopback, link-local, multicast, none at all. */
const BLOCKS_V4: readonly Block[] = [
  { start: [0, 0, 0, 0], bits: 32 },
  { start: [10], bits: 8 },
  { start: [100, 64], bits: 10 },
  { start: [127, 0, 0, 1], bits: 32 },
  { start: [169, 254], bits: 16 },
  { start: [172, 16], bits: 12 },
  { start: [192, 168], bits: 16 },
  { start: [224], bits: 4 },
  { start: [255, 255, 255, 255], bits: 32 },
];
const LOOPBACK_V6 = [...Array.from({ length: 15 }, () => 0), 1];
const BLOCKS_V6: readonly Block[] = [
  { start: [], bits: 128 },
  { start: LOOPBACK_V6, bits: 128 },
  { start: [...Array.from({ length: 10 }, () => 0), 0xff, 0xff], bits: 96 },
  { start: [0, 0x64, 0xff, 0x9b], bits: 96 },
  { start: [0x20], bits: 3 },
  { start: [0xfc], bits: 7 },
  { start: [0xfe, 0x80], bits: 10 },
  { start: [0xff, 0x02], bits: 16 },
];

/** An address and what replaces it; neither is to be changed. */
interface Replaced {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** Addresses that are remembered; when there are more, all are forgotten, and made again in the same way. */
const REMEMBERED = 65_536;

/**
 * Replaces addresses so that two which share their first n bits still do, and no more than those (the scheme of
 * Crypto-PAn, Xu et al. 2002): whether a bit is turned over depends on the bits before it and on the key. One to one.
 */
export class AddressMap {
  readonly #keyed: Keyed;
  /** Those of IPv4 by their number, those of IPv6 by their digits. */
  readonly #known = new Map<number | string, Replaced>();

  constructor(keyed: Keyed) {
    this.#keyed = keyed;
  }

  /** The replacement of an address of 4 or 16 bytes; not to be changed. */
  map(address: Uint8Array): Uint8Array {
    return this.replaced(address, 0, address.length).after;
  }

  /** The address of `length` bytes, 4 or 16, that stands at `at`, and its replacement. */
  replaced(bytes: Uint8Array, at: number, length: number): Replaced {
    // An address cut short must not be taken for a whole one.
    const isV4 = length === 4 && at + length <= bytes.length;
    const key = isV4 ? u32At(bytes, at) : toHex(bytes, at, at + length);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    const before = bytes.slice(at, at + length);
    const replaced = { before, after: this.#mapped(before) };
    this.#known.set(key, replaced);
    return replaced;
  }

  /** Replaces the address of `length` bytes, 4 or 16, that stands at `at`. */
  rewrite(bytes: Uint8Array, at: number, length: number): void {
    bytes.set(this.replaced(bytes, at, length).after, at);
  }

  /** The replacement of an address text. Throws RangeError where it is none. */
  text(address: Address): Address {
    const bytes = addressBytes(address);
    if (bytes === null) throw new RangeError("not an IP address");
    return bytes.length === 4 ? ipv4At(this.map(bytes), 0) : ipv6At(this.map(bytes), 0);
  }

  /** A digest of the bytes before has a bit for each of the 255 ways to come to a bit within the next byte. */
  #mapped(address: Uint8Array): Uint8Array {
    const purpose = address.length === 4 ? PURPOSE.addressV4 : PURPOSE.addressV6;
    let blocks = address.length === 4 ? BLOCKS_V4 : BLOCKS_V6;
    const mapped = new Uint8Array(address.length);
    for (let index = 0; index < address.length; index++) {
      const flips = this.#keyed.digest(purpose, address.subarray(0, index));
      const byte = address[index] as number;
      let way = 1;
      let out = 0;
      for (let bit = 0; bit < 8; bit++) {
        const position = index * 8 + bit;
        const value = (byte >> (7 - bit)) & 1;
        // To turn over a bit on the way to a block would move the block.
        blocks = blocks.filter(({ bits }) => bits > position);
        const flip = blocks.length > 0 ? 0 : ((flips[way >> 3] as number) >> (way & 7)) & 1;
        blocks = blocks.filter((block) => bitOf(block, position) === value);
        out = (out << 1) | (value ^ flip);
        way = (way << 1) | value;
      }
      mapped[index] = out;
    }
    return mapped;
  }
}

function bitOf({ start }: Block, position: number): number {
  return ((start[position >> 3] ?? 0) >> (7 - (position & 7))) & 1;
}
