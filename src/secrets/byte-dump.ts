import { SecretBytes } from "./secret-bytes.js";

/** A shared secret of MODP8192 has 1024 bytes; longer dumps are those of messages, and no key. */
const LONGEST = 2048;

/** Bytes that a log prints row by row. */
export class ByteDump {
  readonly #bytes: number[] = [];
  readonly #length: number | null;
  #isBroken = false;

  /** `length` is what the heading announces; null where it does not. */
  constructor(length: number | null) {
    this.#length = length;
    if (length !== null && length > LONGEST) this.#isBroken = true;
  }

  /** Whether all that was announced has come. */
  get isWhole(): boolean {
    return this.#length !== null && this.#bytes.length === this.#length;
  }

  /** A row of bytes in hex, separated by blanks; `offset` where the row says at which byte it begins. */
  row(digits: string, offset: number | null = null): void {
    if (offset !== null && offset !== this.#bytes.length) this.#isBroken = true;
    if (this.#isBroken) return;
    for (const pair of digits.trim().split(/\s+/)) {
      if (this.#bytes.length >= (this.#length ?? LONGEST)) break;
      this.#bytes.push(Number.parseInt(pair, 16));
    }
  }

  /** The bytes; null where a row is missing. */
  secret(): SecretBytes | null {
    if (this.#isBroken || (this.#length !== null && !this.isWhole)) return null;
    return new SecretBytes(Uint8Array.from(this.#bytes));
  }
}
