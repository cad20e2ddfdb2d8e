import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOfText } from "../../src/bytes/columns.js";
import { wrap } from "../../src/report/wrap.js";
import { CHINESE } from "../../src/texts/zh/index.js";
import { TERMS } from "../../src/texts/zh/terms.js";

/** An ellipsis may begin a line: of quoted lines of logs the beginning is left out. */
const CLOSING = /^ *(?!\.\.\.)[，。；：）」』】》”、？！…,.;:)\]]/u;
const OPENING = /[（「『【《“([]$/u;

describe("Chinese text in lines", () => {
  it("is broken between words", () => {
    expect(wrap("接收方的抗重放窗口会丢弃这些报文", 12)).toEqual([
      "接收方的",
      "抗重放窗口会",
      "丢弃这些报文",
    ]);
    expect(wrap("接收方的抗重放窗口会丢弃这些报文", 11)).toEqual([
      "接收方的",
      "抗重放窗口",
      "会丢弃这些",
      "报文",
    ]);
  });

  it("keeps its terms whole, in whatever column a line ends", () => {
    for (const term of TERMS) {
      const text = `其${term}已知`.repeat(4);
      for (let width = 12; width < 24; width++) {
        expect(wrap(text, width).join("|").replaceAll(term, "")).not.toMatch(
          new RegExp(term.split("").join("\\|?"), "u"),
        );
      }
    }
  });

  it("begins no line with a closing sign and ends none with an opening one", () => {
    // A part of a sentence that follows another one begins with a sign of its own.
    const texts = Object.values(CHINESE).filter((text) => text.length > 30 && !CLOSING.test(text));
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.integer({ min: 40, max: 120 }), (text, width) => {
        for (const line of wrap(text, width)) {
          expect(line).not.toMatch(OPENING);
          expect(line).not.toMatch(CLOSING);
          expect(columnsOfText(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });

  it("loses nothing but blanks", () => {
    const character = fc.constantFrom(...Array.from("报文对端，。（）「」重传，A1 -/.:😀"));
    fc.assert(
      fc.property(
        fc.string({ unit: character, maxLength: 60 }),
        fc.integer({ min: 2, max: 40 }),
        (text, width) => {
          expect(wrap(text, width).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
        },
      ),
    );
  });

  it("has Latin words and numbers whole", () => {
    expect(wrap("发往198.51.100.20的IKE_AUTH请求", 16)).toEqual(["发往", "198.51.100.20的", "IKE_AUTH请求"]);
  });
});
