const RECORD_HEADER = 16;
const MICROSECOND_MAGIC = 0xa1b2c3d4;

/** Packets on their way into a pcap stream, in one ring of memory. What does not fit is dropped and counted. */
export class PcapQueue {
  readonly #ring: Uint8Array;
  readonly #record = new Uint8Array(RECORD_HEADER);
  readonly #header = new DataView(this.#record.buffer);
  /** Bytes ever put in, and taken out. */
  #written = 0;
  #read = 0;
  #dropped = 0;

  /** `capacity` in bytes, record headers counted in; at least the 24 of the file header, which goes in first. */
  constructor(capacity: number, linkType: number, snapLength: number) {
    this.#ring = new Uint8Array(capacity);
    const file = new DataView(this.#ring.buffer);
    file.setUint32(0, MICROSECOND_MAGIC, true);
    file.setUint16(4, 2, true);
    file.setUint16(6, 4, true);
    file.setUint32(16, snapLength, true);
    file.setUint32(20, linkType, true);
    this.#written = 24;
  }

  /** Packets that did not fit. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Copies a packet in; `micros` since 1970. */
  push(packet: Uint8Array, originalLength: number, micros: number): void {
    const needed = RECORD_HEADER + packet.length;
    if (needed > this.#ring.length - (this.#written - this.#read)) {
      this.#dropped++;
      return;
    }
    const seconds = Math.floor(micros / 1e6);
    this.#header.setUint32(0, seconds, true);
    this.#header.setUint32(4, Math.floor(micros - seconds * 1e6), true);
    this.#header.setUint32(8, packet.length, true);
    this.#header.setUint32(12, originalLength, true);
    this.#put(this.#record);
    this.#put(packet);
  }

  /** The waiting bytes, as far as they lie in one piece: a view, good until `taken`; null if nothing waits. */
  peek(): Uint8Array | null {
    if (this.#read === this.#written) return null;
    const start = this.#read % this.#ring.length;
    return this.#ring.subarray(start, Math.min(this.#ring.length, start + this.#written - this.#read));
  }

  /** Frees the first `bytes` of what was peeked at. */
  taken(bytes: number): void {
    this.#read += bytes;
  }

  #put(bytes: Uint8Array): void {
    const at = this.#written % this.#ring.length;
    const first = Math.min(bytes.length, this.#ring.length - at);
    this.#ring.set(bytes.subarray(0, first), at);
    this.#ring.set(bytes.subarray(first), 0);
    this.#written += bytes.length;
  }
}
