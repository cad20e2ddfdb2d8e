import type { LiveSnapshot } from "../../live/snapshot.js";
import type { LiveTunnel } from "../../live/tunnel.js";
import type { Paint } from "../paint.js";
import { PLAIN, type Presentation } from "../presentation.js";
import { footer, tableFooter, typingFooter } from "./footer.js";
import { headerLines } from "./header.js";
import { PAGE_HINTS } from "./keys.js";
import { type PlacedColumn, placedColumns } from "./layout.js";
import { slicePainted } from "./slice.js";
import { cellText, tableLine, titleLine } from "../table-line.js";
import type { LiveUi, ScreenSize } from "./ui.js";
import { say } from "../../texts/message.js";
import { ENGLISH, type Texts } from "../../texts/texts.js";
import { printable } from "../../bytes/text.js";
import type { Micros } from "../../bytes/time.js";

/** Lines of the header at most, and of how many lines of the screen it gets one. */
const HEADER = { most: 5, share: 4 } as const;
/** The titles and the line of keys. */
const AROUND = 2;

/** Rows of the table that fit a screen, 1 at least. */
export function tableRows(snapshot: LiveSnapshot, size: ScreenSize): number {
  return Math.max(1, size.rows - AROUND - headerRoom(snapshot, size));
}

function headerRoom({ findings }: LiveSnapshot, { rows }: ScreenSize): number {
  return Math.max(1, Math.min(HEADER.most, 3 + findings.length, Math.floor(rows / HEADER.share)));
}

/**
 * The picture of the table: exactly as many lines as the screen has, none wider than it. `tunnels` are those that the
 * query of `ui` leaves, in its order; only the visible ones are formatted.
 */
export function tableFrame(
  snapshot: LiveSnapshot,
  tunnels: readonly LiveTunnel[],
  ui: LiveUi,
  size: ScreenSize,
  paint: Paint,
  presentation: Presentation = PLAIN,
): string[] {
  const { columns: width } = size;
  const room = tableRows(snapshot, size);
  // By all tunnels, so that columns stay where they are while a filter is typed.
  const columns = placedColumns(snapshot.tunnels, width, presentation.names);
  const rows = tunnels
    .slice(ui.top, ui.top + room)
    .map((tunnel, index) =>
      tunnelLine(tunnel, columns, snapshot.time, ui.top + index === ui.place, width, paint, presentation),
    );
  const { texts } = presentation;
  const where = whereText(ui.top, rows.length, tunnels.length, texts);
  return exactly(
    [
      ...headerLines(snapshot, headerRoom(snapshot, size), width, paint, presentation.clock, texts),
      titleLine(columns, ui.query.sort, paint, texts),
      ...(rows.length === 0 ? [` ${texts.of(emptyText(snapshot))}`] : rows),
    ],
    (ui.isTyping ? typingFooter : tableFooter)(ui.query, where, width, paint, texts),
    size,
  );
}

/** The picture of lines that are scrolled, such as an opened tunnel: `lines` from `top` on, from the column `left` on. */
export function pageFrame(
  lines: readonly string[],
  { top, left }: { readonly top: number; readonly left: number },
  size: ScreenSize,
  paint: Paint,
  texts: Texts = ENGLISH,
): string[] {
  const seen = lines.slice(top, top + pageRows(size));
  return exactly(
    seen.map((line) => slicePainted(line, left, size.columns)),
    footer(PAGE_HINTS, whereText(top, seen.length, lines.length, texts), size.columns, paint, texts),
    size,
  );
}

/** Lines of a page that fit a screen, 1 at least. */
export function pageRows({ rows }: ScreenSize): number {
  return Math.max(1, rows - 1);
}

function emptyText({ tunnels, capturing }: LiveSnapshot): string {
  if (tunnels.length > 0) return "No tunnel matches; Esc shows all.";
  return capturing ? "No tunnel was seen yet." : "No tunnel was seen, and nothing is captured.";
}

/** "11-20 of 45": which of all lines are seen. */
export function whereText(top: number, seen: number, all: number, texts: Texts): string {
  return texts.of(all === 0 ? "0 of 0" : say`${top + 1}-${top + seen} of ${all}`);
}

/** Exactly the lines of the screen: what is below goes, the last line stays. */
export function exactly(lines: readonly string[], last: string, { columns, rows }: ScreenSize): string[] {
  const room = Math.max(0, rows - 1);
  const body = Array.from({ length: room }, (_, row) => lines[row] ?? "");
  return [...body, last].map((line) => slicePainted(line, 0, columns));
}

/** One tunnel in one line. */
function tunnelLine(
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
