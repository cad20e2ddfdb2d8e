/** A carry buffer larger than this is given back once the record that needed it is through. */
const KEPT_CARRY = 4 * 1024 * 1024;

/**
 * The bytes of a file that are in memory, as a window that a parser walks through: [position, end) of `bytes`. A
 * chunk from the source is used in place. Only a record that spans chunks is copied: its bytes gather in the carry
 * buffer, which never holds more than the parser asked for, and then the window returns to the chunk.
 */
export class ByteWindow {
  bytes: Uint8Array = new Uint8Array(0);
  /** View of the whole of `bytes`. */
  view: DataView = new DataView(this.bytes.buffer);
  position = 0;
  end = 0;
  /** How many bytes from `position` the parser's next step needs, where there are fewer. */
  needed = 0;
  /** Name of those bytes for people: "record", "file header". */
  neededFor = "file header";

  #carrying = false;
  #carry: Uint8Array = new Uint8Array(0);
  #carryView: DataView = new DataView(this.#carry.buffer);
  #chunk = this.bytes;
  #chunkAt = 0;
  /** Offset in the file of `end`. */
  #endOffset = 0;

  /** Offset in the file of a position in the window. */
  offsetOf(position: number): number {
    return this.#endOffset - (this.end - position);
  }

  /** Asks for `needed` bytes from `position` on; false, so that a parser's step can return it. */
  want(needed: number, neededFor: string): false {
    this.needed = needed;
    this.neededFor = neededFor;
    return false;
  }

  /** Moves bytes that were already read into the window, as far as wanted; false where more must be read first. */
  topUp(): boolean {
    if (!this.#carrying) return false;
    const left = this.#chunk.length - this.#chunkAt;
    if (left === 0) return false;
    const have = this.end - this.position;
    if (have === 0) {
      this.#useChunk();
      return true;
    }
    const taken = Math.min(this.needed - have, left);
    if (this.position > 0) this.#carry.copyWithin(0, this.position, this.end);
    this.#reserve(have + taken);
    this.#carry.set(this.#chunk.subarray(this.#chunkAt, this.#chunkAt + taken), have);
    this.#enterCarry(have + taken);
    this.#chunkAt += taken;
    this.#endOffset += taken;
    return have + taken >= this.needed;
  }

  /** Keeps what is left in the window; must be called before the source overwrites the last chunk. */
  save(): void {
    if (this.#carrying) return;
    const rest = this.end - this.position;
    const from = this.bytes.subarray(this.position, this.end);
    this.#carrying = true;
    this.#reserve(rest);
    this.#carry.set(from);
    this.#enterCarry(rest);
    this.#chunkAt = this.#chunk.length;
  }

  /** Hands over the next chunk; the one before must be used up (`topUp` said false) and saved. */
  provide(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#chunkAt = 0;
    if (this.end === this.position) this.#useChunk();
  }

  /** Lets go of all buffers. */
  release(): void {
    this.bytes = this.#chunk = this.#carry = new Uint8Array(0);
    this.view = this.#carryView = new DataView(this.bytes.buffer);
    this.position = this.end = this.#chunkAt = 0;
    this.#carrying = false;
  }

  #useChunk(): void {
    const { buffer, byteOffset, length } = this.#chunk;
    this.#carrying = false;
    this.bytes = this.#chunk;
    this.view = new DataView(buffer, byteOffset, length);
    this.position = this.#chunkAt;
    this.end = length;
    this.#endOffset += length - this.#chunkAt;
    if (this.#carry.length > KEPT_CARRY) {
      this.#carry = new Uint8Array(0);
      this.#carryView = new DataView(this.#carry.buffer);
    }
  }

  /** Grows the carry buffer by doubling, so that a length that lies costs memory only as its bytes arrive. */
  #reserve(length: number): void {
    if (length <= this.#carry.length) return;
    const grown = new Uint8Array(Math.max(length, this.#carry.length * 2, 4096));
    grown.set(this.#carry);
    this.#carry = grown;
    this.#carryView = new DataView(grown.buffer);
  }

  #enterCarry(length: number): void {
    this.bytes = this.#carry;
    this.view = this.#carryView;
    this.position = 0;
    this.end = length;
  }
}
