import { inEnglish } from "../../../src/texts/texts.js";
import { beforeAll, describe, expect, it } from "vitest";
import { type Pressed, pressedIn } from "../../../src/cli/browse/controls.js";
import { type BrowseShown, settledIn } from "../../../src/cli/browse/shown.js";
import type { Key } from "../../../src/cli/terminal/keys.js";
import { orderedRows } from "../../../src/report/browse/order.js";
import type { PageLine } from "../../../src/report/browse/page-line.js";
import type { TunnelRow } from "../../../src/report/browse/tunnel-row.js";
import { type BrowseUi, firstUi, topPage } from "../../../src/report/browse/ui.js";
import { manyRows, rowOf } from "../../support/browse/rows.js";

let rows: readonly TunnelRow[];

beforeAll(async () => {
  rows = manyRows(await rowOf("port4500-blocked-initiator"), 100);
});

/** A page with two parts; every third line leads to a message in the frame of its number. */
const LINES: readonly PageLine[] = Array.from({ length: 60 }, (_, line) => ({
  text: `line ${line}`,
  target: line % 3 === 0 && line > 0 ? { kind: "message", frames: [line] } : null,
  ...(line === 10 || line === 40 ? { isSection: true as const } : {}),
}));

function shownFor(ui: BrowseUi): BrowseShown {
  return {
    rows: orderedRows(rows, ui.query),
    tableRows: 20,
    pageRows: 23,
    lines: topPage(ui) === null ? [] : LINES,
    linesBelow: LINES,
  };
}

const NAMED: ReadonlyMap<string, Exclude<Key, { readonly kind: "character" }>["kind"]> = new Map([
  ["<enter>", "enter"],
  ["<esc>", "escape"],
  ["<tab>", "tab"],
  ["<back-tab>", "back-tab"],
  ["<page-down>", "page-down"],
  ["<up>", "up"],
  ["<right>", "right"],
  ["<backspace>", "backspace"],
  ["<interrupt>", "interrupt"],
]);

/** Where keys lead to from the table, one after the other: characters, and others by their names in brackets. */
function after(keys: string, start: BrowseUi = firstUi()): Pressed {
  let last: Pressed = { ui: start, action: null };
  for (const [piece] of keys.matchAll(/<[a-z-]+>|[^]/g)) {
    const name = NAMED.get(piece);
    const key: Key = name === undefined ? { kind: "character", text: piece } : { kind: name };
    const { ui, action } = pressedIn(last.ui, key, shownFor(last.ui));
    last = { ui: settledIn(ui, shownFor(ui)), action };
  }
  return last;
}

describe("keys in the table", () => {
  it("select a row and keep it in sight, and stop at both ends", () => {
    expect(after("jjk").ui.place).toBe(1);
    expect(after("<up>").ui.place).toBe(0);
    const { place, top } = after("G").ui;
    expect([place, top]).toEqual([99, 80]);
    expect(after("G<page-down>jg").ui.place).toBe(0);
  });

  it("turn a whole screen at once", () => {
    const { place, top } = after("<page-down>").ui;
    expect([place, top]).toEqual([20, 20]);
    expect(after(" ").ui.place).toBe(20);
  });

  it("sort, reverse, and go to the first row then", () => {
    expect(after("jjs").ui).toMatchObject({ place: 0, query: { sort: "cause", isReversed: false } });
    expect(after("S").ui.query.sort).toBe("number");
    expect(after("rs").ui.query.isReversed).toBe(false);
    expect(after("r").ui.query.isReversed).toBe(true);
  });

  it("filter while it is typed; Enter keeps the filter, Esc ends it, further words come behind it", () => {
    expect(after("/tunnel=7").ui.query.text).toBe("tunnel=7");
    expect(after("/10.0.0.5<enter>").ui).toMatchObject({ prompt: null, query: { text: "10.0.0.5" } });
    expect(after("/a<enter>/b<enter>").ui.query.text).toBe("a b");
    expect(after("/a<enter>/<enter>").ui.query.text).toBe("a");
    expect(after("/abc<esc>").ui).toMatchObject({ prompt: null, query: { text: "" } });
    expect(after("/q<backspace>").ui).toMatchObject({ prompt: { text: "" }, query: { text: "" } });
    expect(after("/x<enter><esc>").ui.query.text).toBe("");
  });

  it("open the selected tunnel, and ask for its evidence and its display filter", () => {
    expect(topPage(after("jj<enter>").ui)?.page).toEqual({ kind: "tunnel", id: 3 });
    expect(after("jw").action).toEqual({ kind: "write-evidence", tunnel: 2 });
    expect(after("jy").action).toEqual({ kind: "show-filter", tunnel: 2, frames: null });
  });

  it("do nothing to a tunnel where none is left", () => {
    expect(after("/nobody<enter><enter>").ui.pages).toEqual([]);
    expect(after("/nobody<enter>w").action).toBeNull();
  });

  it("end with q and Ctrl-C, and q is a letter while something is typed", () => {
    expect(after("q").action).toEqual({ kind: "quit" });
    expect(after("<enter>q").action).toEqual({ kind: "quit" });
    expect(after("/q").action).toBeNull();
    expect(after("/q<interrupt>").action).toEqual({ kind: "quit" });
  });
});

