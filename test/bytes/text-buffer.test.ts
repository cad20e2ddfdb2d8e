import { describe, expect, it } from "vitest";
import { FixedText } from "../../src/bytes/fixed-text.js";
import { TextBuffer } from "../../src/bytes/text-buffer.js";

/** The text that `write` writes into a buffer that is too small for most of it. */
function written(write: (out: TextBuffer) => void): string {
  const out = new TextBuffer(2);
  write(out);
  return new TextDecoder().decode(out.content);
}

describe("a text buffer", () => {
  it.each([
    0,
    9,
    10,
    99,
    100,
    65_535,
    999_999_999,
    1_000_000_000,
    0x3fff_ffff,
    0x4000_0000,
    2 ** 32 - 1,
    2 ** 53,
  ])("writes %d as String() does", (number) => {
    expect(written((out) => out.decimal(number))).toBe(String(number));
  });

  it("writes leading zeros", () => {
    expect(written((out) => out.padded(42, 6))).toBe("000042");
    expect(written((out) => out.padded(0, 3))).toBe("000");
  });

  it("writes the hex of some bytes of an array", () => {
    expect(written((out) => out.hex(Uint8Array.of(1, 0x0a, 0xff, 2), 1, 2))).toBe("0aff");
  });

  it.each(["", "plain", "x…y", "ü".repeat(100), "\u{1f600}", "a".repeat(1000)])(
    "writes the text %j",
    (text) => {
      expect(written((out) => out.text(text))).toBe(text);
    },
  );

  it("writes U+FFFD for half a character, as streams do", () => {
    expect(written((out) => out.text("a\ud800b"))).toBe("a\ufffdb");
  });

  it.each(["", "a", "abc", "four", "seven…", "x".repeat(99)])("copies the fixed text %j", (text) => {
    const fixed = new FixedText(text);
    const copies = written((out) => {
      for (const end of ["|", "."]) {
        out.copy(fixed);
        out.text(end);
      }
    });
    expect(copies).toBe(`${text}|${text}.`);
  });

  it("keeps what it has when it grows, and takes back what is cut", () => {
    const text = written((out) => {
      out.text("one ");
      const { length } = out;
      out.copy(new FixedText("x".repeat(500)));
      out.cut(length);
      out.character(0x79);
    });
    expect(text).toBe("one y");
  });

  it("hands over its bytes and goes on in others", () => {
    const out = new TextBuffer(8);
    out.text("first");
    const first = out.handOver(new ArrayBuffer(8));
    out.text("next");
    expect(new TextDecoder().decode(first)).toBe("first");
    expect(new TextDecoder().decode(out.content)).toBe("next");
  });
});
