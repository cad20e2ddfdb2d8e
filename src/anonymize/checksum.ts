import { u16At } from "../bytes/reader.js";

/** Sum of 16-bit words in [from, to) by the rule of RFC 1071, not yet folded; an odd last byte counts as if a zero followed. */
function sumWords(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  let at = from;
  for (; at + 1 < to; at += 2) sum += u16At(bytes, at);
  return at < to ? sum + ((bytes[at] as number) << 8) : sum;
}

/** Sum of a pseudo header (RFC 768, RFC 8200 section 8.1): addresses, protocol and length of the upper layer. */
export function pseudoHeader(
  source: Uint8Array,
  destination: Uint8Array,
  protocol: number,
  length: number,
): number {
  return (
    sumWords(source, 0, source.length) +
    sumWords(destination, 0, destination.length) +
    protocol +
    (length >>> 16) +
    (length & 0xffff)
  );
}

/** One checksum before its bytes were rewritten, to be set again when they are. */
export class Checksum {
  readonly #bytes: Uint8Array;
  readonly #at: number;
  readonly #from: number;
  readonly #to: number;
  readonly #field: number;
  readonly #before: number;
  readonly #pseudoBefore: number;

  /** The field at `at` covers [from, to), with a pseudo header of that sum. The bytes may be fewer than it covers. */
  constructor(bytes: Uint8Array, at: number, from: number, to: number, pseudo = 0) {
    this.#bytes = bytes;
    this.#at = at;
    this.#from = from;
    this.#to = to;
    this.#field = u16At(bytes, at);
    this.#pseudoBefore = folded(pseudo);
    this.#before = this.#sum(pseudo);
  }

  /**
   * What was right is right again, and what was wrong is wrong by the same difference (RFC 1624); a field that awaits the
   * network card, which holds the sum of the pseudo header alone, still does.
   */
  settle(pseudo = 0): void {
    const after = this.#sum(pseudo);
    const field = this.#field;
    let settled: number;
    if (field === complement(this.#before)) settled = complement(after);
    else if (field === this.#pseudoBefore && this.#pseudoBefore !== 0) settled = folded(pseudo);
    else settled = complement(folded(complement(field) + complement(this.#before) + after));
    this.put(settled);
  }

  put(value: number): void {
    this.#bytes[this.#at] = value >> 8;
    this.#bytes[this.#at + 1] = value & 0xff;
  }

  get field(): number {
    return this.#field;
  }

  /** Folded, with the field itself taken as zero. */
  #sum(pseudo: number): number {
    const own = u16At(this.#bytes, this.#at);
    return folded(sumWords(this.#bytes, this.#from, this.#to) - own + pseudo);
  }
}

function folded(sum: number): number {
  let value = sum;
  while (value > 0xffff) value = (value % 65_536) + Math.floor(value / 65_536);
  return value;
}

function complement(value: number): number {
  return ~value & 0xffff;
}
