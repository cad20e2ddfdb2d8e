import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../src/bytes/hex.js";
import { natDetectionHash, type NatDetectionHash } from "../../src/ike/nat-detection.js";

const INITIATOR = "0123456789abcdef";
const RESPONDER = "fedcba9876543210";
const IPV4 = Uint8Array.of(192, 0, 2, 10);
const IPV6 = fromHex("20010db8000000000000000000000001");

describe("NAT detection hash", () => {
  it.each<NatDetectionHash>(["md5", "sha1", "sha256", "sha384", "sha512"])("%s", (hash) => {
    for (const [address, port, portHex] of [
      [IPV4, 500, "01f4"],
      [IPV6, 4500, "1194"],
    ] as const) {
      const input = fromHex(INITIATOR + RESPONDER + toHex(address) + portHex);
      const expected = createHash(hash).update(input).digest("hex");
      expect(toHex(natDetectionHash(INITIATOR, RESPONDER, address, port, hash))).toBe(expected);
    }
  });

  it("is SHA-1 unless said otherwise", () => {
    expect(natDetectionHash(INITIATOR, RESPONDER, IPV4, 500)).toHaveLength(20);
  });

  it("refuses SPIs that are none", () => {
    expect(() => natDetectionHash("0123", RESPONDER, IPV4, 500)).toThrow(RangeError);
    expect(() => natDetectionHash(INITIATOR, "x".repeat(16), IPV4, 500)).toThrow(RangeError);
  });
});
