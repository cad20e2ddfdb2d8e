import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clockOf,
  dateAndTime,
  momentOf,
  startShown,
  timeOfDay,
  UTC,
  zonedTime,
  zonedTimeOfDay,
} from "../../src/bytes/clock.js";

const micros = (iso: string): number => Date.parse(iso) * 1000;
const zone = (name: string) => clockOf(name) ?? UTC;

describe("the clock of a time zone", () => {
  it.each([
    ["Europe/Berlin", "2026-07-01T12:00:00Z", "2026-07-01T14:00:00.000000+02:00"],
    ["Europe/Berlin", "2026-11-21T12:00:00Z", "2026-11-21T13:00:00.000000+01:00"],
    ["Asia/Kolkata", "2026-11-21T20:00:00Z", "2026-11-22T01:30:00.000000+05:30"],
    ["America/St_Johns", "2026-11-21T02:00:00Z", "2026-11-20T22:30:00.000000-03:30"],
    ["utc", "2026-11-21T02:00:00Z", "2026-11-21T02:00:00.000000Z"],
  ])("%s shows %s as %s", (name, utc, shown) => {
    expect(zonedTime(zone(name), micros(utc))).toBe(shown);
    expect(dateAndTime(zone(name), micros(utc))).toBe(shown.slice(0, 19).replace("T", " "));
    expect(timeOfDay(zone(name), micros(utc) + 7)).toBe(`${shown.slice(11, 19)}.000007`);
    const ahead = shown.endsWith("Z") ? "" : shown.slice(-6);
    expect(zonedTimeOfDay(zone(name), micros(utc), 5)).toBe(`${shown.slice(11, 26)}005${ahead}`);
  });

  it("changes within the second in which the zone changes its clocks", () => {
    const change = micros("2026-10-25T01:00:00Z");
    expect(dateAndTime(zone("Europe/Berlin"), change - 1)).toBe("2026-10-25 02:59:59");
    expect(dateAndTime(zone("Europe/Berlin"), change)).toBe("2026-10-25 02:00:00");
  });

  it("knows no zone that is none", () => {
    for (const name of ["", "Middle/Earth", "+25:00", "../etc"]) expect(clockOf(name)).toBeNull();
    expect(clockOf("local")).not.toBeNull();
  });

  it("finds the moment again that it shows, the first one where an hour is there twice", () => {
    const berlin = zone("Europe/Berlin");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (seconds) => {
        const time = seconds * 1e6;
        const found = momentOf(berlin, time + berlin.ahead(time));
        expect(dateAndTime(berlin, found)).toBe(dateAndTime(berlin, time));
        expect(found).toBeLessThanOrEqual(time);
      }),
    );
  });

  it("bears clocks that lie", () => {
    for (const time of [-1e18, 1e18, Number.NaN, Infinity, 0]) {
      expect(dateAndTime(zone("Europe/Berlin"), time)).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
    }
  });
});

describe("the time at which a capture begins", () => {
  it("has no date where a text that is shown as printed gives none", () => {
    const printed = { ...UTC, name: "as printed", isPrinted: true } as const;
    expect(startShown(printed, 61e6)).toBe("00:01:01");
    expect(startShown(printed, Date.UTC(2026, 10, 30) * 1000)).toBe("2026-11-30 00:00:00");
    // A sniffer without a clock.
    expect(startShown(UTC, 61e6)).toBe("1970-01-01 00:01:01");
  });
});
