import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Datagram, WaitingDatagrams } from "../../src/session/intake/waiting-datagrams.js";
import type { Unplaced } from "../../src/session/intake/sightings.js";

const endpoint = fc.record({ address: fc.constantFrom("192.0.2.1", "2001:db8::1"), port: fc.nat(65_535) });

const sighting: fc.Arbitrary<Unplaced> = fc.record({
  time: fc.constantFrom(0, 1_700_000_000_123_456, Number.MAX_SAFE_INTEGER),
  nanos: fc.nat(999),
  frames: fc.array(fc.constantFrom(1, 2, 2 ** 31, 2 ** 48), { minLength: 1, maxLength: 3 }),
  source: endpoint,
  destination: endpoint,
  bytes: fc.nat(65_535),
  ipFragments: fc.constantFrom(1, 1, 1, 2),
  missingFragments: fc.constantFrom(null, null, {
    fragments: [],
    totalLength: 9,
    reason: "timeout" as const,
  }),
  fragment: fc.constantFrom(0, 0, 3),
  ttl: fc.nat(255),
  identification: fc.constantFrom(0, 65_535, 2 ** 32 - 1),
  hostSide: fc.constantFrom("unknown", "received", "sent"),
  transport: fc.constantFrom("udp", "udp", "tcp"),
});

const datagram: fc.Arbitrary<Datagram> = fc.record({
  bytes: fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(new Uint8Array(9000).fill(7))),
  sighting,
  isCut: fc.boolean(),
});

/** Bytes as text: arrays take long to compare. */
const shown = (one: Datagram) => ({ ...one, bytes: Buffer.from(one.bytes).toString("latin1") });

describe("datagrams that wait", () => {
  it("come out as they went in, in any order of coming and going", () => {
    const steps = fc.array(fc.record({ datagram, leaves: fc.nat(9) }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(steps, (taken) => {
        const waiting = new WaitingDatagrams(10);
        const inside: { readonly slot: number; readonly datagram: Datagram }[] = [];
        for (const { datagram: one, leaves } of taken) {
          if (inside.length === 10) {
            const [gone] = inside.splice(leaves, 1);
            expect(shown(waiting.take(gone?.slot ?? -1))).toEqual(
              gone === undefined ? null : shown(gone.datagram),
            );
          }
          inside.push({ slot: waiting.put(one), datagram: one });
        }
        for (const { slot, datagram: one } of inside) expect(shown(waiting.take(slot))).toEqual(shown(one));
      }),
    );
  });

  it("are copies: the bytes that they came in may be used again", () => {
    const waiting = new WaitingDatagrams(1);
    const [one] = fc.sample(datagram, { numRuns: 1, seed: 7 });
    if (one === undefined) throw new RangeError("no datagram");
    const bytes = Uint8Array.of(1, 2, 3);
    const slot = waiting.put({ ...one, bytes });
    bytes.fill(0);
    expect([...waiting.take(slot).bytes]).toEqual([1, 2, 3]);
  });

  it("are refused where there is no room", () => {
    const waiting = new WaitingDatagrams(1);
    const [one, other] = fc.sample(datagram, { numRuns: 2, seed: 7 });
    if (one === undefined || other === undefined) throw new RangeError("no datagrams");
    waiting.put(one);
    expect(() => waiting.put(other)).toThrow(RangeError);
  });
});
