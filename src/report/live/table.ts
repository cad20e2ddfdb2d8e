import { printable } from "../../bytes/text.js";
import type { Micros } from "../../bytes/time.js";
import type { LiveTunnel } from "../../live/tunnel.js";
import type { Paint } from "../paint.js";
import { PLAIN, type Presentation } from "../presentation.js";
import type { PlacedColumn } from "./layout.js";
import type { SortKey } from "./order.js";
import { shortened } from "./slice.js";
import { padBefore, padBehind } from "../../bytes/columns.js";
import { ENGLISH, type Texts } from "../../texts/texts.js";

/** The titles of the columns; the ones that the table is sorted by stand out. */
export function titleLine(
  columns: readonly PlacedColumn[],
  sort: SortKey,
  paint: Paint,
  texts: Texts = ENGLISH,
): string {
  const titles = columns.map(({ column, width }) => {
    const text = padded(texts.of(column.title), width, column.isRight);
    return column.sort === sort ? paint.bold(text) : paint.dim(text);
  });
  return ` ${titles.join(" ")}`;
}

/** One tunnel in one line. The selected one is marked over the whole width, and not by colour alone. */
export function tunnelLine(
  tunnel: LiveTunnel,
  columns: readonly PlacedColumn[],
  now: Micros,
  isSelected: boolean,
  width: number,
  paint: Paint,
  presentation: Presentation = PLAIN,
): string {
  const cells = columns.map(({ column, width }) => {
    const text = padded(
      presentation.texts.of(printable(column.text(tunnel, now, width, presentation))),
      width,
      column.isRight,
    );
    return column.paint === undefined ? text : column.paint(text, tunnel, paint);
  });
  if (!isSelected) return ` ${cells.join(" ")}`;
  const rest = width - columns.reduce((sum, column) => sum + column.width + 1, 0);
  return paint.inverse(`>${cells.join(" ")}${" ".repeat(Math.max(0, rest))}`);
}

function padded(text: string, width: number, isRight: boolean): string {
  const cut = shortened(text, width);
  return isRight ? padBefore(cut, width) : padBehind(cut, width);
}
