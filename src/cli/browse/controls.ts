import type { FrameRef } from "../../bytes/frame.js";
import { asked, type BrowseUi, type OpenPage, pushed, topPage } from "../../report/browse/ui.js";
import { isCharacter, type Key } from "../terminal/keys.js";
import { movement } from "./movement.js";
import { found, inPage } from "./page-keys.js";
import type { BrowseShown } from "./shown.js";
import { inTable } from "./table-keys.js";

/** An action that a key asks for beside another picture. */
export type BrowseAction =
  | { readonly kind: "quit" }
  | { readonly kind: "write-evidence"; readonly tunnel: number }
  /** The display filter of a tunnel, or of these frames of it. */
  | { readonly kind: "show-filter"; readonly tunnel: number; readonly frames: readonly FrameRef[] | null };

/** The picture that a key leads to, and its action. */
export interface Pressed {
  readonly ui: BrowseUi;
  readonly action: BrowseAction | null;
}

/** Longer texts match nothing. */
const LONGEST_TEXT = 200;

/** Takes a key: the picture that it leads to, and the action that it asks for. */
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
