import { say } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";

/** Rows of one table; a report is no log. What is left out is said. */
export const ROWS = 10;
/** Rows of a longer table that are shown at its beginning and its end. */
const [FIRST_ROWS, LAST_ROWS] = [5, 4];
/** The column that says how many rows are left out. */
const MORE_COLUMN = 2;

/** Rows that stand together, of which all are shown, or none. */
export interface Run<T> {
  readonly items: readonly T[];
  readonly isShown: boolean;
}

/** Runs of rows: of more than `most` the first and the last are shown, and those between that are kept. */
export function runsOf<T>(items: readonly T[], isKept: (item: T) => boolean, most = ROWS): Run<T>[] {
  const count = items.length;
  if (count <= most) return [{ items, isShown: true }];
  const shown = items.map((item, index) => index < FIRST_ROWS || index >= count - LAST_ROWS || isKept(item));
  const runs: Run<T>[] = [];
  for (let from = 0; from < count;) {
    let to = from + 1;
    while (to < count && shown[to] === shown[from]) to++;
    // A row that says that one is left out takes as much room.
    runs.push({ items: items.slice(from, to), isShown: shown[from] === true || to - from === 1 });
    from = to;
  }
  return runs;
}

/** The rows of what is shown, and one row of so many columns for each run that is left out. */
export function abridgedRows<T>(
  runs: readonly Run<T>[],
  rowOf: (item: T) => string[],
  columns: number,
  texts: Texts,
): string[][] {
  return runs.flatMap(({ items, isShown }) => {
    if (isShown) return items.map(rowOf);
    const more = texts.of(say`... ${items.length} more ...`);
    return [Array.from({ length: columns }, (_, column) => (column === MORE_COLUMN ? more : ""))];
  });
}

/** The same of a table in which no row is worth more than another. */
export function firstAndLast<T>(
  items: readonly T[],
  rowOf: (item: T) => string[],
  columns: number,
  texts: Texts,
  most = ROWS,
): string[][] {
  return abridgedRows(
    runsOf(items, () => false, most),
    rowOf,
    columns,
    texts,
  );
}
