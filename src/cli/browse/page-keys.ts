import { withFacet } from "../../report/browse/facets.js";
import {
  asked,
  type BrowseUi,
  opened,
  type OpenPage,
  type Page,
  popped,
  pushed,
  replaced,
  topPage,
} from "../../report/browse/ui.js";
import { unpainted } from "../../report/live/slice.js";
import { say, verbatim } from "../../texts/message.js";
import type { Key } from "../terminal/keys.js";
import { movement } from "./movement.js";
import { type BrowseShown, within } from "./shown.js";

/** Columns that a page moves sideways at once. */
const SIDEWAYS = 8;

/** The screen after a key that is pressed over a page. */
export function inPage(ui: BrowseUi, open: OpenPage, key: Key, shown: BrowseShown): BrowseUi {
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

/** The screen after Enter on a line. */
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

/** The next line (the former one with -1) that holds what was searched, from the end on to the beginning. */
export function found(ui: BrowseUi, by: 1 | -1, { lines }: BrowseShown): BrowseUi {
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
