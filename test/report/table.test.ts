import { describe, expect, it } from "vitest";
import { columnsOfText } from "../../src/bytes/columns.js";
import { type TableShape, tableLines } from "../../src/report/tables/table.js";
import { textsIn } from "../../src/texts/languages.js";

const ENGLISH = textsIn("en");
const HEAD = ["SPI", "packets", "note"];
const SHAPE: TableShape = { rightAligned: ["packets"], droppable: [], cuttable: ["note"] };

function drawn(rows: readonly (readonly string[])[], width: number, shape: Partial<TableShape> = {}): string {
  return `\n${tableLines(HEAD, rows, { ...SHAPE, ...shape }, width, ENGLISH).join("\n")}\n`;
}

describe("a table of text", () => {
  it("has a line around it and one below its head, and numbers at the right", () => {
    const rows = [
      ["0xc0ffee01", "7", "one"],
      ["0x1", "12345678", ""],
    ];
    expect(drawn(rows, 80)).toBe(`
┌────────────┬──────────┬──────┐
│ SPI        │  packets │ note │
├────────────┼──────────┼──────┤
│ 0xc0ffee01 │        7 │ one  │
│ 0x1        │ 12345678 │      │
└────────────┴──────────┴──────┘
`);
  });

  it("is a head alone without rows", () => {
    expect(drawn([], 80)).toBe(`
┌─────┬─────────┬──────┐
│ SPI │ packets │ note │
└─────┴─────────┴──────┘
`);
  });

  it("cuts a text that has no room, with an ellipsis", () => {
    expect(drawn([["0x1", "7", "nothing of it was answered"]], 36)).toBe(`
┌─────┬─────────┬──────────────────┐
│ SPI │ packets │ note             │
├─────┼─────────┼──────────────────┤
│ 0x1 │       7 │ nothing of it w… │
└─────┴─────────┴──────────────────┘
`);
  });

  it("goes on in a further line where it is wrapped", () => {
    expect(drawn([["0x1", "7", "nothing of it was answered"]], 36, { isWrapped: true })).toBe(`
┌─────┬─────────┬──────────────────┐
│ SPI │ packets │ note             │
├─────┼─────────┼──────────────────┤
│ 0x1 │       7 │ nothing of it    │
│     │         │ was answered     │
└─────┴─────────┴──────────────────┘
`);
  });

  it("leaves a column out before it cuts another", () => {
    expect(drawn([["0x1", "7", "nothing of it was answered"]], 44, { droppable: ["packets"] })).toBe(`
┌─────┬────────────────────────────┐
│ SPI │ note                       │
├─────┼────────────────────────────┤
│ 0x1 │ nothing of it was answered │
└─────┴────────────────────────────┘
`);
  });

  it.each(["认证失败，没有应答的请求", "e\u0301te\u0301 🔑 key, more of it"])(
    "has lines of one width with %s",
    (text) => {
      for (const width of [80, 36, 35]) {
        const lines = tableLines(HEAD, [["0x1", "7", text]], SHAPE, width, ENGLISH);
        expect(new Set(lines.map(columnsOfText)).size).toBe(1);
      }
    },
  );
});
