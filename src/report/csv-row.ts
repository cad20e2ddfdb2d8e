import { printable } from "../bytes/text.js";

/** The content of a cell; null is an empty one. */
export type Cell = string | number | boolean | null;

/** A row of a CSV file by RFC 4180, with its end. */
export function rowText(cells: readonly Cell[]): string {
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
