// Escape sequences are what this is about.
// oxlint-disable no-control-regex
import { beforeAll, describe, expect, it } from "vitest";
import {
  browsePage,
  browseTable,
  browseTableRows,
  type BrowsedTunnels,
} from "../../../src/report/browse/frame.js";
import { browseHelp } from "../../../src/report/browse/keys.js";
import { orderedRows } from "../../../src/report/browse/order.js";
import { tunnelPage } from "../../../src/report/browse/tunnel-page.js";
import { type BrowseUi, firstUi, opened } from "../../../src/report/browse/ui.js";
import { paintedWidth } from "../../../src/report/live/slice.js";
import { paintFor } from "../../../src/report/paint.js";
import { ENGLISH } from "../../../src/texts/texts.js";
import { PLAIN } from "../../../src/report/presentation.js";
import type { Judgement } from "../../../src/index.js";
import { recordedAs } from "../../score/labelled.js";
import { judgeLabelled } from "../../score/score.js";
import { manyRows, rowOf } from "../../support/browse/rows.js";

const NO_COLOUR = paintFor(false);
const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 40, rows: 8 },
  { columns: 10, rows: 3 },
  { columns: 1, rows: 1 },
] as const;

let judgement: Judgement;
let browsed: BrowsedTunnels;

beforeAll(async () => {
  judgement = await judgeLabelled(recordedAs("port4500-blocked-initiator"));
  const rows = manyRows(await rowOf("port4500-blocked-initiator"), 20_000);
  browsed = { head: judgement, rows, fault: null };
});

function table(size: (typeof SIZES)[number], ui: BrowseUi = firstUi(), paint = NO_COLOUR): string[] {
  return browseTable(browsed, orderedRows(browsed.rows, ui.query), ui, size, paint, PLAIN);
}

describe("the table", () => {
  it.each(SIZES)("fills a screen of %j exactly, with colours and without", (size) => {
    for (const paint of [NO_COLOUR, paintFor(true)]) {
      const lines = table(size, firstUi(), paint);
      expect(lines).toHaveLength(size.rows);
      expect(Math.max(...lines.map(paintedWidth))).toBeLessThanOrEqual(size.columns);
    }
  });

  it("counts apart the tunnels that the verdict above does not count", () => {
    const rows = browsed.rows.slice(0, 30).map((row, index) => ({ ...row, isStray: index >= 20 }));
    const lines = browseTable({ ...browsed, rows }, rows, firstUi(), SIZES[0], NO_COLOUR, PLAIN);
    expect(lines[1]).toMatch(/^30 tunnels, 10 of them stray packets: {2}30 failing/);
  });

  it("shows in 80 columns the verdict, the counts, the capture, and of each tunnel peers, status, cause and ESP", () => {
    const lines = table({ columns: 80, rows: 24 });
    expect(lines[0]).toMatch(/^FAILING \(likely\) {2}192\.0\.2\.10 -> 198\.51\.100\.20 {2}/);
    expect(lines[1]).toBe("20000 tunnels:  20000 failing");
    expect(lines[2]).toMatch(/^.*port4500-blocked-initiator\.pcap: \d+ packets, 2026-/);
    expect(lines[3]).toMatch(/^ +id peers +status +cause +ESP-> <-ESP /);
    expect(lines[4]).toMatch(/^> +1 10\.0\.0\.0 -> 198\.51\.100\.20 +failing +natt-4500-unanswered +0 +0 /);
    expect(lines[23]).toMatch(/^q quit {2}\? help .* by status {2}1-19 of 20000$/);
  });

  it("marks the selected row by a sign, not by colour alone, wherever the table is scrolled to", () => {
    const lines = table({ columns: 80, rows: 24 }, { ...firstUi(), place: 19_999, top: 19_981 });
    expect(lines.filter((line) => line.startsWith(">"))).toHaveLength(1);
    expect(lines[22]).toMatch(/^>20000 /);
    expect(lines[23]).toMatch(/19982-20000 of 20000$/);
  });

  it("says why nothing is shown", () => {
    expect(table(SIZES[0], firstUi("nobody")).join("\n")).toContain("No tunnel matches; Esc shows all.");
    expect(table(SIZES[0], firstUi("a=b")).join("\n")).toContain('nothing called "a"');
  });

  it("says first that a capture was not read to its end", () => {
    browsed = { ...browsed, fault: "trace.pcap: at byte 9: cut off" };
    expect(table(SIZES[0])[0]).toBe("trace.pcap: at byte 9: cut off");
    expect(table(SIZES[0])[1]).toMatch(/^FAILING/);
    expect(browseTableRows(browsed, SIZES[0])).toBe(18);
    browsed = { ...browsed, fault: null };
  });

  it("shows text from packets and the keyboard escaped", () => {
    const evil = "\u001b]0;owned\u0007\u202e";
    const before = browsed;
    const [row] = browsed.rows;
    if (row === undefined) throw new Error("no row");
    browsed = {
      ...browsed,
      head: { ...browsed.head, headline: evil },
      rows: [{ ...row, products: [evil], causes: [evil] }],
      fault: evil,
    };
    for (const prompt of [null, { kind: "filter", text: evil } as const]) {
      const text = table({ columns: 120, rows: 40 }, { ...firstUi(), prompt, notice: evil }).join("");
      expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    }
    browsed = before;
  });
});

