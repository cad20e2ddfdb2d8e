import { printable } from "../../bytes/text.js";
import { footer, typingFooter } from "../live/footer.js";
import { exactly, whereText } from "../live/frame.js";
import { paintedWidth, shortened, slicePainted, unpainted } from "../live/slice.js";
import type { ScreenSize } from "../live/ui.js";
import type { Paint } from "../paint.js";
import { type Message, say, verbatim } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import type { Presentation } from "../presentation.js";
import { rowColumns } from "./columns.js";
import { BROWSE_TABLE_HINTS, pageHints } from "./keys.js";
import type { PageLine } from "./page-line.js";
import { rowFilter } from "./row-filter.js";
import { titleLine } from "../table-line.js";
import { headLines, rowLine, type TableHead } from "./table.js";
import type { TunnelRow } from "./tunnel-row.js";
import type { BrowseUi, OpenPage } from "./ui.js";

/** The tunnels that are browsed, as the table needs them. */
export interface BrowsedTunnels {
  readonly head: TableHead;
  /** All tunnels. */
  readonly rows: readonly TunnelRow[];
  /** Why the captures were not read to their end; null where they were. */
  readonly fault: Message | null;
}

/** The verdict, the counts, the captures; of a low screen the first of them only. */
const HEAD = { most: 4, share: 4 } as const;
/** The titles and the line of keys. */
const AROUND = 2;
/** The mark of the line that the cursor is on. */
const MARGIN = 1;

function headRoom({ fault }: BrowsedTunnels, { rows }: ScreenSize): number {
  return Math.max(1, Math.min(HEAD.most - (fault === null ? 1 : 0), Math.floor(rows / HEAD.share)));
}

/** Rows of the table that fit a screen, 1 at least. */
export function browseTableRows(browsed: BrowsedTunnels, size: ScreenSize): number {
  return Math.max(1, size.rows - AROUND - headRoom(browsed, size));
}

/** Lines of a page that fit a screen, 1 at least. */
export function browsePageRows({ rows }: ScreenSize): number {
  return Math.max(1, rows - 1);
}

/** Columns that a page is made for. */
export function browsePageWidth({ columns }: ScreenSize): number {
  return Math.max(1, columns - MARGIN);
}

/**
 * The picture of the table: exactly as many lines as the screen has, none wider than it. `chosen` are the rows that the query
 * of `ui` leaves, in its order; only the visible ones are formatted.
 */
export function browseTable(
  browsed: BrowsedTunnels,
  chosen: readonly TunnelRow[],
  ui: BrowseUi,
  size: ScreenSize,
  paint: Paint,
  presentation: Presentation,
): string[] {
  const { columns: width } = size;
  const room = browseTableRows(browsed, size);
  // By all tunnels, so that columns stay where they are while a filter is typed.
  const columns = rowColumns(browsed.rows, width, presentation.names);
  const seen = chosen.slice(ui.top, ui.top + room);
  const rows = seen.map((row, index) =>
    rowLine(row, columns, ui.top + index === ui.place, width, paint, presentation),
  );
  const head = headLines(browsed.head, browsed.rows, browsed.fault, width, paint, presentation);
  const { problem } = rowFilter(ui.query.text);
  const { texts } = presentation;
  const empty = texts.of(problem ?? "No tunnel matches; Esc shows all.");
  return exactly(
    [
      ...head.slice(0, headRoom(browsed, size)),
      titleLine(columns, ui.query.sort, paint, texts),
      ...(rows.length === 0 ? [` ${printable(empty)}`] : rows),
    ],
    bottomLine(
      ui,
      BROWSE_TABLE_HINTS,
      tableFacts(ui, whereText(ui.top, seen.length, chosen.length, texts), texts),
      width,
      paint,
      texts,
    ),
    size,
  );
}

/** The picture of the page on top: `lines` are all of its lines. */
export function browsePage(
  lines: readonly PageLine[],
  open: OpenPage,
  ui: BrowseUi,
  size: ScreenSize,
  paint: Paint,
  texts: Texts,
): string[] {
  const { line, top, left } = open;
  const width = browsePageWidth(size);
  const seen = lines.slice(top, top + browsePageRows(size)).map(({ text }, index) => {
    const part = slicePainted(text, left, width);
    if (top + index !== line) return ` ${part}`;
    // Colours would end the mark of the line.
    return paint.inverse(`>${unpainted(part)}${" ".repeat(Math.max(0, width - paintedWidth(part)))}`);
  });
  return exactly(
    seen,
    bottomLine(
      ui,
      pageHints(open),
      whereText(top, seen.length, lines.length, texts),
      size.columns,
      paint,
      texts,
    ),
    size,
  );
}

function tableFacts({ query: { sort, isReversed, text } }: BrowseUi, where: string, texts: Texts): string {
  const filter: Message[] = text === "" ? [] : [say`filter "${verbatim(printable(text))}"`];
  const facts = [...filter, say`by ${sort}${isReversed ? ", reversed" : ""}`];
  return [...facts.map((fact) => texts.of(fact)), where].join("  ");
}

/** The text that is typed, else the result of the last key, else the keys. */
function bottomLine(
  { prompt, notice }: BrowseUi,
  hints: readonly string[],
  facts: string,
  width: number,
  paint: Paint,
  texts: Texts,
): string {
  if (prompt !== null) return typingFooter(prompt, facts, width, paint, texts);
  if (notice !== null) return paint.bold(shortened(printable(texts.of(notice)), width));
  return footer(hints, facts, width, paint, texts);
}
