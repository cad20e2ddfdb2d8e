import { printable } from "../../bytes/text.js";
import type { Paint } from "../paint.js";
import { TABLE_HINTS } from "./keys.js";
import type { TunnelQuery } from "./order.js";
import { paintedWidth, shortened, slicePainted } from "./slice.js";
import { stateText } from "./state.js";

/** How the table is narrowed and sorted, where the user is in it, and the keys that there is room for. */
export function tableFooter(query: TunnelQuery, where: string, width: number, paint: Paint): string {
  const { sort, isReversed, state, text } = query;
  const facts = [
    state === null ? null : `only ${stateText(state)}`,
    text === "" ? null : `filter "${printable(text)}"`,
    `by ${sort}${isReversed ? ", reversed" : ""}`,
    where,
  ].filter((fact) => fact !== null);
  return footer(TABLE_HINTS, facts.join("  "), width, paint);
}

/** While the text of the filter is typed: its end is what must be seen. */
export function typingFooter(
  { text }: Pick<TunnelQuery, "text">,
  where: string,
  width: number,
  paint: Paint,
): string {
  const hint = `  Enter keeps, Esc ends  ${where}`;
  const typed = `/${printable(text)}`;
  const cursor = paint.inverse(" ");
  const hasRoom = paintedWidth(typed) + 1 + hint.length <= width;
  const room = Math.max(1, width - 1 - (hasRoom ? hint.length : 0));
  const seen = slicePainted(typed, Math.max(0, paintedWidth(typed) - room), room);
  return hasRoom ? `${seen}${cursor}${paint.dim(hint)}` : `${seen}${cursor}`;
}

/** The facts at the right end, and before them as many hints as fit. */
export function footer(hints: readonly string[], facts: string, width: number, paint: Paint): string {
  const right = shortened(facts, width);
  let left = "";
  for (const hint of hints) {
    const longer = left === "" ? hint : `${left}  ${hint}`;
    if (longer.length + 2 + paintedWidth(right) > width) break;
    left = longer;
  }
  return `${paint.dim(left)}${" ".repeat(Math.max(0, width - left.length - paintedWidth(right)))}${right}`;
}
