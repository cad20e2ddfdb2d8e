import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOON } from "../support/capture/packets.js";
import type { WrittenPacket } from "../support/capture/pcap-writer.js";
import { type ReadRecord, readBytes } from "../support/capture/read-all.js";
import { asKept, FILE_VARIANTS } from "../support/capture/variants.js";

const packetArbitrary: fc.Arbitrary<WrittenPacket> = fc
  .record({
    time: fc.integer({ min: NOON, max: NOON + 4_000_000_000 }),
    nanos: fc.integer({ min: 0, max: 999 }),
    bytes: fc.uint8Array({ maxLength: 120 }),
    cut: fc.integer({ min: 0, max: 2000 }),
  })
  .map(({ time, nanos, bytes, cut }) => ({ time, nanos, bytes, originalLength: bytes.length + cut }));
const packetsArbitrary = fc.array(packetArbitrary, { maxLength: 12 });
const variantArbitrary = fc.constantFrom(...FILE_VARIANTS);
const sizesArbitrary = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 });

/** What a test wrote, out of a record. */
function written({ time, nanos, bytes, originalLength }: ReadRecord): Required<WrittenPacket> {
  return { time, nanos, bytes, originalLength };
}

describe("whatever the format, the byte order and the clock", () => {
  it("the packets written come back, in chunks of any size", async () => {
    await fc.assert(
      fc.asyncProperty(
        variantArbitrary,
        packetsArbitrary,
        sizesArbitrary,
        async (variant, packets, sizes) => {
          const { records, summary, fault } = await readBytes(variant.write(packets), sizes);
          expect(fault).toBeNull();
          expect(records.map(written)).toEqual(packets.map((packet) => asKept(packet, variant.tick)));
          expect(records.map(({ frame }) => frame)).toEqual(packets.map((_, index) => index + 1));
          expect(summary.packets).toBe(packets.length);
          expect(summary.notes.filter(({ kind }) => kind === "cut-short")).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each(FILE_VARIANTS)("$name: chunks of one byte do", async (variant) => {
    const packets = fc.sample(packetArbitrary, { numRuns: 4, seed: 1 });
    const { records } = await readBytes(variant.write(packets), [1]);
    expect(records.map(written)).toEqual(packets.map((packet) => asKept(packet, variant.tick)));
  });

  it.each(FILE_VARIANTS)("$name: a file cut anywhere gives the packets before the cut", async (variant) => {
    const packets = fc.sample(packetArbitrary, { numRuns: 3, seed: 2 });
    const whole = variant.write(packets);
    const all = packets.map((packet) => asKept(packet, variant.tick));
    const ends = new Set<number>();
    for (let length = 0; length <= whole.length; length++) {
      const { records, summary, fault } = await readBytes(whole.subarray(0, length), [64, 7]);
      expect(records.map(written)).toEqual(all.slice(0, records.length));
      const cut = summary.notes.some(({ kind }) => kind === "cut-short");
      // Inside the file's own header nothing can be read; behind it, what is there can.
      const firstEnd = Math.min(...ends);
      if (length < firstEnd && (fault !== null || cut)) expect(fault).toMatchObject({ offset: 0 });
      else expect(fault).toBeNull();
      if (fault === null && !cut) ends.add(length);
      if (length === whole.length) expect(records).toHaveLength(all.length);
    }
    // Only between records, or blocks, can a cut not be told from an end: headers and one end for each packet.
    const headers = variant.name.startsWith("pcapng") ? 2 : 1;
    expect(ends.size).toBe(headers + packets.length);
  });
});
