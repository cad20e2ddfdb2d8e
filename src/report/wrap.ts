/**
 * Breaks text into lines of at most `width` columns at blanks; a word that is longer is cut. `indent` stands before
 * every line, `first` before the first one instead where given.
 */
export function wrap(text: string, width: number, indent = "", first = indent): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(/\s+/).flatMap((whole) => pieces(whole, width - indent.length))) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  if (!isEmpty) lines.push(line);
  return lines;
}

/** Never between the halves of a surrogate pair, which would be no text any more. */
function pieces(word: string, width: number): string[] {
  const out: string[] = [];
  for (let at = 0; at < word.length;) {
    const cut = at + Math.max(2, width);
    const end =
      isLowSurrogate(word.charCodeAt(cut)) && isHighSurrogate(word.charCodeAt(cut - 1)) ? cut - 1 : cut;
    out.push(word.slice(at, end));
    at = end;
  }
  return out;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
