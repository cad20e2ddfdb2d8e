import type { ByteSource } from "../source.js";

/** How far the reading of the captures has come, in bytes of the files as they lie there. */
export interface Meter {
  read: number;
  /** Of all files together; null where one is a pipe. */
  total: number | null;
}

/** A source whose bytes are counted in a meter. */
export class MeteredBytes implements ByteSource {
  readonly name: string;
  readonly #bytes: ByteSource;
  readonly #meter: Meter;

  constructor(bytes: ByteSource, meter: Meter) {
    this.name = bytes.name;
    this.#bytes = bytes;
    this.#meter = meter;
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
