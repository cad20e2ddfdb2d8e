import { beginning, columnsOfText, padBefore, padBehind } from "../../bytes/columns.js";
import type { Texts } from "../../texts/texts.js";
import { wrap } from "../wrap.js";

/** A column is not cut below this. */
const NARROWEST = 10;

/** How a table is fitted into a width. */
export interface TableShape {
  readonly rightAligned: readonly string[];
  /** Columns that go where the table would be too wide, the first one first. */
  readonly droppable: readonly string[];
  /** Columns that are cut where that is not enough, the widest first. */
  readonly cuttable: readonly string[];
  /** The text of columns that are cut goes on in a further line instead. */
  readonly isWrapped?: true;
}

/** A table of at most `width` columns, as far as its shape allows that. */
export function tableLines(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  shape: TableShape,
  width: number,
  texts: Texts,
): string[] {
  const titles = head.map((name) => texts.of(name));
  const widths = titles.map(
    (title, column) =>
      Math.max(
        columnsOfText(title),
        widestOf(rows, (row) => row[column] ?? ""),
      ) + 2,
  );
  let excess = widths.reduce((sum, cell) => sum + cell + 1, 1) - width;
  const dropped = shape.droppable.find((name) => head.includes(name));
  if (excess > 0 && dropped !== undefined) {
    const column = head.indexOf(dropped);
    return tableLines(
      head.toSpliced(column, 1),
      rows.map((row) => row.toSpliced(column, 1)),
      shape,
      width,
      texts,
    );
  }
  const cuttable = shape.cuttable.map((name) => head.indexOf(name));
  // A word of a wrapped text is broken last.
  const words = widths.map((_, column) => (shape.isWrapped ? longestWord(rows, column) + 2 : 0));
  while (excess-- > 0) {
    const wide = cuttable.filter((column) => (widths[column] ?? 0) > NARROWEST);
    const whole = wide.filter((column) => (widths[column] ?? 0) > (words[column] ?? 0));
    const from = whole.length > 0 ? whole : wide;
    const widest = from.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0];
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  const cells = shape.isWrapped
    ? rows.map((row) => row.map((cell, column) => wrap(cell, roomOf(widths[column])).join("\n")))
    : rows;
  const isRight = head.map((name) => shape.rightAligned.includes(name));
  const linesOf = (row: readonly string[]): string[] => rowLines(row, widths, isRight);
  return [
    border(widths, "┌┬┐"),
    ...linesOf(titles),
    ...(cells.length === 0 ? [] : [border(widths, "├┼┤")]),
    ...cells.flatMap(linesOf),
    border(widths, "└┴┘"),
  ];
}

/** Columns of a cell that its text may take: a blank stands at either side. */
function roomOf(width = 0): number {
  return width - 2;
}

/** A line between rows; `corners` are its signs at the left, between cells and at the right. */
function border(widths: readonly number[], [left = "", middle = "", right = ""]: string): string {
  return left + widths.map((width) => "─".repeat(width)).join(middle) + right;
}

/** The lines of a row, as many as its highest cell has. Text that is wider than its cell is cut, with an ellipsis at its end. */
function rowLines(row: readonly string[], widths: readonly number[], isRight: readonly boolean[]): string[] {
  const cells = widths.map((_, column) => (row[column] ?? "").split("\n"));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, at) => {
    const texts = cells.map((lines, column) => {
      const room = roomOf(widths[column]);
      const text = cutTo(lines[at] ?? "", room);
      return ` ${isRight[column] === true ? padBefore(text, room) : padBehind(text, room)} `;
    });
    return `│${texts.join("│")}│`;
  });
}

function cutTo(text: string, room: number): string {
  return columnsOfText(text) <= room ? text : `${beginning(text, room - 1)}…`;
}

function longestWord(rows: readonly (readonly string[])[], column: number): number {
  const words = rows.flatMap((row) => (row[column] ?? "").split(" "));
  return widestOf(words, (word) => word);
}

/** Columns of the widest text; 0 where there is none. */
function widestOf<T>(items: readonly T[], textOf: (item: T) => string): number {
  return items.reduce((widest, item) => Math.max(widest, columnsOfText(textOf(item))), 0);
}
