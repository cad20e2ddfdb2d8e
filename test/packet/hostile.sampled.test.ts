import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Dissector } from "../../src/packet/dissector.js";
import { LINK_TYPES } from "../../src/packet/link/table.js";
import { PACKET } from "../../src/packet/packet.js";
import { CORPUS, type Sample } from "../support/packet/corpus.js";
import { frameOf } from "../support/packet/frame.js";
import { SEED } from "../support/seed.js";
import { runs } from "../support/sample.js";

/** Dissects, and checks what holds of every view; a frame that throws fails the test by itself. */
function dissectSafely(
  dissector: Dissector,
  frame: Uint8Array,
  linkType: number,
  originalLength: number,
): void {
  const kind = dissector.dissect(frameOf(frame, { originalLength, linkType }), 1);
  const { view, counters } = dissector;
  const skipped =
    counters.notIp +
    counters.otherProtocol +
    counters.truncated +
    counters.malformed +
    counters.fragments +
    counters.unknownLinkType;
  expect(counters.packets + skipped).toBe(counters.frames);
  expect(view.kind).toBe(kind);
  if (kind === PACKET.skipped) return;
  const addressLength = view.ipVersion === 4 ? 4 : 16;
  expect(view.sourceAt).toBeGreaterThanOrEqual(0);
  expect(view.destinationAt + addressLength).toBeLessThanOrEqual(view.addressBytes.length);
  expect(view.payloadStart).toBeGreaterThanOrEqual(0);
  expect(view.payloadEnd).toBeGreaterThanOrEqual(view.payloadStart);
  expect(view.payloadEnd).toBeLessThanOrEqual(view.bytes.length);
  expect(view.payloadLength).toBeGreaterThanOrEqual(view.payloadEnd - view.payloadStart);
  expect(view.icmp !== null).toBe(kind === PACKET.icmpError);
  if (kind === PACKET.esp) expect(view.payloadEnd - view.payloadStart).toBeGreaterThanOrEqual(8);
  if (kind === PACKET.ah) expect(view.payloadEnd - view.payloadStart).toBeGreaterThanOrEqual(12);
}

/** A seeded generator of 32-bit numbers (xorshift). */
function generator(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

const ROUNDS = Number(process.env["IKESCOPE_FUZZ_ROUNDS"] ?? runs(400, 10));

describe("hostile frames", () => {
  it.each(CORPUS)("every prefix of $name is dissected", ({ frame, linkType }) => {
    for (let length = 0; length <= frame.length; length++) {
      const prefix = frame.slice(0, length);
      dissectSafely(new Dissector(), prefix, linkType, frame.length);
      dissectSafely(new Dissector(), prefix, linkType, length);
    }
  });

  it("mutated frames are dissected", () => {
    const random = generator(SEED);
    const dissector = new Dissector({ onIncomplete: () => undefined });
    for (let round = 0; round < ROUNDS; round++) {
      for (const sample of CORPUS) {
        const frame = mutated(sample, random);
        dissectSafely(dissector, frame, sample.linkType, frame.length + (random() % 3) * 40);
      }
    }
    dissector.finish();
    expect(dissector.waiting).toEqual({ datagrams: 0, bytes: 0 });
  });

  it("random bytes of every link type are dissected", () => {
    const linkTypes = fc.constantFrom(...LINK_TYPES.keys());
    const property = fc.property(
      linkTypes,
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(),
      (linkType, bytes, length) => {
        dissectSafely(new Dissector(), bytes, linkType, length);
      },
    );
    fc.assert(property, { numRuns: 3000 });
  });

  it("windows outside of the buffer are empty frames", () => {
    const dissector = new Dissector();
    for (const [start, end] of [
      [10, 5],
      [100, 200],
      [0, 0],
      [16, 1e9],
    ] as const) {
      expect(dissector.dissect(frameOf(new Uint8Array(16), { start, end, originalLength: 60 }), 1)).toBe(
        PACKET.skipped,
      );
    }
    expect(dissector.counters.truncated).toBe(4);
  });
});

/** One to four bytes changed, most of them in the headers; sometimes to what breaks lengths. */
function mutated(sample: Sample, random: () => number): Uint8Array {
  const frame = sample.frame.slice();
  for (let change = 1 + (random() % 4); change > 0; change--) {
    const reach = random() % 4 === 0 ? frame.length : Math.min(frame.length, 64);
    const value = [0, 0xff, 0x80, random() & 0xff, (frame[random() % reach] ?? 0) ^ (1 << (random() % 8))];
    frame[random() % reach] = value[random() % value.length] ?? 0;
  }
  return frame;
}
