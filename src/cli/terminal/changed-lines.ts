import { paintedWidth } from "../../report/live/slice.js";

/**
 * What to write so that a screen that shows `before` shows `now`: the lines that differ, each at its place. With nothing
 * before, the whole screen is cleared. Lines are at most `columns` wide.
 */
export function changedLines(before: readonly string[], now: readonly string[], columns: number): string {
  const parts: string[] = before.length === now.length ? [] : ["\u001b[0m\u001b[2J"];
  for (const [row, line] of now.entries()) {
    if (before.length === now.length && before[row] === line) continue;
    // After a line that fills the screen the cursor stands on its last character: that one must not be erased.
    const rest = paintedWidth(line) < columns ? "\u001b[K" : "";
    parts.push(`\u001b[${row + 1};1H${line}${rest}`);
  }
  return parts.join("");
}
