import { ROW_SORTS } from "../../report/browse/order.js";
import { asked, type BrowseUi, pushed } from "../../report/browse/ui.js";
import { neighbour } from "../terminal/choices.js";
import type { Key } from "../terminal/keys.js";
import { movement } from "./movement.js";
import { type BrowseShown, within } from "./shown.js";

/** The screen after a key that is pressed over the table of tunnels. */
export function inTable(ui: BrowseUi, key: Key, shown: BrowseShown): BrowseUi {
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
      // The user types a further word.
      return { ...ui, prompt: { kind: "filter", text: query.text === "" ? "" : `${query.text} ` } };
    default:
      return ui;
  }
}
