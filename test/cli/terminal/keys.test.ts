import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Key, KeyParser } from "../../../src/cli/terminal/keys.js";

/** The keys of pieces of input, as "up" or "'x'". */
function keys(...pieces: readonly string[]): string[] {
  const parser = new KeyParser();
  return pieces.flatMap((piece) => parser.feed(piece)).map(named);
}

function named(key: Key): string {
  return key.kind === "character" ? `'${key.text}'` : key.kind;
}

describe("what a terminal sends", () => {
  it.each([
    ["q", ["'q'"]],
    ["äß", ["'ä'", "'ß'"]],
    ["\r\n", ["enter", "enter"]],
    ["\u007f\u0008", ["backspace", "backspace"]],
    ["\u0003\u001a\u000c\u0015", ["interrupt", "suspend", "redraw", "clear-line"]],
    ["\u001b[A\u001b[B\u001b[C\u001b[D", ["up", "down", "right", "left"]],
    ["\u001bOA\u001bOB\u001bOH\u001bOF", ["up", "down", "home", "end"]],
    ["\u001b[H\u001b[F\u001b[1~\u001b[4~\u001b[7~\u001b[8~", ["home", "end", "home", "end", "home", "end"]],
    ["\u001b[5~\u001b[6~", ["page-up", "page-down"]],
    ["\u001b[1;5A", ["up"]],
    ["\u001b[5;2~", ["page-up"]],
  ])("%j is %j", (input, wanted) => expect(keys(input)).toEqual(wanted));

  it("may come in pieces", () => {
    expect(keys("\u001b", "[", "A", "\u001b[", "5", "~", "\u001bO", "B")).toEqual(["up", "page-up", "down"]);
  });

  it("is swallowed where it is of no use here: function keys, reports, titles, other control characters", () => {
    expect(keys("\u001b[15~\u001b[[A\u001bOPx")).toEqual(["'x'"]);
    expect(keys("\u001b[12;40R\u001b[?64;1c\u001b[Ix")).toEqual(["'x'"]);
    expect(keys("\u001b]11;rgb:00/00/00\u0007x\u001bP1$r\u001b\\y\u009b\u0000\u0001z")).toEqual([
      "'x'",
      "'y'",
      "'z'",
    ]);
  });

  it("is swallowed where it was pasted, in whatever pieces", () => {
    expect(keys("a\u001b[200~qqq\u001b[A", "q\u001b[20", "1~b")).toEqual(["'a'", "'b'"]);
  });

  it("ends with Ctrl-C also in the middle of a sequence or of what was pasted", () => {
    expect(keys("\u001b[12\u0003q")).toEqual(["interrupt", "'q'"]);
    expect(keys("\u001b[200~xx\u0003q")).toEqual(["interrupt", "'q'"]);
    expect(keys("\u001b]0;xx\u0003q")).toEqual(["interrupt", "'q'"]);
  });

  it("may be Esc and another key at once", () => {
    expect(keys("\u001bq")).toEqual(["escape", "'q'"]);
    expect(keys("\u001b\u001b[A")).toEqual(["escape", "up"]);
  });

  it("is a lone Esc when nothing follows", () => {
    const parser = new KeyParser();
    expect(parser.patience).toBeNull();
    expect(parser.feed("\u001b")).toEqual([]);
    expect(parser.patience).toBeLessThan(200);
    expect(parser.flush()).toEqual([{ kind: "escape" }]);
    expect(parser.patience).toBeNull();
  });

  it("is nothing when a sequence does not end", () => {
    const parser = new KeyParser();
    parser.feed("\u001b[12");
    expect(parser.patience).toBeGreaterThan(0);
    expect(parser.flush()).toEqual([]);
    expect(parser.feed("q").map(named)).toEqual(["'q'"]);
  });

  it("of any kind leaves no control character in a key, and Ctrl-C is heard afterwards", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "\u001b",
        "\u001b[",
        "\u001bO",
        "\u001b]",
        "\u001bP",
        "\u001b[200~",
        "~",
        "\u009b",
        "\u0000",
      ),
      fc.uint8Array().map((bytes) => new TextDecoder().decode(bytes)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const parser = new KeyParser();
        for (const key of pieces.flatMap((text) => parser.feed(text))) {
          if (key.kind !== "character") continue;
          // oxlint-disable-next-line no-control-regex
          expect(key.text).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
          expect(Array.from(key.text)).toHaveLength(1);
        }
        expect(parser.feed("\u0003").at(-1)).toEqual({ kind: "interrupt" });
        expect(parser.patience).toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});
