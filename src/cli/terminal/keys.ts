/** A key that is no character. */
export type NamedKey =
  | "up"
  | "down"
  | "left"
  | "right"
  | "page-up"
  | "page-down"
  | "home"
  | "end"
  | "enter"
  | "tab"
  | "back-tab"
  | "escape"
  | "backspace"
  | "clear-line"
  | "redraw"
  | "suspend"
  | "interrupt";

export type Key = { readonly kind: "character"; readonly text: string } | { readonly kind: NamedKey };

/** Whether a key is this character. */
export function isCharacter(key: Key, text: string): boolean {
  return key.kind === "character" && key.text === text;
}

const ESCAPE = "\u001b";
const INTERRUPT = "\u0003";

const CONTROLS: ReadonlyMap<string, NamedKey> = new Map([
  [INTERRUPT, "interrupt"],
  ["\u0008", "backspace"],
  ["\u0009", "tab"],
  ["\u007f", "backspace"],
  ["\u000a", "enter"],
  ["\u000d", "enter"],
  ["\u000c", "redraw"],
  ["\u0015", "clear-line"],
  ["\u001a", "suspend"],
]);

/** The last character of ESC [ and ESC O, where it alone says which key it is. */
const BY_LETTER: ReadonlyMap<string, NamedKey> = new Map([
  ["A", "up"],
  ["B", "down"],
  ["C", "right"],
  ["D", "left"],
  ["H", "home"],
  ["F", "end"],
  ["M", "enter"],
  ["Z", "back-tab"],
]);

/** The number of ESC [ number ~. */
const BY_NUMBER: ReadonlyMap<string, NamedKey> = new Map([
  ["1", "home"],
  ["4", "end"],
  ["5", "page-up"],
  ["6", "page-down"],
  ["7", "home"],
  ["8", "end"],
]);
const PASTE = { begin: "200", end: "\u001b[201~" } as const;

/** Characters behind ESC that begin text of any length, up to BEL or ESC \. */
const STRING_STARTS = "]PX^_";

/** Longer sequences are none: what comes then is keys again. */
const LONGEST = { sequence: 64, text: 4096 } as const;

/** ms after which an ESC that nothing follows was the key, and after which a sequence that has begun does not go on. */
const PATIENCE = { escape: 50, sequence: 500 } as const;

type State = "ground" | "escape" | "sequence" | "letter" | "string" | "paste";

/**
 * Tells keys in what a terminal sends. Sequences may come in pieces; those of no use here are swallowed whole, and so is
 * pasted text. Ctrl-C is heard in the middle of anything.
 */
export class KeyParser {
  #state: State = "ground";
  /** The last characters of a sequence, a string or a paste, and how many there were. */
  #pending = "";
  #count = 0;

  /** How many ms to wait for more before `flush()`; null where nothing is begun. */
  get patience(): number | null {
    if (this.#state === "ground") return null;
    return this.#state === "escape" ? PATIENCE.escape : PATIENCE.sequence;
  }

  /** The keys that `text` completes. */
  feed(text: string): Key[] {
    const keys: Key[] = [];
    for (const character of text) this.#step(character, keys);
    return keys;
  }

  /** Nothing more came: a lone ESC was the key, anything else begun is dropped. */
  flush(): Key[] {
    const keys: Key[] = this.#state === "escape" ? [{ kind: "escape" }] : [];
    this.#become("ground");
    return keys;
  }

  #become(state: State): void {
    this.#state = state;
    this.#pending = "";
    this.#count = 0;
  }

  #step(character: string, keys: Key[]): void {
    if (character === INTERRUPT) {
      this.#become("ground");
      keys.push({ kind: "interrupt" });
      return;
    }
    switch (this.#state) {
      case "ground":
        this.#ground(character, keys);
        break;
      case "escape":
        this.#afterEscape(character, keys);
        break;
      case "letter":
        this.#become("ground");
        pushNamed(keys, BY_LETTER.get(character));
        break;
      case "sequence":
        this.#sequence(character, keys);
        break;
      case "string":
        this.#until(character, LONGEST.text, ["\u0007", `${ESCAPE}\\`]);
        break;
      case "paste":
        this.#until(character, Infinity, [PASTE.end]);
        break;
    }
  }

  #ground(character: string, keys: Key[]): void {
    if (character === ESCAPE) this.#become("escape");
    else if (character >= " " && !(character >= "\u007f" && character <= "\u009f")) {
      keys.push({ kind: "character", text: character });
    } else pushNamed(keys, CONTROLS.get(character));
  }

  #afterEscape(character: string, keys: Key[]): void {
    if (character === "[") this.#become("sequence");
    else if (character === "O") this.#become("letter");
    else if (STRING_STARTS.includes(character)) this.#become("string");
    else {
      // Esc and another key in one piece; keys with Alt mean nothing here.
      keys.push({ kind: "escape" });
      this.#become("ground");
      this.#ground(character, keys);
    }
  }

  #sequence(character: string, keys: Key[]): void {
    if (character === ESCAPE) {
      this.#become("escape");
      return;
    }
    const isLast = character >= "@" && character <= "~";
    // The Linux console sends ESC [ [ A for F1.
    if (!isLast || (character === "[" && this.#pending === "")) {
      this.#pending += character;
      if (this.#pending.length > LONGEST.sequence) this.#become("ground");
      return;
    }
    // The first parameter; what follows tells of Shift, Ctrl and Alt.
    const [number = ""] = this.#pending.split(";");
    this.#become("ground");
    if (character !== "~") pushNamed(keys, number.startsWith("[") ? undefined : BY_LETTER.get(character));
    else if (number === PASTE.begin) this.#become("paste");
    else pushNamed(keys, BY_NUMBER.get(number));
  }

  #until(character: string, longest: number, ends: readonly string[]): void {
    // No more is kept than what the end may begin with.
    this.#pending = (this.#pending + character).slice(-16);
    this.#count++;
    if (ends.some((end) => this.#pending.endsWith(end)) || this.#count > longest) this.#become("ground");
  }
}

function pushNamed(keys: Key[], kind: NamedKey | undefined): void {
  if (kind !== undefined) keys.push({ kind });
}
