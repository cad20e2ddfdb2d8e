import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeIke } from "../../src/ike/decode.js";
import { FragmentJoiner, type SeenFragment } from "../../src/session/intake/fragments-v1.js";
import { ikeMessage } from "../support/ike/message.js";
import { fragmentV1 } from "../support/ike/payloads-v1.js";

/** Fragment `number` of a message with the given bytes, seen in the frame of the same number. */
function fragment(number: number, last: boolean, data: Uint8Array, id = 1): SeenFragment {
  const bytes = ikeMessage({ version: 1, exchange: 2, payloads: [fragmentV1(id, number, last, data)] });
  const decoded = decodeIke(bytes);
  const payload = decoded.ok ? decoded.message.payloads[0] : undefined;
  if (!decoded.ok || payload?.kind !== "fragmentV1") throw new Error("the fragment must decode");
  const sighting = {
    time: number,
    nanos: 0,
    frames: [number],
    source: { address: "192.0.2.1", port: 500 },
    destination: { address: "192.0.2.2", port: 500 },
    bytes: bytes.length,
    ipFragments: 1,
    missingFragments: null,
    fragment: 0,
    ttl: 64,
    identification: number,
    hostSide: "unknown",
    transport: "udp",
  } as const;
  return { message: decoded.message, bytes, payload, sighting: { ...sighting, frames: [number] } };
}

describe("fragments of an IKEv1 message", () => {
  it("in any order and repeated give the message, with the frames of all of them", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        (pieces, seed) => {
          const given: number[][] = [];
          const joiner = new FragmentJoiner((fragments) =>
            given.push(fragments.map(({ payload }) => payload.number)),
          );
          const all = pieces.map((data, index) => fragment(index + 1, index + 1 === pieces.length, data));
          const rotated = [...all.slice(seed % all.length), ...all.slice(0, seed % all.length)];
          const [first] = rotated;
          const results = [...(first !== undefined && all.length > 1 ? [first] : []), ...rotated].map((one) =>
            joiner.add(one),
          );
          const joined = results.at(-1);
          expect(results.slice(0, -1).every((result) => result === null)).toBe(true);
          expect(joined?.bytes).toEqual(Uint8Array.from(pieces.flatMap((piece) => [...piece])));
          expect(joined?.fragments).toBe(pieces.length);
          expect(new Set(joined?.sighting.frames)).toEqual(new Set(pieces.map((_, index) => index + 1)));
          joiner.finish();
          expect(given).toEqual([]);
        },
      ),
    );
  });

  it("that never become whole are given up with what came of them", () => {
    const given: number[][] = [];
    const joiner = new FragmentJoiner((fragments) =>
      given.push(fragments.map(({ payload }) => payload.number)),
    );
    const data = new Uint8Array(10);
    expect(joiner.add(fragment(2, false, data))).toBeNull();
    expect(joiner.add(fragment(3, true, data))).toBeNull();
    joiner.finish();
    expect(given).toEqual([[2, 3]]);
  });

  it("are forgotten where they are copies of what was put together, and given up where they were sent again", () => {
    const given: number[][] = [];
    const joiner = new FragmentJoiner((fragments) =>
      given.push(fragments.map(({ payload }) => payload.number)),
    );
    const data = new Uint8Array(10);
    const [first, last] = [fragment(1, false, data), fragment(2, true, data)];
    const at = (time: number, identification: number) => ({
      ...last,
      sighting: { ...last.sighting, time, identification },
    });
    joiner.add(first);
    joiner.add(first);
    expect(joiner.add(last)?.sighting.bytes).toBe(2 * last.sighting.bytes);
    for (const copy of [at(3, 2), at(6, 2)]) expect(joiner.add(copy)).toBeNull();
    joiner.finish();
    expect(given).toEqual([]);
    for (const again of [at(500_000, 2), at(9, 77)]) joiner.add(again);
    joiner.finish();
    expect(given).toEqual([[2, 2]]);
  });

  it("of endless messages are bounded: the oldest are given up", () => {
    let givenUp = 0;
    const joiner = new FragmentJoiner((fragments) => (givenUp += fragments.length));
    for (let id = 0; id < 5000; id++) joiner.add(fragment(1, false, new Uint8Array(4), id));
    expect(givenUp).toBeGreaterThan(4000);
  });
});
