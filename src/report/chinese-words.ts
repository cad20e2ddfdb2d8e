import { TERMS } from "../texts/zh/terms.js";

/** Longest first: a term may begin with another one. */
const TERM = new RegExp(`(${TERMS.toSorted((a, b) => b.length - a.length).join("|")})`, "u");

let segmenter: Intl.Segmenter | null = null;

/** Chinese text in its words, in order and with nothing left out: terms of the trade whole, the rest by the dictionary of the runtime. */
export function chineseWords(text: string): string[] {
  // Made when it is first needed: it takes some milliseconds, and most reports are in English.
  segmenter ??= new Intl.Segmenter("zh", { granularity: "word" });
  const words: string[] = [];
  for (const [index, part] of text.split(TERM).entries()) {
    if (part === "") continue;
    if (index % 2 === 1) words.push(part);
    else for (const { segment } of segmenter.segment(part)) words.push(segment);
  }
  return words;
}
