import type { ByteSource } from "../source.js";
import { GunzipBytes } from "./gunzip-bytes.js";
import type { RawBytes } from "./raw-bytes.js";

const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Bytes of a file, unpacked where the first two say that it is gzip; they are looked at with the first read. */
export class UnpackedBytes implements ByteSource {
  readonly name: string;
  readonly #raw: RawBytes;
  #chosen: ByteSource | null = null;

  constructor(raw: RawBytes) {
    this.name = raw.name;
    this.#raw = raw;
  }

  get compressed(): boolean {
    return this.#chosen?.compressed ?? false;
  }

  get cutShort(): string | null {
    return this.#chosen?.cutShort ?? null;
  }

  async read(): Promise<Uint8Array | null> {
    if (this.#chosen !== null) return this.#chosen.read();
    const head = await this.#readHead();
    if (head[0] === GZIP_MAGIC[0] && head[1] === GZIP_MAGIC[1]) {
      this.#chosen = new GunzipBytes(this.#raw, head);
      return this.#chosen.read();
    }
    this.#raw.notPacked();
    this.#chosen = this.#raw;
    return head.length > 0 ? head : null;
  }

  close(): Promise<void> {
    return (this.#chosen ?? this.#raw).close();
  }

  /** The first chunk; a pipe may bring the two bytes that matter one by one. */
  async #readHead(): Promise<Uint8Array> {
    let head = new Uint8Array(0);
    while (head.length < GZIP_MAGIC.length) {
      const chunk = await this.#raw.read();
      if (chunk === null) break;
      if (head.length === 0 && chunk.length >= GZIP_MAGIC.length) return chunk;
      const joined = new Uint8Array(head.length + chunk.length);
      joined.set(head);
      joined.set(chunk, head.length);
      head = joined;
    }
    return head;
  }
}
