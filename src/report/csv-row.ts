import { printable } from "../bytes/text.js";
import { isoTime, type Micros } from "../bytes/time.js";

/** The content of a cell; null is an empty one. */
export type Cell = string | number | boolean | null;

/** A CSV file by RFC 4180, in pieces: the names of the columns, and a row for each of the rows. */
export function* csvText<T>(
  columns: readonly string[],
  rows: Iterable<T>,
  cellsOf: (row: T) => readonly Cell[],
): Generator<string> {
  yield rowText(columns);
  for (const row of rows) yield rowText(cellsOf(row));
}

/** ISO 8601 in UTC; an empty cell for a time that is not known. */
export function timeCell(time: Micros | null): Cell {
  return time !== null && Number.isFinite(time) ? isoTime(time) : null;
}

function rowText(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(",")}\r\n`;
}

/** A spreadsheet takes a cell that begins so for a formula, which may run programs: an apostrophe makes it text. */
const FORMULA = /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;
const QUOTED = /[",\r\n]|^\s|\s$/;

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  const plain = printable(cell);
  const text = FORMULA.test(plain) ? `'${plain}` : plain;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
