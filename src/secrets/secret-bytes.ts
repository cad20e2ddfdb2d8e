/** Symbol under which Node's `util.inspect` asks an object how it is shown. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/**
 * Key material. However it is turned into text (a template, JSON, an error, the inspector), only its length shows; the bytes
 * come out by {@link reveal} alone, which `opening/` calls to compute with them.
 */
export class SecretBytes {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** The bytes themselves, not a copy: for computations only, never for text. */
  reveal(): Uint8Array {
    return this.#bytes;
  }

  toString(): string {
    return `<${this.length} secret bytes>`;
  }

  toJSON(): string {
    return this.toString();
  }

  [INSPECT](): string {
    return this.toString();
  }
}
