import { describe, expect, it } from "vitest";
import { Bench, see } from "../support/packet/dissect.js";
import {
  ethernet,
  fragmentHeader,
  ipv4,
  ipv6,
  optionsHeader,
  pattern,
  routingHeader,
  u16,
  u8,
  udp,
} from "../support/packet/index.js";

describe("IPv4", () => {
  it("shows the header's fields", () => {
    const packet = ipv4({
      source: "203.0.113.9",
      destination: "10.1.2.3",
      ttl: 57,
      tos: 0xb8,
      identification: 0xbeef,
      payload: udp({ sourcePort: 4500, destinationPort: 500, payload: pattern(8) }),
    });
    expect(see(ethernet({ payload: packet }))).toMatchObject({
      kind: "udp",
      ipVersion: 4,
      source: "203.0.113.9",
      destination: "10.1.2.3",
      ttl: 57,
      trafficClass: 0xb8,
      identification: 0xbeef,
      ipLength: 36,
      sourcePort: 4500,
      destinationPort: 500,
      fragments: null,
      mirrored: false,
    });
  });

  it("steps over options", () => {
    const packet = ipv4({ options: u8(7, 7, 4, 1, 2, 3, 4, 0), payload: udp({ payload: pattern(9) }) });
    expect(see(ethernet({ payload: packet })).payload).toEqual(pattern(9));
  });

  it("does not take Ethernet padding for payload", () => {
    const seen = see(ethernet({ payload: ipv4({ payload: udp({ payload: u8(0xff) }) }) }));
    expect(seen.payload).toEqual(u8(0xff));
    expect(seen.payloadLength).toBe(1);
  });

  it("tells declared from captured length where the snap length cut", () => {
    const frame = ethernet({ payload: ipv4({ payload: udp({ payload: pattern(500) }) }) });
    const seen = see(frame.slice(0, 100), { originalLength: frame.length });
    expect(seen.payload).toEqual(pattern(500).slice(0, 100 - 42));
    expect(seen).toMatchObject({ payloadLength: 500, ipLength: 528 });
  });

  it("with total length 0 (segmentation offload) reaches to the frame's end on the wire", () => {
    const packet = ipv4({ totalLength: 0, payload: udp({ payload: pattern(2000), length: 0 }) });
    expect(see(ethernet({ payload: packet }))).toMatchObject({ ipLength: 2028, payloadLength: 2000 });
    const cut = see(ethernet({ payload: packet }).slice(0, 242), { originalLength: 2042 });
    expect(cut).toMatchObject({ ipLength: 2028, payloadLength: 2000 });
    expect(cut.payload).toEqual(pattern(2000).slice(0, 200));
  });

  it.each([
    ["a total length shorter than the header", ipv4({ totalLength: 19, payload: udp() })],
    ["a header length below 20", ipv4({ payload: udp() }).fill(0x44, 0, 1)],
    ["another version", ipv4({ payload: udp() }).fill(0x65, 0, 1)],
  ])("%s is malformed", (_, payload) => {
    const bench = new Bench();
    expect(bench.see(ethernet({ type: 0x0800, payload })).kind).toBe("skipped");
    expect(bench.dissector.counters.malformed).toBe(1);
  });

  it("a header that the snap length cut is truncated, not malformed", () => {
    const bench = new Bench();
    bench.see(ethernet({ payload: ipv4({ payload: udp() }) }).slice(0, 30), { originalLength: 60 });
    expect(bench.dissector.counters).toMatchObject({ truncated: 1, malformed: 0 });
  });
});

describe("IPv6", () => {
  it("shows the header's fields", () => {
    const packet = ipv6({ hopLimit: 3, trafficClass: 0x2e, payload: udp({ payload: pattern(5) }) });
    expect(see(ethernet({ payload: packet }))).toMatchObject({
      kind: "udp",
      ipVersion: 6,
      source: "2001:db8::1",
      destination: "2001:db8::2",
      ttl: 3,
      trafficClass: 0x2e,
      identification: 0,
      ipLength: 53,
      payload: pattern(5),
    });
  });

  it("follows extension headers to the upper layer", () => {
    const extensions = [optionsHeader(0), optionsHeader(60, 3), routingHeader(), optionsHeader(60)];
    const seen = see(ethernet({ payload: ipv6({ extensions, payload: udp({ payload: pattern(5) }) }) }));
    expect(seen.payload).toEqual(pattern(5));
  });

  it("takes an atomic fragment for a whole packet (RFC 6946)", () => {
    const extensions = [fragmentHeader(0, false, 77)];
    const seen = see(ethernet({ payload: ipv6({ extensions, payload: udp({ payload: pattern(5) }) }) }));
    expect(seen).toMatchObject({ kind: "udp", fragments: null, identification: 0 });
  });

  it("gives up a chain longer than anybody sends", () => {
    const extensions = Array.from({ length: 40 }, () => optionsHeader(60));
    const bench = new Bench();
    expect(bench.see(ethernet({ payload: ipv6({ extensions, payload: udp() }) })).kind).toBe("skipped");
    expect(bench.dissector.counters.malformed).toBe(1);
  });

  it("a chain that leaves the payload is malformed, one that the snap length cut is truncated", () => {
    const bench = new Bench();
    const lying = ipv6({ extensions: [{ type: 60, body: u16(0, 0, 0) }], payload: udp() }).fill(9, 41, 42);
    bench.see(ethernet({ payload: lying }));
    expect(bench.dissector.counters.malformed).toBe(1);
    const frame = ethernet({ payload: ipv6({ extensions: [optionsHeader(60, 8)], payload: udp() }) });
    bench.see(frame.slice(0, 70), { originalLength: frame.length });
    expect(bench.dissector.counters.truncated).toBe(1);
  });

  it("other protocols are counted as such", () => {
    const bench = new Bench();
    bench.see(ethernet({ payload: ipv6({ protocol: 89, payload: pattern(20) }) }));
    bench.see(ethernet({ payload: ipv4({ protocol: 58, payload: pattern(20) }) }));
    expect(bench.dissector.counters.otherProtocol).toBe(2);
  });
});
