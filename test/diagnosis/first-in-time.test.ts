import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FirstInTime } from "../../src/diagnosis/facts/first-in-time.js";

const items = fc.array(fc.record({ time: fc.integer({ min: 0, max: 20 }), kind: fc.integer({ max: 3 }) }), {
  maxLength: 40,
});

describe("of items asked for by time", () => {
  it("the one that was filed first is found, as a walk over all of them finds it", () => {
    fc.assert(
      fc.property(items, fc.nat(22), fc.nat(22), fc.nat(3), (list, from, to, refused) => {
        const wanted = ({ kind }: { readonly kind: number }): boolean => kind !== refused;
        const walked = list.find((item) => item.time >= from && item.time <= to && wanted(item));
        expect(new FirstInTime(list).find(from, to, wanted)).toBe(walked);
      }),
    );
  });

  it("none is found of an empty list", () => {
    expect(new FirstInTime([]).find(0, Infinity)).toBeUndefined();
  });

  it("refusing one does not look at all others", () => {
    const list = Array.from({ length: 4096 }, (_, time) => ({ time }));
    let asked = 0;
    const found = new FirstInTime(list).find(1000, 3000, ({ time }) => {
      asked++;
      return time > 1001;
    });
    expect(found?.time).toBe(1002);
    expect(asked).toBeLessThan(10);
  });
});
