import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UTC } from "../../src/bytes/clock.js";
import { roundStep } from "../../src/page/app/traffic/round-step.js";
import { tickTime, timeStep } from "../../src/page/app/traffic/time-axis.js";
import { Zoom } from "../../src/page/app/traffic/zoom.js";
import "../support/seeded-properties.js";

const WHOLE = { from: 1000, to: 9000 };

describe("the part of an axis that is looked at", () => {
  it("stays within the whole, and never narrower than it may be, whatever is done", () => {
    const deed = fc.oneof(
      fc.record({
        by: fc.double({ min: 0.01, max: 100, noNaN: true }),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      fc.record({ move: fc.double({ min: -3, max: 3, noNaN: true }) }),
    );
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
        const zoom = new Zoom(WHOLE, 50);
        for (const one of deeds) {
          if ("by" in one) zoom.by(one.by, zoom.span.from + one.at * zoom.width);
          else zoom.move(one.move);
          expect(zoom.span.from).toBeGreaterThanOrEqual(WHOLE.from);
          expect(zoom.span.to).toBeLessThanOrEqual(WHOLE.to + 1e-6);
          expect(zoom.width).toBeGreaterThanOrEqual(50 - 1e-6);
        }
      }),
    );
  });

  it("keeps the place that is pointed at", () => {
    const zoom = new Zoom(WHOLE, 50);
    zoom.by(4, 3000);
    expect(zoom.span).toEqual({ from: 2500, to: 4500 });
    zoom.all();
    expect(zoom.span).toEqual(WHOLE);
  });
});

describe("ticks of an axis", () => {
  it.each([
    [0.7, 1],
    [3, 5],
    [11, 20],
    [99, 100],
  ])("at least %d apart are %d apart", (least, step) => {
    expect(roundStep(least)).toBe(step);
  });

  it.each([
    [3, 5, "01:46:40.123456"],
    [1500, 2000, "01:46:40.123"],
    [200_001, 500_000, "01:46:40.1"],
    [3_000_000, 5_000_000, "01:46:40"],
    [40_000_000, 60_000_000, "01:46:40"],
  ])("of time at least %d us apart are %d us apart: %s", (least, step, text) => {
    expect(timeStep(least)).toBe(step);
    expect(tickTime(UTC, 1_000_000_000_123_456, step)).toBe(text);
  });
});
