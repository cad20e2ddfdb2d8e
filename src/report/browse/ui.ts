import type { FrameRef } from "../../bytes/frame.js";
import type { Message } from "../../texts/message.js";
import type { RowQuery } from "./order.js";

/** The page that is opened above the table. */
export type Page =
  | { readonly kind: "facets" }
  | { readonly kind: "tunnel"; readonly id: number }
  /** The IKE messages of a tunnel that came in these frames. */
  | { readonly kind: "message"; readonly id: number; readonly frames: readonly FrameRef[] }
  /** A display filter of Wireshark, and what it is of. */
  | { readonly kind: "filter"; readonly about: Message; readonly text: string }
  | { readonly kind: "help" };

/** A page and the part of it that is seen, all counted from 0. */
export interface OpenPage {
  readonly page: Page;
  /** The line that the cursor is on. */
  readonly line: number;
  /** The first line and the first column that are seen. */
  readonly top: number;
  readonly left: number;
}

/** A text that is being typed: the filter of the table, or what is searched on a page. */
interface Prompt {
  readonly kind: "filter" | "search";
  readonly text: string;
}

/** The state of the display: all that a picture needs beside the captures. */
export interface BrowseUi {
  readonly query: RowQuery;
  readonly prompt: Prompt | null;
  /** The selected row of the table and the first one that is seen, counted from 0. */
  readonly place: number;
  readonly top: number;
  /** Each above the one before it; the last one is seen. */
  readonly pages: readonly OpenPage[];
  /** Words that were searched last. */
  readonly search: string;
  /** The result of the last key, until the next one. */
  readonly notice: Message | null;
}

/** The table from the worst tunnel on, narrowed by a filter. */
export function firstUi(filter = ""): BrowseUi {
  return {
    query: { sort: "status", isReversed: false, text: filter },
    prompt: null,
    place: 0,
    top: 0,
    pages: [],
    search: "",
    notice: null,
  };
}

/** The page from its beginning. */
export function opened(page: Page): OpenPage {
  return { page, line: 0, top: 0, left: 0 };
}

/** The page that is seen; null where that is the table. */
export function topPage({ pages }: BrowseUi): OpenPage | null {
  return pages.at(-1) ?? null;
}

/** With a page above the others. */
export function pushed(ui: BrowseUi, page: Page): BrowseUi {
  return { ...ui, pages: [...ui.pages, opened(page)] };
}

/** Without the page on top. */
export function popped(ui: BrowseUi): BrowseUi {
  return { ...ui, pages: ui.pages.slice(0, -1) };
}

/** With another page on top. */
export function replaced(ui: BrowseUi, open: OpenPage): BrowseUi {
  return { ...ui, pages: [...ui.pages.slice(0, -1), open] };
}

/** Another choice or order: the first row is what the user wants to see. */
export function asked(ui: BrowseUi, change: Partial<RowQuery>): BrowseUi {
  return { ...ui, query: { ...ui.query, ...change }, place: 0, top: 0 };
}
