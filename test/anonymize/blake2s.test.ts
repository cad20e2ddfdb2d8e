import { blake2s } from "@noble/hashes/blake2.js";
import { describe, expect, it } from "vitest";
import { Blake2s, DIGEST } from "../../src/anonymize/blake2s.js";
import { toHex } from "../../src/bytes/hex.js";

function own(prefix: Uint8Array, personalization: number, ...content: readonly Uint8Array[]): string {
  const digest = new Uint8Array(DIGEST);
  new Blake2s(prefix, personalization).digest(content, digest);
  return toHex(digest);
}

const counted = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index * 7);
const NOTHING = new Uint8Array(0);

describe("BLAKE2s", () => {
  it("gives the digest of the example of RFC 7693", () => {
    expect(own(NOTHING, 0, new TextEncoder().encode("abc"))).toBe(
      "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982",
    );
  });

  it.each([0, 1, 31, 32, 33, 63, 64, 65, 96, 97, 128, 1400])(
    "agrees with another implementation, prefix and personalization included, on %i bytes",
    (length) => {
      const prefix = counted(32);
      const content = counted(length);
      const other = blake2s
        .create({ personalization: Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0) })
        .update(prefix)
        .update(content)
        .digest();
      expect(own(prefix, 9, content)).toBe(toHex(other));
      expect(own(prefix, 9, content.subarray(0, length >> 1), content.subarray(length >> 1))).toBe(
        toHex(other),
      );
    },
  );

  it("begins each input anew", () => {
    const hash = new Blake2s(counted(32), 1);
    const [first, second] = [new Uint8Array(DIGEST), new Uint8Array(DIGEST)];
    hash.digest([counted(100)], new Uint8Array(DIGEST));
    hash.digest([counted(5)], first);
    new Blake2s(counted(32), 1).digest([counted(5)], second);
    expect(first).toEqual(second);
  });
});
