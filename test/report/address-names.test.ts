import { describe, expect, it } from "vitest";
import { clockOf, UTC } from "../../src/bytes/clock.js";
import { AddressNames, readAddressNames } from "../../src/report/address-names.js";
import { eventText } from "../../src/report/live/event-text.js";
import { peersLength, peersText } from "../../src/report/live/peers.js";
import { paintFor } from "../../src/report/paint.js";
import { PLAIN } from "../../src/report/presentation.js";
import { everyEvent } from "../support/live/events.js";
import { liveTunnel } from "../support/live/tunnels.js";

const NAMES = new AddressNames(
  new Map([
    ["192.0.2.1", "hq"],
    ["2001:db8::1", "six"],
  ]),
);

describe("names beside addresses", () => {
  it.each([
    ["192.0.2.1 -> 198.51.100.2", "192.0.2.1 (hq) -> 198.51.100.2"],
    ["192.0.2.1:500 > 198.51.100.2:500", "192.0.2.1:500 (hq) > 198.51.100.2:500"],
    ["at 192.0.2.1.", "at 192.0.2.1 (hq)."],
    ["at 192.0.2.1: silent", "at 192.0.2.1 (hq): silent"],
    ["2001:db8::1: silent", "2001:db8::1 (six): silent"],
    ["[2001:db8::1]:4500 > x", "[2001:db8::1]:4500 (six) > x"],
    ["192.0.2.10, 1192.0.2.1, 192.0.2.1.5", "192.0.2.10, 1192.0.2.1, 192.0.2.1.5"],
    ["192.0.2.1/24 and 2001:db8::1/64 are networks", "192.0.2.1/24 and 2001:db8::1/64 are networks"],
    ["12:30:45 2001:db8::12", "12:30:45 2001:db8::12"],
  ])("%s", (text, named) => {
    expect(NAMES.in(text)).toBe(named);
  });

  it("come from a file like /etc/hosts: the first name of the first line counts, addresses are written in any way", () => {
    const names = readAddressNames(
      "192.0.2.1 a b # c\n\n#x\n192.0.2.1 d\n2001:DB8:0::1\tsix\nfe80::1%eth0 link\n",
    );
    expect(names).toBeInstanceOf(AddressNames);
    if (!(names instanceof AddressNames)) return;
    expect([names.of("192.0.2.1"), names.of("2001:db8::1"), names.of("fe80::1")]).toEqual([
      "a",
      "six",
      "link",
    ]);
  });
});

describe("in live", () => {
  it("the table shows names where there is room, else the addresses alone", () => {
    const tunnel = liveTunnel({ peers: ["192.0.2.1", "198.51.100.2"] });
    expect(peersLength(tunnel, NAMES)).toBe("192.0.2.1 (hq) -> 198.51.100.2".length);
    expect(peersText(tunnel, 40, NAMES)).toBe("192.0.2.1 (hq) -> 198.51.100.2");
    expect(peersText(tunnel, 27, NAMES)).toBe("192.0.2.1 -> 198.51.100.2");
  });

  it("events have names and the time of the zone", () => {
    const presentation = { ...PLAIN, clock: clockOf("Asia/Kolkata") ?? UTC, names: NAMES };
    for (const event of everyEvent()) {
      const plain = eventText(event);
      const text = eventText(event, paintFor(false), presentation);
      expect(text).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:]{8}\.\d{3}\+05:30 /);
      expect(text.includes("(hq)")).toBe(
        /(?<![\d.])192\.0\.2\.1(?![\d.]*\d)/.test(plain.split(/ {2}/).slice(1).join(" ")),
      );
    }
  });
});
