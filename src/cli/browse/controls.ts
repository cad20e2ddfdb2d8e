import type { FrameRef } from "../../bytes/frame.js";
import { ROW_SORTS, type RowQuery } from "../../report/browse/order.js";
import { withFacet } from "../../report/browse/facets.js";
import type { PageLine } from "../../report/browse/page-line.js";
import type { TunnelRow } from "../../report/browse/tunnel-row.js";
import { type BrowseUi, opened, type OpenPage, type Page, topPage } from "../../report/browse/ui.js";
import { unpainted } from "../../report/live/slice.js";
import { say, verbatim } from "../../texts/message.js";
import { neighbour } from "../terminal/choices.js";
import { isCharacter, type Key } from "../terminal/keys.js";

/** What is on the screen when a key is pressed. */
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

/** What a key asks for beside another picture. */
export type BrowseAction =
  | { readonly kind: "quit" }
  | { readonly kind: "write-evidence"; readonly tunnel: number }
  /** The display filter of a tunnel, or of these frames of it. */
  | { readonly kind: "show-filter"; readonly tunnel: number; readonly frames: readonly FrameRef[] | null };

/** Where a key leads to. */
export interface Pressed {
  readonly ui: BrowseUi;
  readonly action: BrowseAction | null;
}

/** Columns that a page moves sideways at once. */
const SIDEWAYS = 8;
/** Longer texts match nothing. */
const LONGEST_TEXT = 200;

