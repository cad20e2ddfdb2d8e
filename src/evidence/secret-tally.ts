import { type SecretKind, secretIn } from "./secrets.js";

type Told = Exclude<SecretKind, "a dump of bytes">;

/** Lines of one kind of secret in a file. */
export interface SecretLines {
  readonly kind: Told;
  /** How many lines hold or announce one. */
  readonly count: number;
  /** Numbers of the first of them. */
  readonly lines: readonly number[];
}

/** Numbers of lines that are named. */
const MOST_NAMED = 8;

/** Which lines of a file hold secrets; never the secrets themselves. */
export class SecretTally {
  readonly #kinds = new Map<Told, { count: number; readonly lines: number[] }>();
  /** The dump whose bytes follow now. */
  #dump: Told | null = null;

  /** Looks at a line; true where it holds something that is not to be shown. */
  add(message: string, number: number): boolean {
    const kind = secretIn(message);
    if (kind === null) {
      this.#dump = null;
      return false;
    }
    if (kind !== "a dump of bytes") {
      this.#dump = kind;
      const known = this.#kinds.get(kind) ?? { count: 0, lines: [] };
      known.count++;
      if (known.lines.length < MOST_NAMED) known.lines.push(number);
      this.#kinds.set(kind, known);
    } else if (/=> \d+ bytes @/.test(message)) this.#dump = null;
    else if (this.#dump !== null) this.#more(this.#dump);
    return true;
  }

  get found(): readonly SecretLines[] {
    return [...this.#kinds].map(([kind, { count, lines }]) => ({ kind, count, lines }));
  }

  #more(kind: Told): void {
    const known = this.#kinds.get(kind);
    if (known !== undefined) known.count++;
  }
}
