import type { Code } from "../diagnosis/codes.js";
import { RULES } from "../diagnosis/rules/index.js";
import { ENGLISH, type Texts } from "../texts/texts.js";
import { CODES } from "./catalogue.js";

/** Words that are in too many titles to find a code by. */
const FILLING = new Set(["no", "not", "the", "is", "are", "has", "and", "for", "with"]);

/** Words for any fault: whoever asks for "PSK mismatch" means what is told of PSKs. */
const FAULT = new Set([
  "mismatch",
  "wrong",
  "bad",
  "error",
  "fault",
  "failed",
  "failure",
  "problem",
  "issue",
]);

/** Short for words that entries have. */
const SHORT_FOR: ReadonlyMap<string, string> = new Map([
  ["psk", "shared key"],
  ["cert", "certificate"],
  ["auth", "authentication"],
  ["dh", "group"],
  ["ts", "traffic selectors"],
  ["selector", "selectors"],
]);

/**
 * The codes that have all these words in themselves or in their title, such as "host unreachable"; where none has, those
 * whose whole entry has them, such as "PSK". None for filling words alone.
 */
export function findCodes(asked: string, texts: Texts = ENGLISH): readonly Code[] {
  const words = wordsOf(asked).filter((word) => !FILLING.has(word));
  const named = codesWith(words, (code) => `${code} ${RULES[code].title} ${texts.of(RULES[code].title)}`);
  if (named.length > 0) return named;
  const subjects = words
    .filter((word) => !FAULT.has(word))
    .flatMap((word) => wordsOf(SHORT_FOR.get(word) ?? word));
  return codesWith(subjects, (code) => entryWords(code, texts));
}

function codesWith(words: readonly string[], textOf: (code: Code) => string): readonly Code[] {
  if (words.length === 0) return [];
  return CODES.filter((code) => {
    const text = textOf(code).toLowerCase();
    const own = new Set(wordsOf(text));
    // Chinese has no spaces between words.
    return words.every((word) => own.has(word) || (/\p{Script=Han}/u.test(word) && text.includes(word)));
  });
}

function entryWords(code: Code, texts: Texts): string {
  const { title, explanation, signature, remedies } = RULES[code];
  const messages = [title, explanation, signature, ...remedies];
  return [code, ...messages.flatMap((message) => [ENGLISH.of(message), texts.of(message)])].join(" ");
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
