import { columnsOfText } from "../../bytes/columns.js";

/** Further lines of a message stand behind its frame number. */
const INDENT = "      ";

/** A line of a message in lines of at most `width` columns, broken at blanks; a token that is longer stays whole, to be copied. */
export function wrappedLine(line: string, width: number): string {
  if (columnsOfText(line) <= width) return line;
  const lines: string[] = [];
  let [current, used, isBegun] = ["", 0, false];
  for (const token of line.split(" ")) {
    const columns = columnsOfText(token);
    if (isBegun && used + 1 + columns > width) {
      lines.push(current.trimEnd());
      [current, used, isBegun] = [INDENT, INDENT.length, false];
    }
    // Two blanks between parts of a line; none of them begins one.
    if (token === "" && !isBegun && lines.length > 0) continue;
    current += isBegun ? ` ${token}` : token;
    used += columns + (isBegun ? 1 : 0);
    isBegun = true;
  }
  if (isBegun) lines.push(current.trimEnd());
  return lines.join("\n");
}
