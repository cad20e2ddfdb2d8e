import { LIVE_STATES, type LiveState, type LiveTunnel } from "../../live/tunnel.js";
import { SORT_KEYS, type TunnelQuery } from "../../report/live/order.js";
import { FIRST_UI, type LiveUi, type OpenedTunnel } from "../../report/live/ui.js";
import { neighbour } from "../terminal/choices.js";
import { isCharacter, type Key, type NamedKey } from "../terminal/keys.js";

/** The screen when a key is pressed. */
export interface Shown {
  /** The rows of the table, as filtered and sorted. */
  readonly tunnels: readonly LiveTunnel[];
  /** Rows of the table that fit. */
  readonly rows: number;
  /** Lines of an opened page that fit. */
  readonly pageRows: number;
}

/** Columns that a page moves sideways at once. */
const SIDEWAYS = 8;
/** Longer filters match nothing. */
const LONGEST_FILTER = 100;

/** The picture that a key leads to; null ends the display. */
export function pressed(ui: LiveUi, key: Key, shown: Shown): LiveUi | null {
  if (key.kind === "interrupt") return null;
  if (ui.isTyping) return typed(ui, key, shown);
  if (isCharacter(key, "q")) return null;
  if (ui.help !== null) return inHelp(ui, ui.help, key, shown);
  if (isCharacter(key, "?")) return { ...ui, help: 0 };
  return ui.opened === null ? inTable(ui, key, shown) : inPage(ui, ui.opened, key, shown);
}

/**
 * The same place after the tunnels changed: the selected tunnel stays selected wherever it is now, and in sight. Where it
 * is gone, the one in its place is selected.
 */
export function settled(ui: LiveUi, { tunnels, rows }: Shown): LiveUi {
  const last = Math.max(0, tunnels.length - 1);
  if (ui.selected === null) return { ...ui, place: 0, top: 0 };
  const found = tunnels.findIndex(({ id }) => id === ui.selected);
  const place = found < 0 ? Math.min(ui.place, last) : found;
  const selected = tunnels[place]?.id ?? ui.selected;
  const highest = Math.max(0, tunnels.length - rows);
  const top = Math.min(highest, Math.max(place - rows + 1, Math.min(place, ui.top)));
  return { ...ui, selected, place, top };
}

/** How many lines a key goes down; null where it is no key of movement. */
function step(key: Key, page: number): number | null {
  const kind: NamedKey | null =
    key.kind === "character" ? (key.text === "j" ? "down" : key.text === "k" ? "up" : null) : key.kind;
  switch (kind) {
    case "down":
      return 1;
    case "up":
      return -1;
    case "page-down":
      return page;
    case "page-up":
      return -page;
    case "home":
      return -Infinity;
    case "end":
      return Infinity;
    default:
      return null;
  }
}

function typed(ui: LiveUi, key: Key, shown: Shown): LiveUi {
  const { text } = ui.query;
  switch (key.kind) {
    case "character":
      return text.length >= LONGEST_FILTER ? ui : filtered(ui, { text: text + key.text });
    case "backspace":
      return text === ""
        ? { ...ui, isTyping: false }
        : filtered(ui, { text: Array.from(text).slice(0, -1).join("") });
    case "clear-line":
      return filtered(ui, { text: "" });
    case "enter":
      return { ...ui, isTyping: false };
    case "escape":
      return { ...filtered(ui, { text: "" }), isTyping: false };
    default:
      return moved(ui, key, shown) ?? ui;
  }
}

/** Another choice or order: the first row is what the user wants to see. */
function filtered(ui: LiveUi, change: Partial<TunnelQuery>): LiveUi {
  return { ...ui, query: { ...ui.query, ...change }, selected: null, place: 0, top: 0 };
}

function moved(ui: LiveUi, key: Key, { tunnels, rows }: Shown): LiveUi | null {
  const down = step(key, rows);
  if (down === null) return null;
  // Whoever stays at the first row sees whatever is worst, not a tunnel that was.
  if (down === -Infinity) return { ...ui, selected: null, place: 0, top: 0 };
  const place = Math.max(0, Math.min(tunnels.length - 1, ui.place + down));
  return { ...ui, place, selected: tunnels[place]?.id ?? null };
}

function inTable(ui: LiveUi, key: Key, shown: Shown): LiveUi {
  const { query } = ui;
  if (key.kind === "enter") {
    const tunnel = shown.tunnels[ui.place];
    return tunnel === undefined
      ? ui
      : { ...ui, selected: tunnel.id, opened: { id: tunnel.id, top: 0, left: 0 } };
  }
  if (key.kind === "escape") return filtered(ui, { text: "", state: null });
  if (key.kind !== "character") return moved(ui, key, shown) ?? ui;
  switch (key.text) {
    case "s":
      return filtered(ui, { sort: neighbour(SORT_KEYS, query.sort, 1), isReversed: false });
    case "S":
      return filtered(ui, { sort: neighbour(SORT_KEYS, query.sort, -1), isReversed: false });
    case "r":
      return filtered(ui, { isReversed: !query.isReversed });
    case "f":
      return filtered(ui, { state: neighbour(STATE_CHOICES, query.state, 1) });
    case "F":
      return filtered(ui, { state: neighbour(STATE_CHOICES, query.state, -1) });
    case "/":
      return { ...ui, isTyping: true };
    default:
      return moved(ui, key, shown) ?? ui;
  }
}

const STATE_CHOICES: readonly (LiveState | null)[] = [FIRST_UI.query.state, ...LIVE_STATES];

function inPage(ui: LiveUi, opened: OpenedTunnel, key: Key, shown: Shown): LiveUi {
  if (key.kind === "escape") return { ...ui, opened: null };
  const sideways = key.kind === "right" ? SIDEWAYS : key.kind === "left" ? -SIDEWAYS : 0;
  const down = step(key, shown.pageRows) ?? 0;
  return {
    ...ui,
    opened: { ...opened, top: Math.max(0, opened.top + down), left: Math.max(0, opened.left + sideways) },
  };
}

function inHelp(ui: LiveUi, help: number, key: Key, shown: Shown): LiveUi {
  if (key.kind === "escape" || key.kind === "enter" || isCharacter(key, "?")) return { ...ui, help: null };
  return { ...ui, help: Math.max(0, help + (step(key, shown.pageRows) ?? 0)) };
}
