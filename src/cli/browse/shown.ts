import type { PageLine } from "../../report/browse/page-line.js";
import type { TunnelRow } from "../../report/browse/tunnel-row.js";
import { type BrowseUi, replaced, topPage } from "../../report/browse/ui.js";

/** The screen when a key is pressed. */
export interface BrowseShown {
  /** The rows of the table, as filtered and sorted. */
  readonly rows: readonly TunnelRow[];
  /** Rows of the table, and lines of a page, that fit. */
  readonly tableRows: number;
  readonly pageRows: number;
  /** All lines of the page on top; empty for the table. */
  readonly lines: readonly PageLine[];
  /** All lines of the page below it, for a message those of its tunnel. */
  readonly linesBelow: readonly PageLine[];
}

/** The same place, within what there is now and in sight. */
export function settledIn(ui: BrowseUi, { rows, tableRows, lines, pageRows }: BrowseShown): BrowseUi {
  const open = topPage(ui);
  if (open === null) {
    const place = within(ui.place, rows.length);
    return { ...ui, place, top: topFor(place, ui.top, rows.length, tableRows) };
  }
  const line = within(open.line, lines.length);
  return replaced(ui, { ...open, line, top: topFor(line, open.top, lines.length, pageRows) });
}

/** A place moved into `count` places, counted from 0. */
export function within(place: number, count: number): number {
  return Math.max(0, Math.min(place, count - 1));
}

/** The first line that is seen, so that `place` is in sight and no room is wasted. */
function topFor(place: number, top: number, count: number, room: number): number {
  const nearest = Math.max(place - room + 1, Math.min(place, top));
  return Math.max(0, Math.min(nearest, count - room));
}
