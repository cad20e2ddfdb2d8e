import { padBefore, padBehind } from "../bytes/columns.js";
import type { Texts } from "../texts/texts.js";
import { shortened } from "./live/slice.js";
import type { Paint } from "./paint.js";

/** A column of a table on a terminal, with the width that it has there. */
interface Placed<Sort> {
  readonly column: { readonly title: string; readonly isRight: boolean; readonly sort: Sort };
  readonly width: number;
}

/** The titles of the columns; those that the table is sorted by stand out. */
export function titleLine<Sort>(
  columns: readonly Placed<Sort | null>[],
  sort: Sort,
  paint: Paint,
  texts: Texts,
): string {
  const titles = columns.map(({ column, width }) => {
    const text = cellText(texts.of(column.title), width, column.isRight);
    return column.sort === sort ? paint.bold(text) : paint.dim(text);
  });
  return ` ${titles.join(" ")}`;
}

/** A row of cells. The selected one is marked over the whole width of the terminal, and not by colour alone. */
export function tableLine(
  cells: readonly string[],
  columns: readonly { readonly width: number }[],
  isSelected: boolean,
  width: number,
  paint: Paint,
): string {
  if (!isSelected) return ` ${cells.join(" ")}`;
  const rest = width - columns.reduce((sum, column) => sum + column.width + 1, 0);
  return paint.inverse(`>${cells.join(" ")}${" ".repeat(Math.max(0, rest))}`);
}

/** Text cut and padded to the width of its column. */
export function cellText(text: string, width: number, isRight: boolean): string {
  const cut = shortened(text, width);
  return isRight ? padBefore(cut, width) : padBehind(cut, width);
}
