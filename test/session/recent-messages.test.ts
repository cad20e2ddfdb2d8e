import { describe, expect, it } from "vitest";
import { RecentMessages } from "../../src/session/recent-messages.js";
import type { Sighting } from "../../src/session/model.js";
import type { TunnelBuilder } from "../../src/session/tunnel-builder.js";
import { SIGHTING } from "../support/ike/seen.js";

/** As many as are remembered. */
const KEPT = 4096;
const tunnel = {} as TunnelBuilder;

/** A message of its own content, a microsecond after the one before; its port tells which one it is. */
function message(number: number): { readonly digest: number; readonly sighting: Sighting } {
  const source = { address: "192.0.2.1", port: number };
  // Multiples of a power of two: all of them share few chains.
  return {
    digest: number * 8192,
    sighting: { ...SIGHTING, time: number, identification: 1 + number, source },
  };
}

describe("the messages of the last moments", () => {
  it.each([1, 255, 256, 257, 4095, 4096, 4097, 9000])("of %i the last 4096 are found again", (count) => {
    const recent = new RecentMessages();
    for (let number = 0; number < count; number++) recent.add(message(number), tunnel);
    const found = Array.from(
      { length: count },
      (_, number) => recent.originalOf(message(number))?.sighting.source.port ?? null,
    );
    expect(found).toEqual(found.map((_, number) => (number < count - KEPT ? null : number)));
  });

  it("of IPv6 are no copies where one host sends the same bytes to two addresses at once", () => {
    const recent = new RecentMessages();
    const { digest, sighting } = message(1);
    const first = { digest, sighting: { ...sighting, identification: 0 } };
    const destination = { ...sighting.destination, address: "2001:db8::99" };
    recent.add(first, tunnel);
    expect(recent.originalOf(first)).toBeDefined();
    expect(recent.originalOf({ digest, sighting: { ...first.sighting, destination } })).toBeUndefined();
    const translated = { ...first.sighting, destination, ttl: sighting.ttl - 1 };
    expect(recent.originalOf({ digest, sighting: translated })).toBeDefined();
  });
});
