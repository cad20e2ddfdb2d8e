/** Option codes of draft-ietf-opsawg-pcapng that are read here. The same code means different things by block. */
export const OPTION = {
  endOfOptions: 0,
  comment: 1,
  epbFlags: 2,
  ifTsresol: 9,
  ifFilter: 11,
  ifTsoffset: 14,
  isbStartTime: 2,
  isbEndTime: 3,
  isbIfRecv: 4,
  isbIfDrop: 5,
  isbOsDrop: 7,
} as const;

const OPTION_HEADER = 4;
const DECODER = new TextDecoder("utf-8");

/**
 * Walks the options between two positions, without allocation: `code`, `start` and `end` are those of the option
 * that `next` stepped to. An option that runs out of its block ends the walk; those before it count.
 */
export class OptionWalk {
  code = 0;
  /** Window of the value in the block's bytes: [start, end). */
  start = 0;
  end = 0;
  #view: DataView;
  #little = false;
  #at = 0;
  #limit = 0;

  constructor(view: DataView) {
    this.#view = view;
  }

  /** Begins a walk over [at, limit) of `view`. */
  begin(view: DataView, little: boolean, at: number, limit: number): void {
    this.#view = view;
    this.#little = little;
    this.#at = at;
    this.#limit = limit;
  }

  next(): boolean {
    const start = this.#at + OPTION_HEADER;
    if (start > this.#limit) return false;
    this.code = this.#view.getUint16(this.#at, this.#little);
    if (this.code === OPTION.endOfOptions) return false;
    const length = this.#view.getUint16(this.#at + 2, this.#little);
    if (start + length > this.#limit) return false;
    this.start = start;
    this.end = start + length;
    this.#at = start + padded(length);
    return true;
  }
}

/** Length with the padding to the next multiple of four that pcapng puts behind values. */
export function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

/** UTF-8 text of a window, without the trailing NULs that some writers add; wrong bytes become U+FFFD. */
export function optionText(bytes: Uint8Array, start: number, end: number): string {
  return DECODER.decode(bytes.subarray(start, end)).replace(/\0+$/, "");
}
