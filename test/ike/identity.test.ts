import { describe, expect, it } from "vitest";
import { addressText, maskedText, rangeText } from "../../src/ike/address-range.js";
import { addressBytes } from "../../src/bytes/address.js";
import { identityText } from "../../src/ike/identity.js";
import { ascii, filler } from "../support/ike/bytes.js";
import { der, DISTINGUISHED_NAME } from "../support/ike/der.js";

const address = (text: string): Uint8Array => addressBytes(text) ?? new Uint8Array(0);
const both = (a: string, b: string): Uint8Array => Uint8Array.from([...address(a), ...address(b)]);

describe("identity", () => {
  it.each<[string, number, Uint8Array, string]>([
    ["IPv4", 1, address("192.0.2.7"), "192.0.2.7"],
    ["IPv6", 5, address("2001:db8::7"), "2001:db8::7"],
    ["FQDN", 2, ascii("gw.example"), "gw.example"],
    ["user", 3, ascii("alice@example.org"), "alice@example.org"],
    ["IPv4 network", 4, both("10.1.0.0", "255.255.0.0"), "10.1.0.0/16"],
    ["IPv6 network", 6, both("2001:db8::", "ffff:ffff::"), "2001:db8::/32"],
    ["IPv4 range", 7, both("10.0.0.1", "10.0.0.9"), "10.0.0.1-10.0.0.9"],
    ["IPv6 range", 8, both("2001:db8::", "2001:db8::ffff"), "2001:db8::/112"],
    ["DN", 9, DISTINGUISHED_NAME, String.raw`C=DE, O=Example\, Inc., CN=gw.example`],
    ["GN", 10, der(0x82, ascii("gw.example")), "DNS:gw.example"],
    ["KEY_ID of text", 11, ascii("group-1"), "group-1"],
    ["KEY_ID of bytes", 11, Uint8Array.of(0, 1, 255), "0x0001ff"],
    ["NULL", 13, new Uint8Array(0), "none"],
    ["unknown", 200, Uint8Array.of(1, 2), "0x0102"],
  ])("%s", (_, type, data, text) => {
    expect(identityText(type, data)).toBe(text);
  });

  it.each([1, 4, 5, 6, 7, 8, 9, 10])("of type %d with data that contradicts it is hex", (type) => {
    expect(identityText(type, Uint8Array.of(0, 1, 2))).toBe("0x000102");
  });

  it("is bounded, but not escaped: that is for whoever prints it", () => {
    expect(identityText(2, ascii("x".repeat(9000)))).toHaveLength(256);
    expect(identityText(11, filler(9000)).length).toBeLessThan(160);
    expect(identityText(2, Uint8Array.of(0x1b, 0x5b, 0x41))).toBe("\u001b[A");
    expect(identityText(2, Uint8Array.of(0xff))).toBe("\ufffd");
  });
});

describe("ranges of addresses", () => {
  it.each([
    ["10.1.0.0", "10.1.255.255", "10.1.0.0/16"],
    ["0.0.0.0", "255.255.255.255", "0.0.0.0/0"],
    ["10.1.2.3", "10.1.2.3", "10.1.2.3"],
    ["10.1.2.2", "10.1.2.3", "10.1.2.2/31"],
    ["10.1.2.3", "10.1.2.4", "10.1.2.3-10.1.2.4"],
    ["10.1.1.0", "10.1.2.255", "10.1.1.0-10.1.2.255"],
    ["10.0.0.9", "10.0.0.1", "10.0.0.9-10.0.0.1"],
    ["::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::/0"],
    ["2001:db8::", "2001:db8::1:ffff", "2001:db8::/111"],
  ])("%s to %s is %s", (start, end, text) => {
    expect(rangeText(address(start), address(end))).toBe(text);
  });

  it("are prefixes only where all of it is", () => {
    for (let bits = 0; bits <= 32; bits++) {
      const mask = bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
      const start = (0xc0a80a80 & mask) >>> 0;
      const end = (start | ~mask) >>> 0;
      const bytes = (value: number): Uint8Array =>
        Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
      const suffix = bits === 32 ? "" : `/${bits}`;
      expect(rangeText(bytes(start), bytes(end))).toBe(`${addressText(bytes(start))}${suffix}`);
    }
  });

  it("and networks say so where they are none", () => {
    expect(maskedText(address("10.0.0.0"), address("255.0.255.0"))).toBe("10.0.0.0/255.0.255.0");
    expect(maskedText(address("10.0.0.0"), filler(3))).toBe("not a network");
    expect(rangeText(filler(3), filler(3))).toBe("not a range");
    expect(rangeText(address("10.0.0.0"), address("::"))).toBe("not a range");
    expect(addressText(filler(5))).toBeNull();
  });
});
