import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteWindow } from "../../src/capture/window.js";

/** A file whose byte at offset n is n (as far as a byte goes), and every 256 bytes a count. */
function fileOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at % 256 === 0 ? at / 256 : at));
}

/** Takes units of the lengths given out of a window that is fed chunks, and says where each began in the file. */
function unitsOf(
  file: Uint8Array,
  lengths: readonly number[],
  chunks: readonly number[],
): [number, Uint8Array][] {
  const window = new ByteWindow();
  const units: [number, Uint8Array][] = [];
  let given = 0;
  let turn = 0;
  for (const length of lengths) {
    while (window.end - window.position < length) {
      window.want(length, "unit");
      if (window.topUp()) continue;
      if (given >= file.length) return units;
      window.save();
      const size = chunks[turn++ % chunks.length] ?? 1;
      window.provide(Uint8Array.from(file.subarray(given, given + size)));
      given += size;
    }
    const { bytes, view, position } = window;
    const unit = Uint8Array.from(bytes.subarray(position, position + length));
    expect(Array.from(unit, (_, index) => view.getUint8(position + index))).toEqual(Array.from(unit));
    units.push([window.offsetOf(position), unit]);
    window.position += length;
  }
  return units;
}

describe("a window over a file that comes in chunks", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 30 });

  it("gives every unit whole and knows its offset, whatever the chunks", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 40 }), sizes, (lengths, chunks) => {
        const file = fileOf(lengths.reduce((sum, length) => sum + length, 0));
        let offset = 0;
        const wanted = lengths.map((length) => {
          offset += length;
          return [offset - length, file.slice(offset - length, offset)];
        });
        expect(unitsOf(file, lengths, chunks)).toEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });

  it("carries no more than was wanted: the rest of a chunk is used in place", () => {
    const window = new ByteWindow();
    window.provide(fileOf(10));
    window.position = 8;
    window.save();
    const chunk = fileOf(100);
    window.provide(chunk);
    window.want(5, "unit");
    expect(window.topUp()).toBe(true);
    expect(window.end - window.position).toBe(5);
    window.position = window.end;
    expect(window.topUp()).toBe(true);
    expect(window.bytes).toBe(chunk);
    expect([window.position, window.offsetOf(window.position)]).toEqual([3, 13]);
  });

  it("may be walked in smaller steps than were wanted", () => {
    const window = new ByteWindow();
    window.provide(fileOf(10));
    window.position = 4;
    window.save();
    window.provide(fileOf(10));
    window.want(8, "unit");
    expect(window.topUp()).toBe(true);
    window.position += 5;
    window.want(6, "unit");
    expect(window.topUp()).toBe(true);
    const { bytes, position, end } = window;
    expect(Array.from(bytes.subarray(position, end))).toEqual([9, 0, 1, 2, 3, 4]);
    expect(window.offsetOf(position)).toBe(9);
  });

  it("is asked for more bytes only as long as it lacks some", () => {
    const window = new ByteWindow();
    window.provide(fileOf(2));
    window.save();
    window.provide(fileOf(3));
    window.want(9, "unit");
    expect(window.topUp()).toBe(false);
    expect(window.end - window.position).toBe(5);
    expect(window.topUp()).toBe(false);
  });
});
