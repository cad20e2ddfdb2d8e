/** A word that differs in more than this share of its letters is another word, not a slip of the hand. */
const LIKENESS = 0.4;

/** The word of `words` that was most likely meant by `typed`, upper and lower case being the same; null where none is alike. */
export function closestWord(typed: string, words: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Infinity;
  for (const word of words) {
    const distance = editsBetween(typed.toLowerCase(), word.toLowerCase());
    if (distance >= least || distance > LIKENESS * word.length) continue;
    [best, least] = [word, distance];
  }
  return best;
}

/** Letters to put in, take out or change to make the one of the other (Levenshtein). */
function editsBetween(from: string, to: string): number {
  const first = Array.from({ length: to.length + 1 }, (_, at) => at);
  return lastRow(from, to, first)[to.length] ?? 0;
}

/** The same to make `from` of that part of `text` that is most alike (Sellers): what stands before and after it costs nothing. */
export function editsWithin(from: string, text: string): number {
  return Math.min(
    ...lastRow(
      from,
      text,
      Array.from({ length: text.length + 1 }, () => 0),
    ),
  );
}

/** The last row of the table of edits, of which the first is given. */
function lastRow(from: string, to: string, first: readonly number[]): readonly number[] {
  let row = first;
  for (let above = 0; above < from.length; above++) {
    const next = [above + 1];
    for (let at = 1; at <= to.length; at++) {
      const change = (row[at - 1] ?? 0) + (to[at - 1] === from[above] ? 0 : 1);
      next.push(Math.min(change, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row;
}
