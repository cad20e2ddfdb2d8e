import type { FrameRef } from "../bytes/frame.js";
import type { Micros } from "../bytes/time.js";
import { i32At } from "../bytes/reader.js";
import { IN_USE, KEY_WORDS } from "./layout.js";
import type { StreamHash } from "./stream-hash.js";

/**
 * One ESP or AH packet as the stream table takes it. One object is filled again and again: arguments that are no small
 * integers would cost an allocation each. For the same reason nothing takes a time as an argument on the way of a packet.
 */
export class EspPacket {
  readonly key = new Uint32Array(KEY_WORDS);
  /** Source and destination of IPv6, four words each; of IPv4 the first word of each counts. */
  readonly addresses = new Uint32Array(8);
  isIpv6 = false;
  sequence = 0;
  /** Length of the ESP or AH packet as declared, bytes. */
  length = 0;
  /** Traffic class << 8 | TTL. */
  outer = 0;
  time: Micros = 0;
  frame: FrameRef = 0;
  readonly #hash: StreamHash;

  /** `hash` is that of the table. */
  constructor(hash: StreamHash) {
    this.#hash = hash;
  }

  /** Sets addresses of four bytes each. */
  ipv4(bytes: Uint8Array, sourceAt: number, destinationAt: number): void {
    this.isIpv6 = false;
    this.addresses[0] = i32At(bytes, sourceAt);
    this.addresses[4] = i32At(bytes, destinationAt);
  }

  /** Sets addresses of sixteen bytes each. */
  ipv6(bytes: Uint8Array, sourceAt: number, destinationAt: number): void {
    this.isIpv6 = true;
    for (let word = 0; word < 4; word++) {
      this.addresses[word] = i32At(bytes, sourceAt + word * 4);
      this.addresses[word + 4] = i32At(bytes, destinationAt + word * 4);
    }
  }

  /**
   * Sets what else the key holds: ports, 0 for native ESP and AH, and the SPI, which is read at `spiAt` in `bytes`. Call it
   * after the addresses.
   */
  stream(
    encapsulation: number,
    sourcePort: number,
    destinationPort: number,
    bytes: Uint8Array,
    spiAt: number,
  ): void {
    const { key, addresses } = this;
    key[0] = this.isIpv6 ? this.#hash.digest(addresses, 0) : (addresses[0] as number);
    key[1] = this.isIpv6 ? this.#hash.digest(addresses, 4) : (addresses[4] as number);
    key[2] = (sourcePort << 16) | destinationPort;
    key[3] = i32At(bytes, spiAt);
    key[4] = IN_USE | ((this.isIpv6 ? 6 : 4) << 8) | encapsulation;
  }
}
