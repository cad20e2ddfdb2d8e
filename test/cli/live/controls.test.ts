import { describe, expect, it } from "vitest";
import { pressed, settled, type Shown } from "../../../src/cli/live/controls.js";
import { KeyParser } from "../../../src/cli/terminal/keys.js";
import { FIRST_UI, type LiveUi } from "../../../src/report/live/ui.js";
import { manyTunnels } from "../../support/live/tunnels.js";

const TUNNELS = manyTunnels(100);

function shown(tunnels = TUNNELS): Shown {
  return { tunnels, rows: 10, pageRows: 20 };
}

/** Where keys lead to, as a terminal sends them; null where they end the display. */
function after(input: string, start: LiveUi = FIRST_UI, on: Shown = shown()): LiveUi | null {
  const parser = new KeyParser();
  let ui: LiveUi | null = start;
  for (const key of [...parser.feed(input), ...parser.flush()]) {
    if (ui === null) break;
    ui = pressed(ui, key, on);
    if (ui !== null) ui = settled(ui, on);
  }
  return ui;
}

const [UP, DOWN, PAGE_DOWN, HOME, END, ESCAPE] = [
  "\u001b[A",
  "\u001b[B",
  "\u001b[6~",
  "\u001b[H",
  "\u001b[F",
  "\u001b",
];

describe("the selected tunnel", () => {
  it("moves with arrows, j and k, pages, and to both ends, and stays in sight", () => {
    expect(after(`${DOWN}j${DOWN}`)).toMatchObject({ place: 3, selected: 4, top: 0 });
    expect(after(`${PAGE_DOWN}${DOWN}k`)).toMatchObject({ place: 10, top: 2 });
    expect(after(END)).toMatchObject({ place: 99, selected: 100, top: 90 });
    expect(after(`${END}${UP}`)).toMatchObject({ place: 98, top: 90 });
    expect(after(UP)).toMatchObject({ place: 0 });
  });

  it("is whatever comes first, until another one is chosen, and again after Home", () => {
    expect(after("")).toMatchObject({ selected: null });
    expect(after(`${END}${HOME}`)).toMatchObject({ selected: null, place: 0, top: 0 });
  });

  it("stays selected where the order changes", () => {
    const ui = after(DOWN) ?? FIRST_UI;
    expect(settled(ui, shown(TUNNELS.toReversed()))).toMatchObject({ selected: 2, place: 98, top: 89 });
  });

  it("that is gone gives way to the one in its place", () => {
    const ui = after(END) ?? FIRST_UI;
    expect(settled(ui, shown(TUNNELS.slice(0, 50)))).toMatchObject({ selected: 50, place: 49, top: 40 });
    expect(settled(ui, shown([]))).toMatchObject({ place: 0, top: 0 });
  });
});

describe("the keys of the table", () => {
  it("sort by the next and the former column, and turn the order round", () => {
    expect(after("s")?.query.sort).toBe("peer");
    expect(after("S")?.query.sort).toBe("heard");
    expect(after("sS")?.query.sort).toBe("state");
    expect(after("r")?.query.isReversed).toBe(true);
    expect(after("rs")?.query.isReversed).toBe(false);
  });

  it("go through the states and back to all", () => {
    expect(after("f")?.query.state).toBe("failing");
    expect(after("F")?.query.state).toBe("unknown");
    expect(after("ffffffff")?.query.state).toBeNull();
  });

  it("type a filter, in which q is a letter", () => {
    expect(after("/q?j")).toMatchObject({ isTyping: true, help: null, query: { text: "q?j" } });
    expect(after("/ab\u007f\r")).toMatchObject({ isTyping: false, query: { text: "a" } });
    expect(after("/ab\u0015c")).toMatchObject({ query: { text: "c" } });
    expect(after(`/ab${DOWN}`)).toMatchObject({ isTyping: true, place: 1 });
    expect(after(`/ab${ESCAPE}`)).toMatchObject({ isTyping: false, query: { text: "" } });
    expect(after(`/${"x".repeat(500)}`)?.query.text).toHaveLength(100);
  });

  it("show all again with Esc", () => {
    expect(after(`f/up\r${ESCAPE}`)).toMatchObject({ query: { state: null, text: "" } });
  });

  it("open the selected tunnel, and go back to it", () => {
    expect(after(`${DOWN}\r`)).toMatchObject({ selected: 2, opened: { id: 2, top: 0, left: 0 } });
    expect(after(`${DOWN}\r${PAGE_DOWN}${UP}\u001b[C`)).toMatchObject({
      opened: { id: 2, top: 19, left: 8 },
    });
    expect(after(`${DOWN}\r${ESCAPE}`)).toMatchObject({ selected: 2, opened: null });
    expect(after("\r", FIRST_UI, shown([]))).toMatchObject({ opened: null });
  });

  it("open and close the help, over the table and over a tunnel", () => {
    expect(after("?")).toMatchObject({ help: 0 });
    expect(after(`?${DOWN}`)).toMatchObject({ help: 1, place: 0 });
    expect(after(`\r?${ESCAPE}`)).toMatchObject({ help: null, opened: { id: 1 } });
  });

  it("end the display with q, and with Ctrl-C from everywhere", () => {
    for (const input of ["q", "\u0003", "/abc\u0003", "?q", "\rq", "?\u0003"])
      expect(after(input), input).toBeNull();
  });
});
