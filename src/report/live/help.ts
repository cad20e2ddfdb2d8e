import type { Paint } from "../paint.js";
import { wrap } from "../wrap.js";
import { COLUMN_HELP, KEY_HELP } from "./keys.js";

/** The help as lines of at most `width` columns. */
export function helpLines(width: number, paint: Paint): string[] {
  return [
    paint.bold("Keys"),
    ...helpEntries(KEY_HELP, width),
    "",
    paint.bold("Columns"),
    ...helpEntries(COLUMN_HELP, width),
  ];
}

/** Names and beside them what they mean, in lines of at most `width` columns. */
export function helpEntries(rows: readonly (readonly [string, string])[], width: number): string[] {
  const widest = Math.max(...rows.map(([name]) => name.length));
  const indent = " ".repeat(widest + 4);
  return rows.flatMap(([name, what]) =>
    wrap(what, Math.max(width, indent.length + 10), indent, `  ${name.padEnd(widest)}  `),
  );
}
