/** Characters that take no column of a terminal: marks that join the character before them, and invisible signs. */
const NO_COLUMN = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Pictures that take two columns. */
const PICTURE = /\p{Emoji_Presentation}/u;

/** First and last code points of East Asian characters that take two columns. */
const TWO_COLUMNS: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
];

/** Columns that a character takes on a terminal, 0 to 2. */
export function columnsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (NO_COLUMN.test(character)) return 0;
  const isWide =
    TWO_COLUMNS.some(([first, last]) => code >= first && code <= last) || PICTURE.test(character);
  return isWide ? 2 : 1;
}

/** Matches text of which some character may not take exactly one column. */
const MAYBE_OTHER = /[\u0300-\u{10ffff}]/u;

/** Columns that a text without control characters takes on a terminal. */
export function columnsOfText(text: string): number {
  if (!MAYBE_OTHER.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += columnsOf(character);
  return columns;
}

/** The text with blanks behind it, `columns` wide at least. */
export function padBehind(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOfText(text)));
}

/** The text with blanks before it, `columns` wide at least. */
export function padBefore(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - columnsOfText(text))) + text;
}

/** As much of the beginning of a text as takes at most so many columns. */
export function beginning(text: string, columns: number): string {
  let [width, end] = [0, 0];
  for (const character of text) {
    width += columnsOf(character);
    if (width > columns) break;
    end += character.length;
  }
  return text.slice(0, end);
}
