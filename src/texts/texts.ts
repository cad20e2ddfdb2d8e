import type { Message, Separator } from "./message.js";

export const LANGUAGES = ["en", "zh"] as const;
/** A language that texts are there in: English, or Simplified Chinese. */
export type Language = (typeof LANGUAGES)[number];

/** Texts of one language by their English pattern, in which `{0}` is the place of the first value. */
export type TextTable = Readonly<Record<string, string>>;

/** Renders messages in one language. */
export interface Texts {
  readonly language: Language;
  /** The message in this language; in English as far as the language has no text for it. */
  of(message: Message): string;
}

const ENGLISH_SEPARATORS: Readonly<Record<Separator, string>> = {
  none: "",
  list: ", ",
  and: " and ",
  or: " or ",
  blank: " ",
  clauses: ", ",
  statements: "; ",
};

/** The message in English. */
export function inEnglish(message: Message): string {
  if (typeof message === "string") return message;
  switch (message.kind) {
    case "said": {
      let out = message.strings[0] ?? "";
      for (const [index, value] of message.values.entries()) {
        out += typeof value === "number" ? value : inEnglish(value);
        out += message.strings[index + 1] ?? "";
      }
      return out;
    }
    case "joined":
      return message.parts.map(inEnglish).join(ENGLISH_SEPARATORS[message.separator]);
    case "verbatim":
      return message.text;
    case "moment":
      return message.utc;
  }
}

export const ENGLISH: Texts = { language: "en", of: inEnglish };

/** The key of a text with values: "{0} never answers {1}", without the blanks around it. */
export function patternOf(strings: readonly string[]): string {
  let pattern = strings[0] ?? "";
  for (const [index, text] of strings.slice(1).entries()) pattern += `{${index}}${text}`;
  return pattern.trim();
}
