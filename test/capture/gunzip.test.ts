import { constants, crc32 as zlibCrc, deflateRawSync, gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32 } from "../../src/capture/gunzip/crc32.js";
import { GunzipPieces } from "../../src/capture/gunzip/gunzip-pieces.js";
import { CaptureError } from "../../src/index.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { inEnglish } from "../../src/texts/texts.js";

interface Unpacked {
  readonly bytes: Uint8Array;
  readonly cutShort: string | null;
  readonly fault: string | null;
}

/** The plain bytes of packed ones that arrive in chunks of so many. */
async function unpack(packed: Uint8Array, chunk = 4096): Promise<Unpacked> {
  const source = new GunzipPieces(new MemoryBytes(packed, [chunk], "a.gz"), new Uint8Array(0));
  const pieces: Uint8Array[] = [];
  let fault: string | null = null;
  try {
    for (let piece = await source.read(); piece !== null; piece = await source.read())
      pieces.push(piece.slice());
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    fault = error.message;
  }
  return {
    bytes: Buffer.concat(pieces),
    cutShort: source.cutShort === null ? null : inEnglish(source.cutShort),
    fault,
  };
}

/** Bytes of some variety: runs, repeats from afar, and noise. */
const DATA = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.tuple(fc.nat(255), fc.nat(5000)).map(([byte, length]) => new Uint8Array(length).fill(byte)),
      fc.nat(40_000).map((length) => Uint8Array.from({ length }, (_, at) => (at * at) >> 7)),
    ),
    { maxLength: 8 },
  )
  .map((parts) => Uint8Array.from(Buffer.concat(parts)));
const STRATEGIES = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_FILTERED,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_RLE,
  constants.Z_FIXED,
];
const OPTIONS = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  strategy: fc.constantFrom(...STRATEGIES),
});

describe("gzip data", () => {
  it("unpack to what was packed, at any level, in any number of members, in chunks of any size", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(DATA, OPTIONS), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 70_000 }),
        async (members, chunk) => {
          const packed = Buffer.concat(members.map(([data, options]) => gzipSync(data, options)));
          const { bytes, cutShort, fault } = await unpack(packed, chunk);
          expect([cutShort, fault]).toEqual([null, null]);
          expect(Buffer.compare(bytes, Buffer.concat(members.map(([data]) => data)))).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("that unpack to a thousand times as much come in pieces of bounded size", async () => {
    const source = new GunzipPieces(
      new MemoryBytes(gzipSync(new Uint8Array(64 * 1024 * 1024)), [1 << 20], "a.gz"),
      new Uint8Array(0),
    );
    let [total, largest] = [0, 0];
    for (let piece = await source.read(); piece !== null; piece = await source.read()) {
      total += piece.length;
      largest = Math.max(largest, piece.length);
    }
    expect(total).toBe(64 * 1024 * 1024);
    expect(largest).toBeLessThan(300 * 1024);
  });

  it("cut anywhere give what comes before the cut, and say so", async () => {
    const text = new TextEncoder().encode("IKE_SA_INIT request, IKE_SA_INIT response; ".repeat(60));
    const packed = Buffer.concat([gzipSync(text.subarray(0, 900)), gzipSync(text.subarray(900))]);
    const first = gzipSync(text.subarray(0, 900)).length;
    let before = 0;
    for (let length = 1; length < packed.length; length++) {
      const { bytes, cutShort, fault } = await unpack(packed.subarray(0, length), 7);
      expect([length, fault]).toEqual([length, null]);
      expect(Buffer.compare(bytes, text.subarray(0, bytes.length))).toBe(0);
      expect(bytes.length).toBeGreaterThanOrEqual(before);
      before = bytes.length;
      // Behind a member nothing need follow.
      if (length === first) expect(cutShort).toBeNull();
      else if (length > first + 1 || length < first)
        expect(cutShort).toMatch(new RegExp(`at byte ${length} of`));
    }
    expect(before).toBe(text.length);
  });

  it("of which a bit is wrong never unpack to anything else without a word", async () => {
    const text = new TextEncoder().encode("UDP 500 works, UDP 4500 does not. ".repeat(40));
    const packed = gzipSync(text);
    await fc.assert(
      fc.asyncProperty(fc.nat(packed.length * 8 - 1), async (bit) => {
        const damaged = Uint8Array.from(packed);
        damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const { bytes, cutShort, fault } = await unpack(damaged);
        if (fault === null && cutShort === null) expect(Buffer.compare(bytes, text)).toBe(0);
        if (fault !== null)
          expect(fault).toMatch(/^a\.gz: (?:at byte [1-9]\d*: )?the gzip data are damaged here or before: /);
      }),
    );
  });

  it("are refused where zlib refuses them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 80 }), async (noise) => {
        const header = gzipSync(new Uint8Array(0)).subarray(0, 10);
        const packed = Buffer.concat([header, noise]);
        const { bytes, cutShort, fault } = await unpack(packed);
        const ours: string | null = fault ?? cutShort;
        let zlib: string | null = null;
        try {
          expect(Buffer.compare(gunzipSync(packed), bytes)).toBe(0);
        } catch (error) {
          zlib = (error as NodeJS.ErrnoException).code ?? String(error);
        }
        // Where zlib asks for more bytes, ours may know already that none of them can be right.
        expect(ours === null).toBe(zlib === null);
      }),
      { numRuns: 2000 },
    );
  });

  it("have names, comments, further fields and a check sum of the header, which are passed over", async () => {
    const body = deflateRawSync(Buffer.from("packets"));
    const trailer = gzipSync(Buffer.from("packets")).subarray(-8);
    const header = Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3]);
    const names = Buffer.from("trace.pcap\0of a ticket\0");
    const { bytes, fault } = await unpack(
      Buffer.concat([header, names, Buffer.from([9, 9]), body, trailer]),
      1,
    );
    expect([Buffer.from(bytes).toString(), fault]).toEqual(["packets", null]);
  });

  it("end where something else follows, as gunzip has it", async () => {
    const { bytes, cutShort, fault } = await unpack(
      Buffer.concat([gzipSync("packets"), new Uint8Array(600)]),
    );
    expect([Buffer.from(bytes).toString(), cutShort, fault]).toEqual(["packets", null, null]);
  });
});

it("the check sum of gzip is that of zlib", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.nat(2000), (bytes, at) => {
      const cut = Math.min(at, bytes.length);
      expect(crc32(bytes, cut, bytes.length, crc32(bytes, 0, cut))).toBe(zlibCrc(bytes));
    }),
  );
});
