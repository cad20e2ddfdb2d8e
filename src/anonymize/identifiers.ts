import { u16At, u32At } from "../bytes/reader.js";
import { type Keyed, PURPOSE } from "./keyed.js";

/** SPIs below are reserved and stay (RFC 4303 section 2.1). */
const FIRST_SPI = 256;
const ROUNDS = 4;
const REMEMBERED = 65_536;
/** Ports that are nobody's in particular (RFC 6335 section 6), from which those of unknown traffic are replaced. */
const FIRST_FREE_PORT = 49_152;
/** Bytes that identify an ESP packet: the first ones (SPI, sequence number, IV) and the last ones (ICV) tell it from all others. */
const PACKET_HEAD = 24;
const PACKET_TAIL = 4;
/** Bytes that the replacement of a packet depends on: its length, its head and its tail. */
const PACKET_INPUT = 4 + PACKET_HEAD + PACKET_TAIL;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const MAC_LENGTH = 6;
const BROADCAST = 2 ** 48 - 1;
const GROUP_BIT = 0x01;
const LOCAL_BIT = 0x02;

/** Replacements of SPIs, MAC addresses, ports and of content. Equal values are replaced by equal ones. */
export class Identifiers {
  readonly #keyed: Keyed;
  readonly #spis = new Map<number, number>();
  readonly #macs = new Map<number, Uint8Array>();
  readonly #packetInput = new Uint8Array(PACKET_INPUT);

  constructor(keyed: Keyed) {
    this.#keyed = keyed;
  }

  /** SPI or cookie of IKE, 8 bytes at `at`. Zero stays, and so does whether the first half is zero: that tells ESP from IKE. */
  ikeSpi(bytes: Uint8Array, at: number): void {
    const spi = bytes.slice(at, at + 8);
    if (spi.every((byte) => byte === 0)) return;
    const mapped = this.#keyed.digest(PURPOSE.ikeSpi, spi).subarray(0, 8);
    if (u32At(mapped, 0) === 0) mapped[0] = 1;
    if (u32At(mapped, 4) === 0) mapped[7] = 1;
    if (u32At(spi, 0) === 0) mapped.fill(0, 0, 4);
    bytes.set(mapped, at);
  }

