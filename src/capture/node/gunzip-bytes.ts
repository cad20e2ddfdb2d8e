import { createGunzip, type Gunzip } from "node:zlib";
import { type ByteSource, CaptureError } from "../source.js";
import { type Message, verbatim, say } from "../../texts/message.js";

/** Packed bytes given to zlib at once; they may unpack to a thousand times as many, which wait in memory. */
const SLICE = 16 * 1024;
/** Bytes that zlib unpacks at once; of damaged data it does not give out the last such chunk. */
const UNPACKED_CHUNK = 16 * 1024;

/**
 * Unpacks gzip data, of one member or several in a row, as they come. Data cut short give all that could be unpacked
 * and then end, with `cutShort` set. Damaged data end in a {@link CaptureError} that counts packed bytes, after what
 * came before the damage except for the last 16 KiB at most.
 */
export class GunzipBytes implements ByteSource {
  readonly name: string;
  readonly compressed = true;
  cutShort: Message | null = null;

  readonly #packed: ByteSource;
  readonly #gunzip: Gunzip;
  readonly #unpacked: Uint8Array[] = [];
  #rest: Uint8Array;
  /** Packed bytes taken so far. */
  #offset = 0;
  #ended = false;
  #failure: NodeJS.ErrnoException | null = null;
  #wake: () => void = () => {};

  /** `head` are the first bytes of `packed`, already read from it to see what they are. */
  constructor(packed: ByteSource, head: Uint8Array) {
    this.name = packed.name;
    this.#packed = packed;
    this.#rest = head;
    this.#gunzip = createGunzip({ chunkSize: UNPACKED_CHUNK });
    this.#gunzip.on("data", (chunk: Uint8Array) => {
      this.#unpacked.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length));
    });
    this.#gunzip.on("end", () => {
      this.#ended = true;
      this.#wake();
    });
    this.#gunzip.on("error", (error: NodeJS.ErrnoException) => {
      this.#failure = error;
      this.#wake();
    });
  }

  async read(): Promise<Uint8Array | null> {
    for (;;) {
      const unpacked = this.#unpacked.shift();
      if (unpacked !== undefined) return unpacked;
      if (this.#ended) return null;
      if (this.#failure !== null) {
        this.#ended = true;
        this.#endBy(this.#failure);
        return null;
      }
      await this.#feed();
    }
  }

  async close(): Promise<void> {
    this.#ended = true;
    this.#gunzip.destroy();
    this.#wake();
    await this.#packed.close();
  }

  /** Gives zlib the next slice, or the end, and waits until it is worked through. */
  async #feed(): Promise<void> {
    if (this.#rest.length === 0) {
      const packed = await this.#packed.read();
      if (this.#ended) return;
      if (packed === null) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
          this.#gunzip.end();
        });
        return;
      }
      this.#rest = packed;
    }
    const slice = this.#rest.subarray(0, SLICE);
    this.#rest = this.#rest.subarray(slice.length);
    this.#offset += slice.length;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#gunzip.write(slice, () => resolve());
    });
  }

  #endBy(failure: NodeJS.ErrnoException): void {
    if (failure.code !== "Z_BUF_ERROR") {
      throw new CaptureError(
        this.name,
        this.#offset,
        say`the gzip data are damaged here or before: ${verbatim(failure.message)}; what they unpack to was read except for the last ${UNPACKED_CHUNK / 1024} KiB or less before the damage`,
      );
    }
    this.cutShort = say`the gzip data end before their time, at byte ${this.#offset} of the packed file`;
  }
}
