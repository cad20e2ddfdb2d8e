import {
  type Key,
  type KeyFault,
  type KeyForm,
  type KeyRing,
  type KeySource,
  MOST_KEY_FAULTS,
  MOST_KEYS,
} from "./key.js";

/** Gathers what the parsers find, up to its bounds. */
export class KeyCollector {
  readonly #keys: Key[] = [];
  readonly #faults: KeyFault[] = [];
  #leftOut = 0;

  key(key: Key): void {
    if (this.#keys.length < MOST_KEYS) this.#keys.push(key);
    else this.#leftOut++;
  }

  fault(source: KeySource, reason: string): void {
    if (this.#faults.length < MOST_KEY_FAULTS) this.#faults.push({ source, reason });
  }

  /** Keys and faults so far. */
  get count(): number {
    return this.#keys.length + this.#faults.length;
  }

  ring(): KeyRing {
    return { keys: this.#keys, faults: this.#faults, leftOut: this.#leftOut };
  }
}

/** Reads the lines of one file for keys of one form, each line once, in order. */
export interface KeyParser {
  /** `number` counts from 1. Lines that are no concern of the form are passed over. */
  line(text: string, number: number): void;
  /** The file is at its end: what still waits for more lines is settled. */
  end(): void;
}

/** Makes a parser for one file. */
export type KeyParserOf = (file: string, into: KeyCollector) => KeyParser;

/** Names sources of one file and form. */
export function sourceMaker(file: string, form: KeyForm): (line: number) => KeySource {
  return (line) => ({ file, line, form });
}
