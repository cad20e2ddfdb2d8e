/** What takes no column of a terminal: marks that join the character before them, and invisible signs. */
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
