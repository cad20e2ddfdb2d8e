import type { Message, Separator } from "./message.js";
import { type Language, patternOf, type Texts, type TextTable } from "./texts.js";

/** Text and the numbers of values, as they follow in a translated pattern. */
type Piece = string | number;

/** A translation of each pattern that was asked for; null where the table has none. */
type Known = Map<string, readonly Piece[] | null>;

/** A sign behind or before which Chinese has no blank. */
const ENDS_WITHOUT_BLANK = /[\u3000-\u303f\uff00-\uffef]$/u;
const STARTS_WITHOUT_BLANK = /^[\u3000-\u303f\uff00-\uffef]/u;

/** Renders messages by a table of patterns. `missing` hears of each pattern that the table does not have. */
export class Translator implements Texts {
  readonly #known: Known = new Map();

  constructor(
    readonly language: Language,
    private readonly table: TextTable,
    private readonly separators: Readonly<Record<Separator, string>>,
    private readonly missing: (pattern: string) => void = () => {},
  ) {}

  of(message: Message): string {
    if (typeof message === "string") return this.#inPlaces([message], []);
    switch (message.kind) {
      case "said":
        return this.#inPlaces(message.strings, message.values);
      case "joined":
        return this.#joined(message.parts, message.separator);
      case "verbatim":
        return message.text;
      case "moment":
        return message.utc;
    }
  }

  #joined(parts: readonly Message[], separator: Separator): string {
    const between = this.separators[separator];
    let text = "";
    for (const part of parts) {
      const next = this.of(part);
      if (next === "") continue;
      text = text === "" ? next : fitted(fitted(text, between), next);
    }
    return text;
  }

  #inPlaces(strings: readonly string[], values: readonly (Message | number)[]): string {
    const pieces = this.#translation(strings);
    const valueAt = (index: number): string => {
      const value = values[index] ?? "";
      return typeof value === "number" ? String(value) : this.of(value);
    };
    if (pieces === null) {
      return strings.map((text, index) => (index === 0 ? text : `${valueAt(index - 1)}${text}`)).join("");
    }
    let text = "";
    for (const piece of pieces) text = fitted(text, typeof piece === "number" ? valueAt(piece) : piece);
    return `${blankBefore(strings[0] ?? "", text)}${text}${blankBehind(strings.at(-1) ?? "", text)}`;
  }

  #translation(strings: readonly string[]): readonly Piece[] | null {
    // Values such as addresses are messages too, and there is no end of them: only what has places or a row is remembered.
    const pattern = patternOf(strings);
    const known = this.#known.get(pattern);
    if (known !== undefined) return known;
    const translated = Object.hasOwn(this.table, pattern) ? this.table[pattern] : undefined;
    if (translated === undefined) {
      this.missing(pattern);
      if (strings.length > 1) this.#known.set(pattern, null);
      return null;
    }
    const pieces = piecesOf(translated);
    this.#known.set(pattern, pieces);
    return pieces;
  }
}

/** "A {1}" as "A ", 1. */
function piecesOf(translated: string): Piece[] {
  return translated
    .split(/(\{\d+\})/)
    .filter((piece) => piece !== "")
    .map((piece) => (/^\{\d+\}$/.test(piece) ? Number(piece.slice(1, -1)) : piece));
}

/** A Chinese character or sign. */
const CHINESE = "\\u2e80-\\u9fff\\uff00-\\uffef";
const ENDS_IN_CHINESE = new RegExp(`[${CHINESE}] ?$`, "u");
const BLANK_BEFORE_CHINESE = new RegExp(`^ (?=[${CHINESE}])`, "u");
const STARTS_IN_CHINESE = new RegExp(`^[${CHINESE}]`, "u");

/** Both texts as one: a blank stands between Chinese and other characters only, whatever a value brings along. */
function fitted(text: string, next: string): string {
  if (
    BLANK_BEFORE_CHINESE.test(next) &&
    (ENDS_IN_CHINESE.test(text) || STARTS_WITHOUT_BLANK.test(next.slice(1)))
  ) {
    return text.trimEnd() + next.slice(1);
  }
  if (text.endsWith(" ") && !text.endsWith("  ") && STARTS_IN_CHINESE.test(next)) {
    return (ENDS_IN_CHINESE.test(text) || STARTS_WITHOUT_BLANK.test(next) ? text.trimEnd() : text) + next;
  }
  return text + next;
}

/** English texts that stand behind each other bring a blank along; between Chinese signs there is none. */
function blankBehind(english: string, text: string): string {
  return /\s$/.test(english) && !ENDS_WITHOUT_BLANK.test(text) ? " " : "";
}

function blankBefore(english: string, text: string): string {
  return /^\s/.test(english) && !STARTS_WITHOUT_BLANK.test(text) ? " " : "";
}
