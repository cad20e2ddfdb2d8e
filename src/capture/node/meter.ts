import type { RawBytes } from "./raw-bytes.js";

/** How far the reading of the captures has come, in bytes of the files as they lie there. */
export interface Meter {
  read: number;
  /** Bytes of all files together; null if one is a pipe. */
  total: number | null;
}

/** A source whose bytes are counted in a meter. */
export class MeteredBytes implements RawBytes {
  readonly name: string;
  readonly size: number | null;
  readonly #bytes: RawBytes;
  readonly #meter: Meter;

  constructor(bytes: RawBytes, meter: Meter) {
    this.name = bytes.name;
    this.size = bytes.size;
    this.#bytes = bytes;
    this.#meter = meter;
  }

  notPacked(): void {
    this.#bytes.notPacked();
  }

  async read(): Promise<Uint8Array | null> {
    const chunk = await this.#bytes.read();
    this.#meter.read += chunk?.length ?? 0;
    return chunk;
  }

  close(): Promise<void> {
    return this.#bytes.close();
  }
}
