import { describe, expect, it } from "vitest";
import type { IcmpError } from "../../src/packet/packet.js";
import { Bench, see } from "../support/packet/dissect.js";
import {
  concat,
  esp,
  ethernet,
  icmpEcho,
  icmpError,
  icmpv6Error,
  ipv4,
  ipv6,
  ipv6Fragment,
  optionsHeader,
  pattern,
  tcp,
  u8,
  udp,
  type IcmpErrorOptions,
} from "../support/packet/index.js";

const ike = ipv4({
  source: "10.0.0.1",
  destination: "192.0.2.99",
  payload: udp({ sourcePort: 500, destinationPort: 4500, payload: pattern(300) }),
});

function error4(options: IcmpErrorOptions): IcmpError | null {
  return see(ethernet({ payload: ipv4({ protocol: 1, payload: icmpError(options) }) })).icmp;
}

function error6(options: IcmpErrorOptions): IcmpError | null {
  return see(ethernet({ payload: ipv6({ protocol: 58, payload: icmpv6Error(options) }) })).icmp;
}

describe("ICMP errors", () => {
  it("name the sender, and the packet that they quote", () => {
    const packet = ipv4({
      source: "203.0.113.1",
      destination: "10.0.0.1",
      protocol: 1,
      payload: icmpError({ type: 3, code: 3, quoted: ike.slice(0, 28) }),
    });
    const seen = see(ethernet({ payload: packet }));
    expect(seen).toMatchObject({ kind: "icmpError", source: "203.0.113.1", destination: "10.0.0.1" });
    expect(seen.icmp).toEqual({
      version: 4,
      type: 3,
      code: 3,
      mtu: null,
      quoted: {
        source: "10.0.0.1",
        destination: "192.0.2.99",
        protocol: 17,
        fragmentOffset: 0,
        sourcePort: 500,
        destinationPort: 4500,
        payload: u8(),
        ipLength: 328,
      },
    });
  });

  it.each([3, 4, 5, 11, 12])("type %i is one", (type) => {
    expect(error4({ type, quoted: ike })?.type).toBe(type);
  });

  it("echo and other messages are skipped", () => {
    const bench = new Bench();
    expect(bench.see(ethernet({ payload: ipv4({ protocol: 1, payload: icmpEcho() }) })).kind).toBe("skipped");
    const neighbour = icmpv6Error({ type: 135, quoted: ike });
    expect(bench.see(ethernet({ payload: ipv6({ protocol: 58, payload: neighbour }) })).kind).toBe("skipped");
    expect(bench.dissector.counters.otherProtocol).toBe(2);
  });

  it("fragmentation needed tells the MTU of the next hop; 0 of an old router tells none", () => {
    expect(error4({ type: 3, code: 4, mtu: 1400, quoted: ike })?.mtu).toBe(1400);
    expect(error4({ type: 3, code: 4, mtu: 0, quoted: ike })?.mtu).toBeNull();
    expect(error4({ type: 3, code: 1, mtu: 1400, quoted: ike })?.mtu).toBeNull();
  });

  it("packet too big tells the MTU in 32 bits", () => {
    const quoted = ipv6({ protocol: 50, payload: esp({ payload: pattern(1400) }) });
    const error = error6({ type: 2, mtu: 1280, quoted: quoted.slice(0, 1232) });
    expect(error).toMatchObject({ version: 6, type: 2, mtu: 1280 });
    expect(error?.quoted).toMatchObject({ source: "2001:db8::1", protocol: 50, ipLength: 1448 });
    expect(error?.quoted.payload.slice(0, 4)).toEqual(u8(0xc0, 0xff, 0xee, 0x01));
  });

  it.each([1, 3, 4])("ICMPv6 type %i is one, without MTU", (type) => {
    expect(error6({ type, quoted: ipv6({ payload: udp() }) })).toMatchObject({ type, mtu: null });
  });
});

describe("the quoted packet", () => {
  it("is kept up to 256 bytes of payload", () => {
    expect(error4({ type: 3, quoted: ike })?.quoted.payload).toEqual(pattern(300).slice(0, 256));
  });

  it("has ports where the quotation holds four bytes of them", () => {
    expect(error4({ type: 3, quoted: ike.slice(0, 24) })?.quoted).toMatchObject({
      sourcePort: 500,
      payload: u8(),
    });
    expect(error4({ type: 3, quoted: ike.slice(0, 23) })?.quoted).toMatchObject({
      sourcePort: 0,
      protocol: 17,
    });
    const segment = ipv4({ protocol: 6, payload: tcp({ destinationPort: 4500 }) }).slice(0, 28);
    expect(error4({ type: 3, quoted: segment })?.quoted.destinationPort).toBe(4500);
  });

  it("may have IPv4 options or IPv6 extension headers, cut or not", () => {
    const options = ipv4({ options: pattern(8), payload: udp({ payload: pattern(10) }) });
    expect(error4({ type: 3, quoted: options })?.quoted.payload).toEqual(pattern(10));
    expect(error4({ type: 3, quoted: options.slice(0, 24) })?.quoted).toMatchObject({
      source: "192.0.2.1",
      sourcePort: 0,
      payload: u8(),
    });
    const chain = ipv6({ extensions: [optionsHeader(60, 2)], payload: udp({ payload: pattern(10) }) });
    expect(error6({ type: 1, quoted: chain })?.quoted).toMatchObject({ protocol: 17, payload: pattern(10) });
    expect(error6({ type: 1, quoted: chain.slice(0, 50) })?.quoted).toMatchObject({
      sourcePort: 0,
      payload: u8(),
    });
  });

  it("has no ports where it is a later fragment", () => {
    const later = ipv4({ fragmentOffset: 1480, payload: pattern(30) });
    expect(error4({ type: 11, code: 1, quoted: later })?.quoted).toMatchObject({
      fragmentOffset: 1480,
      sourcePort: 0,
      payload: u8(),
    });
    const later6 = ipv6Fragment({ protocol: 17 }, 1448, pattern(30), false);
    expect(error6({ type: 3, code: 1, quoted: later6 })?.quoted).toMatchObject({
      fragmentOffset: 1448,
      sourcePort: 0,
    });
  });

  it("ends before the extensions of RFC 4884", () => {
    const quoted = concat(ike.slice(0, 60), new Uint8Array(68));
    const extensions = pattern(16);
    const error = error4({ type: 11, quoted, quotedWords: 32, extensions });
    expect(error?.quoted.payload).toHaveLength(100);
  });

  it("without a whole IP header makes the message no error that anyone could use", () => {
    const bench = new Bench();
    const message = icmpError({ type: 3, quoted: ike.slice(0, 19) });
    expect(bench.see(ethernet({ payload: ipv4({ protocol: 1, payload: message }) })).kind).toBe("skipped");
    expect(bench.dissector.counters.truncated).toBe(1);
  });
});
