import { helpEntries } from "../live/help.js";
import type { Paint } from "../paint.js";
import type { Texts } from "../../texts/texts.js";
import { wrap } from "../wrap.js";
import { type PageLine, plainLines } from "./page-line.js";
import { ROW_ATTRIBUTES } from "./row-filter.js";
import type { OpenPage } from "./ui.js";

/** The keys and their meaning, in the order of the help. */
const BROWSE_KEYS: readonly (readonly [string, string])[] = [
  ["Up Down  k j", "select a tunnel, or a line"],
  ["PgUp PgDn", "a screen up or down; the blank goes down, too"],
  ["Home End  g G", "the first one, the last one"],
  ["Left Right  h l", "on a page: move sideways if it is wider than the screen"],
  ["Enter", "open the tunnel; on a line of the ladder: its message; on a facet: show only these tunnels"],
  ["Esc", "back; in the table: show all tunnels again"],
  ["Tab  Shift-Tab", "in a tunnel: its next part (findings, ESP, ladder); in a message: the next message"],
  ["f", "facets: how many tunnels by status, cause and product, to choose from"],
  ["/", "in the table: show only tunnels with these words and terms; on a page: search"],
  ["n N", "on a page: the next, the former place of what was searched"],
  ["s S", "sort by the next, the former column"],
  ["r", "turn the order round"],
  ["w", "write the evidence of this tunnel to a new pcapng file in the current directory"],
  ["y", "show Wireshark's display filter of this tunnel, or of the frames of this message, and copy it"],
  ["Ctrl-L", "draw the screen anew"],
  ["Ctrl-Z", "stop, until fg"],
  ["?", "this help"],
  ["q  Ctrl-C", "end"],
];

/** The meaning of columns that do not say it themselves. */
const COLUMN_HELP: readonly (readonly [string, string])[] = [
  ["cause", "the root cause by its code: ikescope explain CODE"],
  ["ESP->  <-ESP", "ESP and AH packets from the first peer to the second, and back"],
  ["loss", "packets that are missing by their sequence numbers, in the worse direction"],
  ["start  for", "the first packet of the tunnel, and how long until its last one"],
  ["IKE", "IKE SAs between the two"],
];

/** For the line below: the most needed first, for the last ones go where it is narrow. */
export const BROWSE_TABLE_HINTS = [
  "q quit",
  "? help",
  "Enter open",
  "/ filter",
  "f facets",
  "s sort",
  "w evidence",
  "y filter",
] as const;

/** The same for a page. */
export function pageHints({ page: { kind } }: OpenPage): readonly string[] {
  const common = ["Esc back", "q quit", "? help"];
  switch (kind) {
    case "tunnel":
      return [...common, "Enter message", "Tab next part", "/ search", "w evidence", "y filter"];
    case "message":
      return [...common, "Tab next", "/ search", "y filter"];
    case "facets":
      return [...common, "Enter choose"];
    case "filter":
    case "help":
      return common;
  }
}

/** The help as a page. */
export function browseHelp(width: number, paint: Paint, texts: Texts): PageLine[] {
  const terms = [...ROW_ATTRIBUTES].map(([name, { meaning }]) => [`${name}=`, meaning] as const);
  return plainLines([
    paint.bold(texts.of("Keys")),
    ...helpEntries(BROWSE_KEYS, width, texts),
    "",
    ...wrap(texts.of("Terms of the filter; a|b for one of several, != for all others"), width).map(
      paint.bold,
    ),
    ...helpEntries(terms, width, texts),
    "",
    paint.bold(texts.of("Columns")),
    ...helpEntries(COLUMN_HELP, width, texts),
  ]);
}
