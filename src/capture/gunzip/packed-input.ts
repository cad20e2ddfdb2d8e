import type { ByteSource } from "../source.js";

/** Zeros behind the last byte, so that codes can be looked at where the data end. */
const PADDING = 16;

/** Packed bytes on their way through an inflater: [at, end) of `bytes` are there and not used. */
export class PackedInput {
  bytes: Uint8Array;
  at = 0;
  end: number;
  /** No more will come; zeros stand behind `end`. */
  isAll = false;
  readonly #source: ByteSource;
  /** Count of all bytes so far, used or not. */
  #taken: number;

  /** `head` are the first bytes of `source`, already read from it. */
  constructor(source: ByteSource, head: Uint8Array) {
    this.#source = source;
    this.bytes = head;
    this.end = this.#taken = head.length;
  }

  get left(): number {
    return this.end - this.at;
  }

  /** Bytes of the packed data before `at`. */
  get offset(): number {
    return this.#taken - this.left;
  }

  /** Reads until `count` bytes are there; false where there are no more than fewer. */
  async have(count: number): Promise<boolean> {
    while (this.left < count && !this.isAll) await this.more();
    return this.left >= count;
  }

  /** Takes the next bytes behind those that are left, or says that these are all. */
  async more(): Promise<void> {
    // A copy: the source may write its next bytes to where these are.
    const rest = this.bytes.slice(this.at, this.end);
    const chunk = await this.#source.read();
    this.isAll = chunk === null;
    this.at = 0;
    this.end = rest.length + (chunk?.length ?? 0);
    this.#taken += chunk?.length ?? 0;
    if (chunk !== null && rest.length === 0) {
      this.bytes = chunk;
      return;
    }
    this.bytes = new Uint8Array(this.end + (chunk === null ? PADDING : 0));
    this.bytes.set(rest);
    if (chunk !== null) this.bytes.set(chunk, rest.length);
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}
