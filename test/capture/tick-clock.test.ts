import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyRecord } from "../../src/capture/reader.js";
import { TickClock } from "../../src/capture/tick-clock.js";

const BINARY = 0x80;

function timeOf(resolution: number, ticks: bigint, offsetSeconds = 0): { time: number; nanos: number } {
  const record = emptyRecord(0);
  new TickClock(resolution, offsetSeconds).stamp(record, Number(ticks >> 32n), Number(ticks & 0xffff_ffffn));
  return { time: record.time, nanos: record.nanos };
}

describe("time stamps of 64 bits", () => {
  it.each([
    ["seconds", 0, 1_714_564_800n, 0],
    ["milliseconds", 3, 1_714_564_800_123n, 123_000],
    ["microseconds", 6, 1_714_564_800_123_456n, 123_456],
    ["halves of a second", BINARY | 1, 3_429_129_601n, 500_000],
  ])("count %s", (_, resolution, ticks, micros) => {
    expect(timeOf(resolution, ticks)).toEqual({ time: 1_714_564_800_000_000 + micros, nanos: 0 });
  });

  it("of nanoseconds lose none, though they do not fit a double", () => {
    expect(timeOf(9, 1_714_564_800_123_456_789n)).toEqual({ time: 1_714_564_800_123_456, nanos: 789 });
    expect(timeOf(9, 1_714_564_800_999_999_999n)).toEqual({ time: 1_714_564_800_999_999, nanos: 999 });
  });

  it("move by the interface's offset, to before 1970 if need be", () => {
    expect(timeOf(6, 5n, 100)).toEqual({ time: 100_000_005, nanos: 0 });
    expect(timeOf(6, 5n, -100)).toEqual({ time: -99_999_995, nanos: 0 });
  });

  it("of any resolution are exact in all years that a double of microseconds can name", () => {
    const resolution = fc.integer({ min: 0, max: 255 });
    const seconds = fc.bigInt({ min: 0n, max: 9_000_000_000n });
    fc.assert(
      fc.property(resolution, seconds, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (byte, whole, noise) => {
        const base = (byte & BINARY) === 0 ? 10n : 2n;
        const perSecond = base ** BigInt(byte & 0x7f);
        const ticks = (whole * perSecond + (noise % perSecond)) & (2n ** 64n - 1n);
        const nanos = (ticks * 1_000_000_000n) / perSecond;
        fc.pre(nanos / 1000n < 2n ** 53n);
        expect(timeOf(byte, ticks)).toEqual({ time: Number(nanos / 1000n), nanos: Number(nanos % 1000n) });
      }),
      { numRuns: 5000 },
    );
  });

  it("stay numbers whatever the bits", () => {
    for (let resolution = 0; resolution < 256; resolution++) {
      const { time, nanos } = timeOf(resolution, 2n ** 64n - 1n, -(2 ** 62));
      expect(Number.isFinite(time)).toBe(true);
      expect(nanos >= 0 && nanos <= 999).toBe(true);
    }
  });
});
