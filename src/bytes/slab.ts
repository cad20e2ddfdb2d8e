const SLAB = 64 * 1024;
/** Larger pieces get a buffer of their own. */
const LARGE = SLAB / 8;

/**
 * Hands out small arrays of zeros that lie in common buffers: a buffer for each would cost more than its content. A
 * buffer is freed when nobody holds any of its arrays.
 */
export class Slab {
  #bytes = new Uint8Array(0);
  #used = 0;

  take(length: number): Uint8Array {
    if (length > LARGE) return new Uint8Array(length);
    if (this.#used + length > this.#bytes.length) {
      this.#bytes = new Uint8Array(SLAB);
      this.#used = 0;
    }
    const start = this.#used;
    this.#used += length;
    return this.#bytes.subarray(start, start + length);
  }

  copy(bytes: Uint8Array): Uint8Array {
    const copy = this.take(bytes.length);
    copy.set(bytes);
    return copy;
  }
}