/** Where a key leads to, and what it asks for. */
export function pressedIn(before: BrowseUi, key: Key, shown: BrowseShown): Pressed {
  const ui: BrowseUi = before.notice === null ? before : { ...before, notice: null };
  if (key.kind === "interrupt") return { ui, action: { kind: "quit" } };
  if (ui.prompt !== null) return { ui: typedIn(ui, key, shown), action: null };
  if (isCharacter(key, "q")) return { ui, action: { kind: "quit" } };
  const top = topPage(ui);
  if (isCharacter(key, "?") && top?.page.kind !== "help") {
    return { ui: pushed(ui, { kind: "help" }), action: null };
  }
  const action = actionOf(top, key, ui, shown);
  if (action !== null) return { ui, action };
  return { ui: top === null ? inTable(ui, key, shown) : inPage(ui, top, key, shown), action: null };
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

function within(place: number, count: number): number {
  return Math.max(0, Math.min(place, count - 1));
}

/** The first line that is seen, so that `place` is in sight and no room is wasted. */
function topFor(place: number, top: number, count: number, room: number): number {
  const nearest = Math.max(place - room + 1, Math.min(place, top));
  return Math.max(0, Math.min(nearest, count - room));
}

function pushed(ui: BrowseUi, page: Page): BrowseUi {
  return { ...ui, pages: [...ui.pages, opened(page)] };
}

function popped(ui: BrowseUi): BrowseUi {
  return { ...ui, pages: ui.pages.slice(0, -1) };
}

/** With another page on top. */
function replaced(ui: BrowseUi, open: OpenPage): BrowseUi {
  return { ...ui, pages: [...ui.pages.slice(0, -1), open] };
}

/** Another choice or order: the first row is what the user wants to see. */
function asked(ui: BrowseUi, change: Partial<RowQuery>): BrowseUi {
  return { ...ui, query: { ...ui.query, ...change }, place: 0, top: 0 };
}

function actionOf(top: OpenPage | null, key: Key, ui: BrowseUi, { rows }: BrowseShown): BrowseAction | null {
  const page = top?.page ?? null;
  const tunnel =
    page === null
      ? rows[ui.place]?.id
      : page.kind === "tunnel" || page.kind === "message"
        ? page.id
        : undefined;
  if (tunnel === undefined) return null;
  if (isCharacter(key, "w")) return { kind: "write-evidence", tunnel };
  if (!isCharacter(key, "y")) return null;
  return { kind: "show-filter", tunnel, frames: page?.kind === "message" ? page.frames : null };
}

/** Moves by lines: one, a screen (`isScreen`), or to an end. */
interface Movement {
  readonly by: number;
  readonly isScreen: boolean;
}

function movement(key: Key, screen: number): Movement | null {
  const one = (by: number): Movement => ({ by, isScreen: false });
  const page = (by: number): Movement => ({ by, isScreen: true });
  if (key.kind === "character") {
    switch (key.text) {
      case "j":
        return one(1);
      case "k":
        return one(-1);
      case " ":
        return page(screen);
      case "g":
        return one(-Infinity);
      case "G":
        return one(Infinity);
      default:
        return null;
    }
  }
  switch (key.kind) {
    case "down":
      return one(1);
    case "up":
      return one(-1);
    case "page-down":
      return page(screen);
    case "page-up":
      return page(-screen);
    case "home":
      return one(-Infinity);
    case "end":
      return one(Infinity);
    default:
      return null;
  }
}

function inTable(ui: BrowseUi, key: Key, shown: BrowseShown): BrowseUi {
  const { query } = ui;
  const moved = movement(key, shown.tableRows);
  if (moved !== null) {
    const top = moved.isScreen ? ui.top + moved.by : ui.top;
    return { ...ui, place: within(ui.place + moved.by, shown.rows.length), top: Math.max(0, top) };
  }
  if (key.kind === "enter") {
    const row = shown.rows[ui.place];
    return row === undefined ? ui : pushed(ui, { kind: "tunnel", id: row.id });
  }
  if (key.kind === "escape") return query.text === "" ? ui : asked(ui, { text: "" });
  if (key.kind !== "character") return ui;
  switch (key.text) {
    case "s":
      return asked(ui, { sort: neighbour(ROW_SORTS, query.sort, 1), isReversed: false });
    case "S":
      return asked(ui, { sort: neighbour(ROW_SORTS, query.sort, -1), isReversed: false });
    case "r":
      return asked(ui, { isReversed: !query.isReversed });
    case "f":
      return pushed(ui, { kind: "facets" });
    case "/":
      // What is typed is a further word.
      return { ...ui, prompt: { kind: "filter", text: query.text === "" ? "" : `${query.text} ` } };
    default:
      return ui;
  }
}

function inPage(ui: BrowseUi, open: OpenPage, key: Key, shown: BrowseShown): BrowseUi {
  const moved = movement(key, shown.pageRows);
  if (moved !== null) {
    const top = Math.max(0, moved.isScreen ? open.top + moved.by : open.top);
    return replaced(ui, { ...open, line: within(open.line + moved.by, shown.lines.length), top });
  }
  switch (key.kind) {
    case "escape":
    case "backspace":
      return popped(ui);
    case "enter":
      return entered(ui, open, shown);
    case "tab":
      return open.page.kind === "message" ? neighbourMessage(ui, 1, shown) : nextSection(ui, open, 1, shown);
    case "back-tab":
      return open.page.kind === "message"
        ? neighbourMessage(ui, -1, shown)
        : nextSection(ui, open, -1, shown);
    case "left":
      return sideways(ui, open, -SIDEWAYS);
    case "right":
      return sideways(ui, open, SIDEWAYS);
    case "character":
      return characterInPage(ui, open, key.text, shown);
    default:
      return ui;
  }
}

function characterInPage(ui: BrowseUi, open: OpenPage, text: string, shown: BrowseShown): BrowseUi {
  switch (text) {
    case "h":
      return sideways(ui, open, -SIDEWAYS);
    case "l":
      return sideways(ui, open, SIDEWAYS);
    case "/":
      return { ...ui, prompt: { kind: "search", text: "" } };
    case "n":
      return found(ui, 1, shown);
    case "N":
      return found(ui, -1, shown);
    case "?":
      return popped(ui);
    case "f":
      return open.page.kind === "facets" ? popped(ui) : ui;
    default:
      return ui;
  }
}

function sideways(ui: BrowseUi, open: OpenPage, by: number): BrowseUi {
  return replaced(ui, { ...open, left: Math.max(0, open.left + by) });
}

/** What Enter does on a line. */
function entered(ui: BrowseUi, open: OpenPage, { lines }: BrowseShown): BrowseUi {
  const target = lines[open.line]?.target ?? null;
  if (target?.kind === "facet") {
    return asked(ui, { text: withFacet(ui.query.text, target.facet, target.value) });
  }
  if (target?.kind === "message" && open.page.kind === "tunnel") {
    return pushed(ui, { kind: "message", id: open.page.id, frames: target.frames });
  }
  return open.page.kind === "tunnel" ? { ...ui, notice: "No IKE message stands in this line." } : popped(ui);
}

/** The next part of a page, the first one behind the last one. */
function nextSection(ui: BrowseUi, open: OpenPage, by: 1 | -1, { lines }: BrowseShown): BrowseUi {
  const starts = [...lines.keys()].filter((line) => lines[line]?.isSection === true);
  const line =
    by === 1
      ? (starts.find((start) => start > open.line) ?? starts[0])
      : (starts.findLast((start) => start < open.line) ?? starts.at(-1));
  return line === undefined ? ui : replaced(ui, { ...open, line, top: line });
}

/** The next message of the ladder; the cursor goes along on the page of the tunnel. */
function neighbourMessage(ui: BrowseUi, by: 1 | -1, { linesBelow }: BrowseShown): BrowseUi {
  const below = ui.pages.at(-2);
  const own = topPage(ui);
  if (below === undefined || own?.page.kind !== "message") return ui;
  const places = [...linesBelow.keys()].filter((line) => linesBelow[line]?.target?.kind === "message");
  const line =
    by === 1 ? places.find((place) => place > below.line) : places.findLast((place) => place < below.line);
  const target = line === undefined ? null : (linesBelow[line]?.target ?? null);
  if (line === undefined || target?.kind !== "message") {
    return { ...ui, notice: by === 1 ? "This is the last message." : "This is the first message." };
  }
  const page: Page = { kind: "message", id: own.page.id, frames: target.frames };
  return { ...ui, pages: [...ui.pages.slice(0, -2), { ...below, line }, opened(page)] };
}

function typedIn(ui: BrowseUi, key: Key, shown: BrowseShown): BrowseUi {
  const prompt = ui.prompt ?? { kind: "filter", text: "" };
  const isFilter = prompt.kind === "filter";
  const become = (text: string): BrowseUi => {
    const next: BrowseUi = { ...ui, prompt: { ...prompt, text } };
    return isFilter ? asked(next, { text }) : next;
  };
  switch (key.kind) {
    case "character":
      return prompt.text.length >= LONGEST_TEXT ? ui : become(prompt.text + key.text);
    case "backspace":
      return prompt.text === ""
        ? { ...ui, prompt: null }
        : become(Array.from(prompt.text).slice(0, -1).join(""));
    case "clear-line":
      return become("");
    case "enter":
      return isFilter
        ? { ...ui, prompt: null, query: { ...ui.query, text: prompt.text.trim() } }
        : found({ ...ui, prompt: null, search: prompt.text === "" ? ui.search : prompt.text }, 1, shown);
    case "escape":
      return { ...become(""), prompt: null };
    default:
      return isFilter && movement(key, shown.tableRows) !== null ? inTable(ui, key, shown) : ui;
  }
}

/** The next line (the former one with -1) that holds what was searched, from the end on to the beginning. */
function found(ui: BrowseUi, by: 1 | -1, { lines }: BrowseShown): BrowseUi {
  const open = topPage(ui);
  const wanted = ui.search.toLowerCase();
  if (open === null || wanted === "") return { ...ui, notice: "Nothing was searched yet: / searches." };
  for (let step = 1; step <= lines.length; step++) {
    const line = (open.line + by * step + lines.length * 2) % lines.length;
    if (
      unpainted(lines[line]?.text ?? "")
        .toLowerCase()
        .includes(wanted)
    ) {
      return replaced(ui, { ...open, line });
    }
  }
  return { ...ui, notice: say`Not found: ${verbatim(ui.search)}` };
}
