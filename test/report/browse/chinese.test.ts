import { beforeAll, describe, expect, it } from "vitest";
import { columnsOfText } from "../../../src/bytes/columns.js";
import type { Judgement } from "../../../src/index.js";
import { facetCounts, facetLines } from "../../../src/report/browse/facets.js";
import { filterPage } from "../../../src/report/browse/filter-page.js";
import { browsePage, browseTable, type BrowsedTunnels } from "../../../src/report/browse/frame.js";
import { browseHelp } from "../../../src/report/browse/keys.js";
import type { PageLine } from "../../../src/report/browse/page-line.js";
import { tunnelPage } from "../../../src/report/browse/tunnel-page.js";
import { tunnelRow } from "../../../src/report/browse/tunnel-row.js";
import { firstUi, opened } from "../../../src/report/browse/ui.js";
import { paintFor } from "../../../src/report/paint.js";
import { PLAIN } from "../../../src/report/presentation.js";
import { presentedHeadline } from "../../../src/report/presented-judgement.js";
import { orderedRows } from "../../../src/report/browse/order.js";
import { textsIn } from "../../../src/texts/languages.js";
import { recordedAs } from "../../score/labelled.js";
import { judgeLabelled } from "../../score/score.js";
import { englishLines } from "../../support/texts/english-lines.js";

const TEXTS = textsIn("zh");
const PRESENTATION = { ...PLAIN, texts: TEXTS };
const PAINT = paintFor(false);
const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 40, rows: 8 },
];
/** Commands and names of options. */
const STAYS = /'[^']*'|ikescope [\w ]+|set-clipboard on|nft list ruleset|systemctl status strongswan/g;

let judgement: Judgement;
let browsed: BrowsedTunnels;

beforeAll(async () => {
  judgement = await judgeLabelled(recordedAs("port4500-blocked-nat-initiator"));
  browsed = {
    head: { ...judgement, headline: presentedHeadline(judgement, PRESENTATION) },
    rows: judgement.tunnels.map((judged) => tunnelRow(judged, PRESENTATION.names, TEXTS)),
    fault: null,
  };
});

function pages(width: number): PageLine[][] {
  const [judged] = judgement.tunnels;
  if (judged === undefined) throw new Error("no tunnel");
  return [
    tunnelPage(judged, judgement, width, PAINT, PRESENTATION),
    browseHelp(width, PAINT, TEXTS),
    facetLines(facetCounts(browsed.rows, ""), PAINT, TEXTS),
    filterPage("this message", "frame.number == 1", width, PAINT, TEXTS),
  ];
}

/** The table of tunnels on a screen of so many columns. */
function tableAt(columns: number): ReturnType<typeof browseTable> {
  return browseTable(browsed, browsed.rows, firstUi(), { columns, rows: 24 }, PAINT, PRESENTATION);
}

describe("browse in Chinese", () => {
  it.each(SIZES)(
    "has no English sentence on a screen of $columns columns, which it fills exactly",
    (size) => {
      const table = browseTable(
        browsed,
        orderedRows(browsed.rows, firstUi().query),
        firstUi(),
        size,
        PAINT,
        PRESENTATION,
      );
      const open = opened({ kind: "help" });
      const all = [
        table,
        ...pages(size.columns - 1).map((lines) => browsePage(lines, open, firstUi(), size, PAINT, TEXTS)),
      ];
      for (const picture of all) {
        expect(picture).toHaveLength(size.rows);
        expect(Math.max(...picture.map(columnsOfText))).toBeLessThanOrEqual(size.columns);
        expect(englishLines(picture.join("\n"), STAYS)).toEqual([]);
      }
      // The marked row is inverse over the whole width.
      expect(columnsOfText(table.find((line) => line.startsWith(">")) ?? "")).toBe(size.columns);
    },
  );

  it("has no English sentence on any line of a page", () => {
    for (const lines of pages(79)) {
      expect(englishLines(lines.map(({ text }) => text).join("\n"), STAYS)).toEqual([]);
    }
  });

  it("has no English word as a title, or as the meaning of a key", () => {
    const table = tableAt(200);
    expect(table[3]?.trim().split(/\s+/)).toEqual([
      "号",
      "两端",
      "状态",
      "原因",
      "ESP->",
      "<-ESP",
      "丢包",
      "阶段",
      "开始",
      "时长",
      "IKE",
      "产品",
    ]);
    const rows = browseHelp(200, PAINT, TEXTS).flatMap(({ text }) => (text.startsWith("  ") ? [text] : []));
    expect(rows.length).toBeGreaterThan(25);
    expect(rows.filter((row) => !/[\u4e00-\u9fff]/.test(row))).toEqual([]);
    const facets = facetLines(facetCounts(browsed.rows, ""), PAINT, TEXTS);
    expect(facets.flatMap(({ text, isSection }) => (isSection ? [text] : []))).toEqual([
      "按状态",
      "按原因",
      "按产品",
    ]);
  });

  it("says of each column, status and facet what it is", () => {
    const table = tableAt(120);
    expect(table[0]).toMatch(/^故障/);
    expect(table[1]).toBe("1 条隧道：  1 故障");
    expect(table[3]).toMatch(/两端 +状态 +原因 +ESP-> +<-ESP +丢包/);
    expect(table[4]).toMatch(/ 故障 +natt-4500-unanswered /);
    expect(table.at(-1)).toMatch(/^q 退出 {2}\? 帮助 .*按状态 {2}1-1 \/ 1$/);
    const facets = facetLines(facetCounts(browsed.rows, ""), PAINT, TEXTS).map(({ text }) => text);
    expect(facets).toContain("按状态");
    expect(facets.join("\n")).toMatch(/^ {3}failing 故障 +1$/m);
  });
});
