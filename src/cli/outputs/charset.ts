import type { Language } from "../../texts/texts.js";

/** Signs of our own texts, each with one that every terminal has, of the same width. */
const IN_ASCII: Readonly<Record<string, string>> = {
  "─": "-",
  "═": "=",
  "┄": ".",
  "╌": "~",
  "│": "|",
  "┊": ":",
  "┌": "+",
  "┐": "+",
  "└": "+",
  "┘": "+",
  "├": "+",
  "┤": "+",
  "┬": "+",
  "┴": "+",
  "┼": "+",
  "╳": "x",
  "…": "~",
};

/** Whether a variable says that the characters of the terminal are not UTF-8, such as LC_ALL=C; where none says anything they are. */
export function isAsciiOnly(environment: NodeJS.ProcessEnv = process.env): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  // An empty variable is as good as none.
  const locale = LC_ALL || LC_CTYPE || LANG || "";
  return locale !== "" && !/utf-?8/i.test(locale);
}

/** The text in ASCII, as wide as it was: boxes of plus and minus, and a question mark for what has no such form. */
export function inAscii(text: string): string {
  return text.replaceAll(/[^\0-\x7f]/gu, (sign) => IN_ASCII[sign] ?? "?");
}

/** The text as the terminal can show it. Who asks for Chinese by --lang gets it whatever the locale says: question marks help nobody. */
export function forTerminal(text: string, language: Language = "en"): string {
  return isAsciiOnly() && language === "en" ? inAscii(text) : text;
}
