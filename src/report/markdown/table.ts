import type { Message } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import { markdownTable } from "./escape.js";

/** A table with heads in the reader's language; columns of numbers are named by their English heads. */
export function table(
  heads: readonly Message[],
  rows: readonly (readonly string[])[],
  numbers: readonly string[],
  texts: Texts,
): string[] {
  const titles = heads.map((head) => texts.of(head));
  return markdownTable(
    titles,
    rows,
    titles.filter((_, column) => numbers.some((name) => name === heads[column])),
  );
}
