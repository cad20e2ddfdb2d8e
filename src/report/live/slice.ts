import { columnsOf } from "../../bytes/columns.js";

/** A colour, or one character. Only our own painting makes escape sequences: text has none left after printable(). */
// oxlint-disable-next-line no-control-regex
const PIECES = /\u001b\[[\d;]*m|[^]/gu;
const RESET = "\u001b[0m";

function isColour(piece: string): boolean {
  return piece.length > 1 && piece.startsWith("\u001b");
}

/**
 * The columns from `from` on, `width` of them at most, of a line that may be painted. Colours of what is cut off in
 * front stay; they end with the line.
 */
export function slicePainted(line: string, from: number, width: number): string {
  let out = "";
  let at = 0;
  let hasColour = false;
  for (const [piece] of line.matchAll(PIECES)) {
    if (isColour(piece)) {
      hasColour = true;
      out += piece;
      continue;
    }
    const columns = columnsOf(piece);
    if (at + columns > from + width) break;
    if (at >= from) out += piece;
    at += columns;
  }
  return hasColour ? out + RESET : out;
}

/** Columns that a line takes on a terminal, colours not counted. */
export function paintedWidth(line: string): number {
  let width = 0;
  for (const [piece] of line.matchAll(PIECES)) {
    if (!isColour(piece)) width += columnsOf(piece);
  }
  return width;
}

/** The text of a line that may be painted, without its colours. */
export function unpainted(line: string): string {
  return line.replaceAll(PIECES, (piece) => (isColour(piece) ? "" : piece));
}

/** Text in at most `width` columns; the sign at its end says that there was more. */
export function shortened(text: string, width: number): string {
  if (paintedWidth(text) <= width) return text;
  return width <= 0 ? "" : `${slicePainted(text, 0, width - 1)}…`;
}
