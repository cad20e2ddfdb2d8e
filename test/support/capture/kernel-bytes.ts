import type { ByteSource } from "../../../src/capture/source.js";
import type { EspKernel } from "../../../src/esp/kernel.js";

/** A file in memory, handed out in pieces that lie in the kernel's chunk, as a file that is read there. */
export class KernelBytes implements ByteSource {
  readonly name = "memory";
  readonly #kernel: EspKernel;
  readonly #bytes: Uint8Array;
  readonly #size: number;
  #at = 0;

  constructor(kernel: EspKernel, bytes: Uint8Array, size: number) {
    this.#kernel = kernel;
    this.#bytes = bytes;
    this.#size = Math.min(size, kernel.chunk.length);
  }

  read(): Promise<Uint8Array | null> {
    const piece = this.#bytes.subarray(this.#at, this.#at + this.#size);
    this.#at += piece.length;
    this.#kernel.chunk.set(piece);
    return Promise.resolve(piece.length === 0 ? null : this.#kernel.chunk.subarray(0, piece.length));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Makes a kernel forget what it counted, so that it can take another capture; making one takes longer than a small capture. */
export function emptyKernel({ place, chunk }: EspKernel): void {
  const memory = new Uint8Array(place.buffer);
  memory.fill(0, 0, chunk.byteOffset);
  memory.fill(0, chunk.byteOffset + chunk.length);
}