describe("keys on a page", () => {
  it("open the message of a line, and go back by Esc to the same line", () => {
    const opened = after("<enter>jjj<enter>").ui;
    expect(topPage(opened)?.page).toEqual({ kind: "message", id: 1, frames: [3] });
    expect(topPage(after("<esc>", opened).ui)).toMatchObject({ page: { kind: "tunnel", id: 1 }, line: 3 });
    expect(after("<esc><esc>", opened).ui.pages).toEqual([]);
  });

  it("say so where a line has no message", () => {
    expect(after("<enter>j<enter>").ui).toMatchObject({ notice: "No IKE message stands in this line." });
    expect(after("<enter>j<enter>j").ui.notice).toBeNull();
  });

  it("go to the next part by Tab, round at the end", () => {
    const line = (keys: string): number | undefined => topPage(after(keys).ui)?.line;
    expect(line("<enter><tab>")).toBe(10);
    expect(line("<enter><tab><tab>")).toBe(40);
    expect(line("<enter><tab><tab><tab>")).toBe(10);
    expect(line("<enter><back-tab>")).toBe(40);
  });

  it("go from message to message, the cursor of the tunnel's page along", () => {
    const next = after("<enter>jjj<enter><tab><tab>").ui;
    expect(topPage(next)?.page).toMatchObject({ frames: [9] });
    expect(topPage(after("<esc>", next).ui)?.line).toBe(9);
    expect(after("<enter>jjj<enter><back-tab>").ui.notice).toBe("This is the first message.");
    expect(after("<enter>jjj<enter>y").action).toEqual({ kind: "show-filter", tunnel: 1, frames: [3] });
  });

  it("search from the cursor on, and from the beginning behind the end", () => {
    const line = (keys: string): number | undefined => topPage(after(keys).ui)?.line;
    expect(line("<enter>/LINE 2<enter>")).toBe(2);
    expect(line("<enter>/line 2<enter>n")).toBe(20);
    expect(line("<enter>/line 2<enter>N")).toBe(29);
    expect(line("<enter>/line 59<enter>n")).toBe(59);
    expect(inEnglish(after("<enter>/nowhere<enter>").ui.notice ?? "")).toBe("Not found: nowhere");
    expect(after("<enter>n").ui.notice).toMatch(/^Nothing was searched yet/);
  });

  it("move sideways, and never before the first column", () => {
    expect(topPage(after("<enter><right>l").ui)?.left).toBe(16);
    expect(topPage(after("<enter>h").ui)?.left).toBe(0);
  });

  it("narrow the table by a facet", () => {
    const facets: readonly PageLine[] = [
      { text: "failing", target: { kind: "facet", facet: "status", value: "failing" } },
    ];
    const open = after("f").ui;
    const { ui } = pressedIn(open, { kind: "enter" }, { ...shownFor(open), lines: facets });
    expect(ui.query.text).toBe("status=failing");
    expect(topPage(ui)?.page.kind).toBe("facets");
    expect(after("ff").ui.pages).toEqual([]);
  });

  it("open the help from everywhere, once, and close it", () => {
    expect(after("<enter>?").ui.pages.map(({ page }) => page.kind)).toEqual(["tunnel", "help"]);
    expect(after("<enter>??").ui.pages.map(({ page }) => page.kind)).toEqual(["tunnel"]);
  });
});
