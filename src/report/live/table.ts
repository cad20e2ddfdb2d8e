import { printable } from "../../bytes/text.js";
import type { Micros } from "../../bytes/time.js";
import type { LiveTunnel } from "../../live/tunnel.js";
import type { Paint } from "../paint.js";
import { PLAIN, type Presentation } from "../presentation.js";
import { cellText, tableLine } from "../table-line.js";
import type { PlacedColumn } from "./layout.js";

/** One tunnel in one line. */
export function tunnelLine(
  tunnel: LiveTunnel,
  columns: readonly PlacedColumn[],
  now: Micros,
  isSelected: boolean,
  width: number,
  paint: Paint,
  presentation: Presentation = PLAIN,
): string {
  const cells = columns.map(({ column, width: own }) => {
    const text = presentation.texts.of(printable(column.text(tunnel, now, own, presentation)));
    const padded = cellText(text, own, column.isRight);
    return column.paint === undefined ? padded : column.paint(padded, tunnel, paint);
  });
  return tableLine(cells, columns, isSelected, width, paint);
}
