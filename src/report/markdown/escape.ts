import { printable } from "../../bytes/text.js";

/** Characters with a meaning within a line: emphasis, code, links, HTML, table cells, strike-through, formulas, macros of wikis. */
const SPECIAL = /[\\`*[\]{}|~$]/g;
/** Within a word an underscore is plain; at its edge it would begin emphasis. */
const EDGE_UNDERSCORE = /(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;
/** Characters that begin a list, a quotation or a heading at the start of a line. */
const BLOCK_START = /^(\s*)([-+#=>])|^(\s*\d+)([.)])(?=\s|$)/;
/**
 * Words that a renderer may make a link or a mention of, whatever is escaped in them: addresses of pages and of mail,
 * "@name", "#123", "GH-123". Only in a code span they stay what they are.
 */
const LINKED = /:\/\/|^www\.|\bwww\.|@|#\d|^\W*gh-\d|\b(?:javascript|data|mailto|xmpp):/i;

/** Text that may come from a packet, made plain text of Markdown: one line, nothing in it is a sign of Markdown or HTML. */
export function markdownText(text: string): string {
  return printable(text)
    .split(" ")
    .map((word) => (LINKED.test(word) ? markdownCode(word) : escapedWord(word)))
    .join(" ")
    .replace(BLOCK_START, String.raw`$1$3\$2$4`);
}

function escapedWord(word: string): string {
  return word
    .replaceAll(SPECIAL, String.raw`\$&`)
    .replaceAll(EDGE_UNDERSCORE, String.raw`\_`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;");
}

/** The same as a code span: the fence is longer than any run of backticks within. Pipes are escaped for tables. */
export function markdownCode(text: string): string {
  const plain = printable(text).replaceAll("|", String.raw`\|`);
  const fence = "`".repeat(longestRun(plain) + 1);
  const blank = plain.startsWith("`") || plain.endsWith("`") || plain.trim() === "" ? " " : "";
  return `${fence}${blank}${plain}${blank}${fence}`;
}

/** Lines as a code block. They are not escaped beyond what could end the block: hand in printable text. */
export function markdownBlock(lines: readonly string[]): string[] {
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return [`${fence}text`, ...lines, fence];
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** A table; the cells are Markdown already. Columns of numbers are aligned to the right. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly string[] = [],
): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((name) => (numeric.includes(name) ? "---:" : "---"))), ...rows.map(line)];
}
