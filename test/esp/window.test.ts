import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ARRIVAL, classifyArrival, shiftHigh, shiftLow, WINDOW_SIZE } from "../../src/esp/window.js";

/** The window as a set of numbers, for comparison. */
class NaiveWindow {
  readonly #seen = new Set<number>();
  #highest: number;

  constructor(first: number) {
    this.#highest = first;
    this.#seen.add(first);
  }

  take(sequence: number): number {
    if (sequence > this.#highest) {
      const arrival = sequence === this.#highest + 1 ? ARRIVAL.next : ARRIVAL.gap;
      this.#highest = sequence;
      this.#seen.add(sequence);
      return arrival;
    }
    if (this.#highest - sequence >= WINDOW_SIZE) return ARRIVAL.tooOld;
    if (this.#seen.has(sequence)) return ARRIVAL.duplicate;
    this.#seen.add(sequence);
    return ARRIVAL.late;
  }
}

describe("the sliding window", () => {
  it("tells next, gap, late, duplicate and too old as a set of numbers does", () => {
    const arrivals = fc.array(fc.nat(200), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(fc.constantFrom(1, 1000, 2 ** 31 - 90, 2 ** 32 - 201), arrivals, (base, steps) => {
        const [first = 0, ...rest] = steps.map((step) => base + step);
        const naive = new NaiveWindow(first);
        let [highest, low, high] = [first, 1, 0];
        for (const sequence of rest) {
          const arrival = classifyArrival(sequence, highest, low, high);
          expect(arrival).toBe(naive.take(sequence));
          const behind = highest - sequence;
          if (sequence > highest) {
            [high, low] = [shiftHigh(low, high, -behind), shiftLow(low, -behind)];
            highest = sequence;
          } else if (arrival === ARRIVAL.late) {
            if (behind < 32) low = (low | (1 << behind)) >>> 0;
            else high = (high | (1 << (behind - 32))) >>> 0;
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([1, 31, 32, 33, 63, 64, 65, 2 ** 31])("moves up by %i", (by) => {
    const bits = (low: number, high: number): bigint => (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
    const [low, high] = [0xdeadbeef, 0x0badcafe];
    const expected = by >= 64 ? 1n : ((bits(low, high) << BigInt(by)) | 1n) & 0xffff_ffff_ffff_ffffn;
    expect(bits(shiftLow(low, by), shiftHigh(low, high, by))).toBe(expected);
  });

  it("takes the number 64 below the highest for too old, and 63 below for late", () => {
    expect(classifyArrival(36, 100, 1, 0)).toBe(ARRIVAL.tooOld);
    expect(classifyArrival(37, 100, 1, 0)).toBe(ARRIVAL.late);
  });
});
