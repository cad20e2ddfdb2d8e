/** Chunk sizes are powers of two from 64 bytes to 2 KiB, which holds a fragment of an Ethernet frame. */
const SMALLEST = 64;
const CLASSES = 6;
/** Free chunks kept per size; more are left to the garbage collector. */
const KEPT = 256;

/**
 * Buffers for fragments, used again and again: to allocate one for each fragment costs more than all other work on it.
 * What does not fit into 2 KiB gets a buffer of its own.
 */
export class ChunkPool {
  readonly #free: Uint8Array[][] = Array.from({ length: CLASSES }, () => []);

  /** A buffer of at least `length` bytes with any content; it is the caller's until given back. */
  take(length: number): Uint8Array {
    const index = sizeClass(length);
    return this.#free[index]?.pop() ?? new Uint8Array(index < CLASSES ? SMALLEST << index : length);
  }

  /** Takes a buffer back; nobody may use it any more. */
  give(chunk: Uint8Array): void {
    const free = this.#free[sizeClass(chunk.length)];
    if (free !== undefined && free.length < KEPT) free.push(chunk);
  }
}

/** 0 up to 64 bytes, 1 up to 128, ... */
function sizeClass(length: number): number {
  return length <= SMALLEST ? 0 : 32 - Math.clz32((length - 1) >> 6);
}
