import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ESP_SUITES,
  espLength,
  innerMtu,
  likelySuites,
  mssFor,
  outerLength,
  suitesFor,
} from "../../src/diagnosis/facts/esp/esp-overhead.js";

import { smallestFailing } from "../../src/diagnosis/facts/esp/mtu-advice.js";
import { SIZE_BINS } from "../../src/esp/stream.js";

const suites = fc.constantFrom(...ESP_SUITES);
const outers = fc.constantFrom(4 as const, 6 as const);

describe("what ESP adds to a packet", () => {
  it("fits the MTU to the byte: the largest inner packet fits, and one byte more does not", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 9000 }),
        outers,
        fc.boolean(),
        suites,
        (mtu, outer, udp, suite) => {
          const inner = innerMtu(mtu, outer, udp, suite);
          expect(outerLength(espLength(inner, suite), outer, udp)).toBeLessThanOrEqual(mtu);
          expect(outerLength(espLength(inner + 1, suite), outer, udp)).toBeGreaterThan(mtu);
        },
      ),
    );
  });

  it.each([
    // 84 bytes of ping: 8 + 16 + 96 + 16; seen in the lab's captures.
    ["AES-CBC with SHA2-256", 84, 136],
    ["AES-GCM-16 or ChaCha20-Poly1305", 84, 120],
    ["3DES with a 96-bit HMAC", 84, 116],
  ])("%s makes %i bytes %i", (name, inner, length) => {
    const suite = ESP_SUITES.find((one) => one.name === name);
    expect(suite === undefined ? 0 : espLength(inner, suite)).toBe(length);
  });
});

describe("the suites that packet sizes allow", () => {
  it("hold the one that made them", () => {
    fc.assert(
      fc.property(suites, fc.array(fc.integer({ min: 20, max: 1500 }), { minLength: 1 }), (suite, inners) => {
        const residues = inners.reduce((bits, inner) => bits | (1 << (espLength(inner, suite) % 16)), 0);
        expect(suitesFor(residues)).toContain(suite);
      }),
    );
  });

  it("exclude block ciphers where all multiples of four come", () => {
    const names = suitesFor(0b0001_0001_0001_0001).map(({ name }) => name);
    expect(names).toContain("AES-GCM-16 or ChaCha20-Poly1305");
    expect(names.some((name) => name.includes("CBC") || name.includes("3DES"))).toBe(false);
  });

  it("are all where nothing was seen, and none where no suite makes such sizes", () => {
    expect(suitesFor(0)).toEqual(ESP_SUITES);
    expect(suitesFor(0b10)).toEqual([]);
  });
});

describe("the MSS", () => {
  it("is safe for every usual suite that the sizes allow", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 1500 }),
        outers,
        fc.boolean(),
        fc.integer({ min: 0, max: 0xffff }),
        (mtu, outer, udp, residues) => {
          const advice = mssFor(mtu, outer, udp, residues);
          for (const suite of suitesFor(residues).filter(({ usual }) => usual)) {
            const length = outerLength(espLength((advice?.mss ?? 0) + 40, suite), outer, udp);
            expect(length).toBeLessThanOrEqual(mtu);
          }
        },
      ),
    );
  });

  it("is larger where the sizes exclude block ciphers", () => {
    expect(mssFor(1500, 4, true, 0b0001_0001_0001_0001)?.mss).toBeGreaterThan(
      mssFor(1500, 4, true)?.mss ?? 0,
    );
  });
});

describe("the suites to reckon with", () => {
  const names = (residues: number): string[] => likelySuites(residues).map(({ name }) => name);

  it("have a block cipher that all lengths fit, where no usual one does", () => {
    expect(names(1 << 0)).toContain("AES-CBC with SHA2-384");
    expect(names(1 << 8)).not.toContain("AES-CBC with SHA2-512");
  });

  it("are the usual ones where the lengths are of no block", () => {
    expect(names((1 << 0) | (1 << 4))).not.toContain("AES-CBC with SHA2-384");
  });
});

describe("the smallest packet that does not get through", () => {
  const packets = Uint32Array.from({ length: SIZE_BINS }, (_, bin) =>
    bin === 2 || bin === 16 || bin === 22 ? 1 : 0,
  );

  it("is of the first sizes beyond those that do, not the largest of all", () => {
    expect(smallestFailing({ packets }, 144, 1456)).toBe(1087);
  });

  it("is none of those that something followed", () => {
    const answered = Uint32Array.from(packets, (count, bin) => (bin === 16 ? count : 0));
    expect(smallestFailing({ packets, answered }, 144, 1456)).toBe(1456);
  });
});