describe("the page of a tunnel", () => {
  const pageOf = (width: number, paint = NO_COLOUR): ReturnType<typeof tunnelPage> => {
    const [judged] = judgement.tunnels;
    if (judged === undefined) throw new Error("no tunnel");
    return tunnelPage(judged, judgement, width, paint, PLAIN);
  };

  const partOf = (title: string): ReturnType<typeof tunnelPage> => {
    const lines = pageOf(79);
    const begin = lines.findIndex(({ text, isSection }) => isSection === true && text.startsWith(title));
    const length = lines.slice(begin + 1).findIndex(({ isSection }) => isSection === true);
    return lines.slice(begin, length < 0 ? undefined : begin + 1 + length);
  };

  it("has findings with remedies, ESP and the ladder, each as a part that Tab finds", () => {
    const lines = pageOf(79);
    expect(lines.filter(({ isSection }) => isSection === true).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Findings \(\d+\)$/),
      "ESP (0 streams)",
      "Ladder; Enter opens a message",
    ]);
    const text = lines.map((line) => line.text).join("\n");
    expect(text).toMatch(/^Tunnel 1 {2}192\.0\.2\.10 -> 198\.51\.100\.20$/m);
    expect(text).toContain("CRITICAL  natt-4500-unanswered");
    expect(text).toMatch(/^ {2}1\. /m);
    expect(Math.max(...lines.map((line) => paintedWidth(line.text)))).toBeLessThanOrEqual(79);
  });

  it("leads from each message of the ladder to its frames", () => {
    const targets = partOf("Ladder").flatMap(({ target, text }) =>
      target?.kind === "message" ? [`${target.frames[0]} ${/IKE_\w+ \w+/.exec(text)?.[0]}`] : [],
    );
    expect(targets).toHaveLength(6);
    expect(targets[0]).toMatch(/^\d+ IKE_SA_INIT request$/);
    expect(targets.at(-1)).toMatch(/^\d+ IKE_AUTH request$/);
  });

  it("leads from evidence to the message that it cites, and from nothing else of a finding", () => {
    const messages = partOf("Ladder").flatMap(({ target }) =>
      target?.kind === "message" ? [target.frames] : [],
    );
    const lines = partOf("Findings");
    const cited = lines.filter(({ target }) => target !== null);
    expect(cited.map(({ text }) => text)).toEqual(
      lines.map(({ text }) => text).filter((text) => /^ {2}frame /.test(text)),
    );
    expect(cited.length).toBeGreaterThan(2);
    for (const { text, target } of cited) {
      if (target?.kind !== "message") throw new Error(`no message: ${text}`);
      expect(messages).toContainEqual(target.frames);
      expect(target.frames.map(String)).toContain(/frame (\d+)/.exec(text)?.[1]);
    }
  });

  it.each(SIZES)("fills a screen of %j exactly, from any line on and sideways", (size) => {
    const lines = pageOf(Math.max(20, size.columns - 1), paintFor(true));
    for (const at of [0, 7, lines.length - 1]) {
      const open = { ...opened({ kind: "tunnel", id: 1 }), line: at, top: at, left: at };
      const picture = browsePage(lines, open, firstUi(), size, paintFor(true), ENGLISH);
      expect(picture).toHaveLength(size.rows);
      expect(Math.max(...picture.map(paintedWidth))).toBeLessThanOrEqual(size.columns);
    }
  });
});

describe("the help", () => {
  it("fits 80 columns and names the terms of the filter", () => {
    const lines = browseHelp(79, NO_COLOUR, ENGLISH).map(({ text }) => text);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(79);
    expect(lines.join("\n")).toMatch(/^ {2}cause= +code of a finding/m);
  });
});
