import { describe, expect, it } from "vitest";
import { foldedAddresses, networkOf } from "../../src/bytes/address-ranges.js";

function many(count: number, address: (number: number) => string): string[] {
  return Array.from({ length: count }, (_, number) => address(number));
}

describe("addresses that are folded", () => {
  it("become ranges where they follow one another, in any order, each once", () => {
    const addresses = ["192.0.2.12", "192.0.2.10", "192.0.2.11", "192.0.2.10", "198.51.100.7"];
    expect(foldedAddresses(addresses, 8)).toEqual(["192.0.2.10-.12", "198.51.100.7"]);
  });

  it("name both ends of a range that leaves a network of 256", () => {
    expect(
      foldedAddresses(
        many(1000, (n) => `10.0.${n >> 8}.${n & 255}`),
        8,
      ),
    ).toEqual(["10.0.0.0-10.0.3.231"]);
  });

  it("do not make a range over a hole, nor of IPv4 and IPv6", () => {
    expect(foldedAddresses(["192.0.2.1", "192.0.2.3", "::c000:204"], 8)).toEqual([
      "192.0.2.1",
      "192.0.2.3",
      "::c000:204",
    ]);
    expect(foldedAddresses(["2001:db8::ffff", "2001:db8::1:0"], 8)).toEqual(["2001:db8::ffff-2001:db8::1:0"]);
  });

  it("are put into networks where ranges are too many, and into wider ones where these are", () => {
    const odd = many(20, (n) => `192.0.2.${n * 2 + 1}`);
    expect(foldedAddresses([...odd, "198.51.100.7"], 4)).toEqual(["192.0.2.0/24 (20)", "198.51.100.7"]);
    expect(
      foldedAddresses(
        many(20, (n) => `10.1.${n * 2}.7`),
        4,
      ),
    ).toEqual(["10.1.0.0/16 (20)"]);
    expect(
      foldedAddresses(
        many(20, (n) => `2001:db8:0:${n * 2}::7`),
        4,
      ),
    ).toEqual(["2001:db8::/48 (20)"]);
  });

  it("name the largest networks and count the rest where there is no end of them", () => {
    const addresses = [...many(9, (n) => `10.${n * 2}.0.1`), ...many(40, (n) => `${20 + n * 2}.0.0.1`)];
    const folded = foldedAddresses(addresses, 3);
    expect(folded[0]).toBe("10.0.0.0/8 (9)");
    expect(folded).toHaveLength(4);
    expect(folded.at(-1)).toBe("38 more");
    // The first byte alone is nothing that addresses have in common, but in 10.0.0.0/8.
    const scattered = many(9, (n) => `167.${n * 20}.0.1`);
    expect(foldedAddresses([...scattered, "167.20.7.1"], 3)).toEqual([
      "167.20.0.0/16 (2)",
      "167.0.0.1",
      "167.40.0.1",
      "6 more",
    ]);
  });
});

describe("the network of an address", () => {
  it("has the prefix of its version", () => {
    const bits = { v4: 24, v6: 48 };
    expect(networkOf("192.0.2.200", bits)).toBe("192.0.2.0/24");
    expect(networkOf("2001:db8:1:2::3", bits)).toBe("2001:db8:1::/48");
    expect(networkOf("no address", bits)).toBeNull();
  });
});
