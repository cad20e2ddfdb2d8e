import { type Message } from "../../texts/message.js";
import type { Paint } from "../paint.js";
import { wrap } from "../wrap.js";
import { COLUMN_HELP, KEY_HELP } from "./keys.js";
import { columnsOfText, padBehind } from "../../bytes/columns.js";
import { ENGLISH, type Texts } from "../../texts/texts.js";

/** The help as lines of at most `width` columns; `notes` are told below, whole, so that an address can be copied. */
export function helpLines(
  width: number,
  paint: Paint,
  texts: Texts = ENGLISH,
  notes: readonly Message[] = [],
): string[] {
  return [
    paint.bold(texts.of("Keys")),
    ...helpEntries(KEY_HELP, width, texts),
    "",
    paint.bold(texts.of("Columns")),
    ...helpEntries(COLUMN_HELP, width, texts),
    ...(notes.length === 0 ? [] : ["", ...notes.map((note) => texts.of(note))]),
  ];
}

/** Names and beside them what they mean, in lines of at most `width` columns. */
export function helpEntries(
  rows: readonly (readonly [string, string])[],
  width: number,
  texts: Texts = ENGLISH,
): string[] {
  const shown = rows.map(([name, what]) => [texts.of(name), texts.of(what)] as const);
  const widest = Math.max(...shown.map(([name]) => columnsOfText(name)));
  const indent = " ".repeat(widest + 4);
  return shown.flatMap(([name, what]) =>
    wrap(what, Math.max(width, indent.length + 10), indent, `  ${padBehind(name, widest)}  `),
  );
}