  /** SPI of ESP or AH, one to one: a network of Feistel over the two halves, walked until the value is no reserved one. */
  espSpi(spi: number): number {
    if (spi < FIRST_SPI) return spi;
    const known = this.#spis.get(spi);
    if (known !== undefined) return known;
    let mapped = spi;
    do mapped = this.#permuted(mapped);
    while (mapped < FIRST_SPI);
    if (this.#spis.size >= REMEMBERED) this.#spis.clear();
    this.#spis.set(spi, mapped);
    return mapped;
  }

  /** Replaces an SPI in a payload by its length: 4 bytes of ESP or AH, 8 of IKE, 16 both cookies of IKEv1; others as content. */
  spi(bytes: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (length === 4) putU32(bytes, from, this.espSpi(u32At(bytes, from)));
    else if (length === 8 || length === 16) {
      for (let at = from; at < to; at += 8) this.ikeSpi(bytes, at);
    } else this.content(bytes, from, to);
  }

  /** MAC address at `at`; none at all and broadcast stay, and so does whether it is a group's. */
  mac(bytes: Uint8Array, at: number): void {
    const mac = u16At(bytes, at) * 2 ** 32 + u32At(bytes, at + 2);
    if (mac === 0 || mac === BROADCAST) return;
    let mapped = this.#macs.get(mac);
    if (mapped === undefined) {
      const group = (bytes[at] as number) & GROUP_BIT;
      mapped = this.#keyed.digest(PURPOSE.mac, bytes.subarray(at, at + MAC_LENGTH)).subarray(0, MAC_LENGTH);
      mapped[0] = ((mapped[0] as number) & ~GROUP_BIT) | group | LOCAL_BIT;
      if (this.#macs.size >= REMEMBERED) this.#macs.clear();
      this.#macs.set(mac, mapped);
    }
    bytes.set(mapped, at);
  }

  /** Port of traffic that is not of IPsec, 2 bytes at `at`. */
  port(bytes: Uint8Array, at: number): void {
    const digest = this.#keyed.digest(PURPOSE.port, bytes.slice(at, at + 2));
    const mapped = FIRST_FREE_PORT + (u16At(digest, 0) % (65_536 - FIRST_FREE_PORT));
    bytes[at] = mapped >> 8;
    bytes[at + 1] = mapped & 0xff;
  }

  /** Number of a network, session or circuit of `bits` bits, 24 at most. Zero stays, and nothing becomes zero. */
  label(value: number, bits: number): number {
    if (value === 0) return 0;
    const input = new Uint8Array(5);
    input[0] = bits;
    putU32(input, 1, value);
    return 1 + (u32At(this.#keyed.digest(PURPOSE.label, input), 0) % (2 ** bits - 1));
  }

  /** Replaces [from, to) by pseudo-random bytes that depend on all of it. */
  content(bytes: Uint8Array, from: number, to: number): void {
    if (to <= from) return;
    this.#keyed.fill(PURPOSE.content, [bytes.subarray(from, to)], bytes, from, to);
  }

  /** The same with letters, where people will read it. */
  letters(bytes: Uint8Array, from: number, to: number): void {
    this.content(bytes, from, to);
    for (let at = from; at < to; at++) bytes[at] = LETTERS.charCodeAt((bytes[at] as number) % LETTERS.length);
  }

  /**
   * Replaces reserved bytes: zeros stay, and nothing becomes zeros, for two messages that differ in nothing else are still two.
   */
  reserved(bytes: Uint8Array, from: number, to: number): void {
    if (to <= from || bytes.subarray(from, to).every((byte) => byte === 0)) return;
    this.content(bytes, from, to);
    bytes[to - 1] = (bytes[to - 1] as number) | 1;
  }

  /**
   * Replaces what is too short, or too badly cut, to be a message: an SPI where there may be one, and of the rest all but
   * zeros, for those tell ESP, IKE and keepalives apart.
   */
  scrap(bytes: Uint8Array, from: number, to: number): void {
    const zeros = bytes.slice(from, to).map((byte) => (byte === 0 ? 0 : 0xff));
    const rest = to - from < 8 ? from : to - from < 16 ? from + 8 : from + 16;
    for (let at = from; at < rest; at += 8) this.ikeSpi(bytes, at);
    this.content(bytes, rest, to);
    for (let at = rest; at < to; at++) {
      bytes[at] = zeros[at - from] === 0 ? 0 : ((bytes[at] as number) & 0x7f) | 0x01;
    }
  }

  /**
   * Replaces [body, end), the encrypted part of the packet that begins at `from`. What it is replaced by depends on the
   * packet's first and last bytes: those of ciphertext tell it from all others, and there are many packets.
   */
  packet(bytes: Uint8Array, from: number, body: number, end: number): void {
    if (end <= body) return;
    const input = this.#packetInput;
    putU32(input, 0, end - from);
    let length = 4;
    for (let at = from; at < end && at < from + PACKET_HEAD; at++) input[length++] = bytes[at] as number;
    for (let at = Math.max(from, end - PACKET_TAIL); at < end; at++) input[length++] = bytes[at] as number;
    const isWhole = length === PACKET_INPUT;
    this.#keyed.fill(PURPOSE.packet, [isWhole ? input : input.subarray(0, length)], bytes, body, end);
  }

  #permuted(value: number): number {
    let left = value >>> 16;
    let right = value & 0xffff;
    for (let round = 0; round < ROUNDS; round++) {
      const digest = this.#keyed.digest(PURPOSE.espSpi, Uint8Array.of(round, right >> 8, right & 0xff));
      [left, right] = [right, left ^ u16At(digest, 0)];
    }
    return ((left << 16) | right) >>> 0;
  }
}

export function putU32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}
