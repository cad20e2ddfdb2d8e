import { printable } from "../../bytes/text.js";
import type { Paint } from "../paint.js";
import { TABLE_HINTS } from "./keys.js";
import type { TunnelQuery } from "./order.js";
import { paintedWidth, shortened, slicePainted } from "./slice.js";
import { stateText } from "./state.js";
import { columnsOfText } from "../../bytes/columns.js";
import { say, verbatim } from "../../texts/message.js";
import { ENGLISH, type Texts } from "../../texts/texts.js";

/** How the table is narrowed and sorted, where the user is in it, and the keys that there is room for. */
export function tableFooter(
  query: TunnelQuery,
  where: string,
  width: number,
  paint: Paint,
  texts: Texts = ENGLISH,
): string {
  const { sort, isReversed, state, text } = query;
  const facts = [
    state === null ? null : texts.of(say`only ${stateText(state)}`),
    text === "" ? null : texts.of(say`filter "${verbatim(printable(text))}"`),
    texts.of(say`by ${sort}${isReversed ? ", reversed" : ""}`),
    where,
  ].filter((fact) => fact !== null);
  return footer(TABLE_HINTS, facts.join("  "), width, paint, texts);
}

/** While the text of the filter is typed: its end is what must be seen. */
export function typingFooter(
  { text }: Pick<TunnelQuery, "text">,
  where: string,
  width: number,
  paint: Paint,
  texts: Texts = ENGLISH,
): string {
  const hint = `  ${texts.of("Enter keeps, Esc ends")}  ${where}`;
  const typed = `/${printable(text)}`;
  const cursor = paint.inverse(" ");
  const hasRoom = paintedWidth(typed) + 1 + columnsOfText(hint) <= width;
  const room = Math.max(1, width - 1 - (hasRoom ? columnsOfText(hint) : 0));
  const seen = slicePainted(typed, Math.max(0, paintedWidth(typed) - room), room);
  return hasRoom ? `${seen}${cursor}${paint.dim(hint)}` : `${seen}${cursor}`;
}

/** The facts at the right end, and before them as many hints as fit. */
export function footer(
  hints: readonly string[],
  facts: string,
  width: number,
  paint: Paint,
  texts: Texts = ENGLISH,
): string {
  const right = shortened(facts, width);
  let left = "";
  for (const hint of hints.map((one) => texts.of(one))) {
    const longer = left === "" ? hint : `${left}  ${hint}`;
    if (columnsOfText(longer) + 2 + paintedWidth(right) > width) break;
    left = longer;
  }
  return `${paint.dim(left)}${" ".repeat(Math.max(0, width - columnsOfText(left) - paintedWidth(right)))}${right}`;
}
