import Table from "cli-table3";
import { columnsOfText } from "../../bytes/columns.js";
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
    (title, column) => Math.max(...[title, ...rows.map((row) => row[column] ?? "")].map(columnsOfText)) + 2,
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
  const table = new Table({
    head: titles,
    colWidths: widths,
    style: { head: [], border: [], compact: true },
    colAligns: head.map((name) => (shape.rightAligned.includes(name) ? "right" : "left")),
  });
  table.push(
    ...rows.map((row) =>
      row.map((cell, column) => (shape.isWrapped ? wrap(cell, (widths[column] ?? 0) - 2).join("\n") : cell)),
    ),
  );
  return table.toString().split("\n");
}

function longestWord(rows: readonly (readonly string[])[], column: number): number {
  return Math.max(0, ...rows.flatMap((row) => (row[column] ?? "").split(" ").map(columnsOfText)));
}
