import type { Separator } from "./message.js";
import type { Texts, TextTable } from "./texts.js";
import { Translator } from "./translator.js";

const SEPARATORS: Readonly<Record<Separator, string>> = {
  none: "",
  list: "、",
  and: "和",
  or: " 或 ",
  blank: " ",
  clauses: "，",
  statements: "；",
};

/** Chinese by a table of its own: a page holds its labels only. `missing` hears of each pattern that the table does not have. */
export function chineseTexts(table: TextTable, missing?: (pattern: string) => void): Texts {
  return new Translator("zh", table, SEPARATORS, missing);
}
