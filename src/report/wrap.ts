import { beginning, columnsOfText } from "../bytes/columns.js";
import { TERMS } from "../texts/zh/terms.js";

/**
 * Breaks text into lines of at most `width` columns at blanks, and between East Asian characters, which have none; a word that is
 * longer is cut. `indent` stands before every line, `first` before the first one instead where given.
 */
export function wrap(text: string, width: number, indent = "", first = indent): string[] {
  const lines: string[] = [];
  let line = first;
  let used = columnsOfText(first);
  let isEmpty = true;
  for (const { word, hasBlank } of words(text, width - columnsOfText(indent))) {
    const blank = hasBlank && !isEmpty ? 1 : 0;
    const columns = columnsOfText(word);
    if (!isEmpty && used + blank + columns > width) {
      lines.push(line);
      line = indent;
      used = columnsOfText(indent);
      isEmpty = true;
    }
    line += isEmpty || blank === 0 ? word : ` ${word}`;
    used += columns + (isEmpty ? 0 : blank);
    isEmpty = false;
  }
  if (!isEmpty) lines.push(line);
  return lines;
}

/** A piece of text that is not broken, and whether a blank stands before it. */
interface Word {
  readonly word: string;
  readonly hasBlank: boolean;
}

function words(text: string, width: number): Word[] {
  return text.split(/\s+/).flatMap((whole) =>
    breakable(whole)
      .flatMap((part) => pieces(part, width))
      .map((word, index) => ({ word, hasBlank: index === 0 })),
  );
}

/**
 * Closing signs stay on the line of what is before them, opening ones on that of what is behind (GB/T 15834). Written as numbers, for
 * the bundle has to be ASCII, and the bundler leaves regular expressions as they are.
 */
const CLOSING =
  /^[\u3001\u3002\uff0c\uff0e\uff1a\uff1b\uff1f\uff01\uff09\uff3d\uff5d\u3009\u300b\u300d\u300f\u3011\u3015\u201d\u2019\u2026\u2014\u00b7%),.:;?!\]}/]/u;
const OPENING = /[\uff08\uff3b\uff5b\u3008\u300a\u300c\u300e\u3010\u3014\u201c\u2018([{/]$/u;

/** Runs of characters of two columns, and what is between them. */
const WIDE_RUN = /([\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]+)/u;

/** A text in the parts between which a line may end without a blank: before and behind East Asian words. */
export function breakable(text: string): string[] {
  if (columnsOfText(text) === text.length) return [text];
  const found: string[] = [];
  for (const word of text
    .split(WIDE_RUN)
    .flatMap((run, index) => (index % 2 === 1 ? chineseWords(run) : [run]))) {
    if (word === "") continue;
    const last = found.at(-1);
    if (last === undefined || CLOSING.test(word) || OPENING.test(last))
      found[Math.max(0, found.length - 1)] = (last ?? "") + word;
    else found.push(word);
  }
  return found;
}

/** A word in pieces of at most `width` columns; never between the halves of a surrogate pair, which would be no text any more. */
function pieces(word: string, width: number): string[] {
  const out: string[] = [];
  let left = word;
  while (left !== "") {
    const piece = beginning(left, Math.max(2, width));
    out.push(piece);
    left = left.slice(piece.length);
  }
  return out;
}

/** Longest first: a term may begin with another one. */
const TERM = new RegExp(`(${TERMS.toSorted((a, b) => b.length - a.length).join("|")})`, "u");

let segmenter: Intl.Segmenter | null = null;

/** Chinese text in its words, in order and with nothing left out: terms of the trade whole, the rest by the dictionary of the runtime. */
function chineseWords(text: string): string[] {
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
