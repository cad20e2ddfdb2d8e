import { describe, expect, it } from "vitest";
import { Bench, see, type Seen } from "../support/packet/dissect.js";
import { ah, concat, esp, ethernet, ipv4, ipv6, pattern, tcp, u8, udp } from "../support/packet/index.js";

function over4(payload: Uint8Array, protocol = 17): Seen {
  return see(ethernet({ payload: ipv4({ protocol, payload }) }));
}

describe("UDP", () => {
  it("gives ports, payload and the checksum field", () => {
    const seen = over4(udp({ sourcePort: 61000, destinationPort: 4500, checksum: 0, payload: pattern(12) }));
    expect(seen).toMatchObject({
      kind: "udp",
      sourcePort: 61000,
      destinationPort: 4500,
      udpChecksum: 0,
      payload: pattern(12),
      payloadLength: 12,
    });
    expect(over4(udp({ checksum: 0xabcd })).udpChecksum).toBe(0xabcd);
  });

  it("may be empty, or one byte as a NAT keepalive is", () => {
    expect(over4(udp())).toMatchObject({ kind: "udp", payloadLength: 0, payload: u8() });
    expect(over4(udp({ payload: u8(0xff) }))).toMatchObject({ payloadLength: 1, payload: u8(0xff) });
  });

  it.each([0, 3, 200, 65_535])("a length field of %i gives way to the IP length", (length) => {
    expect(over4(udp({ payload: pattern(20), length }))).toMatchObject({ kind: "udp", payloadLength: 20 });
  });

  it("a length field below the IP length counts", () => {
    const seen = over4(udp({ payload: pattern(20), length: 18 }));
    expect(seen).toMatchObject({ payloadLength: 10, payload: pattern(20).slice(0, 10) });
  });

  it("needs its header", () => {
    const bench = new Bench();
    bench.see(ethernet({ payload: ipv4({ payload: pattern(7) }) }));
    bench.see(ethernet({ payload: ipv4({ payload: udp({ payload: pattern(50) }) }) }).slice(0, 38), {
      originalLength: 92,
    });
    expect(bench.dissector.counters).toMatchObject({ malformed: 1, truncated: 1 });
  });
});

describe("TCP", () => {
  it("gives ports, flags, sequence and payload", () => {
    const segment = tcp({
      sourcePort: 40000,
      destinationPort: 4500,
      sequence: 0xfedcba98,
      flags: 0x18,
      options: u8(2, 4, 5, 180, 1, 1, 1, 0),
      payload: pattern(9),
    });
    expect(over4(segment, 6)).toMatchObject({
      kind: "tcp",
      sourcePort: 40000,
      destinationPort: 4500,
      tcpSequence: 0xfedcba98,
      tcpFlags: 0x18,
      payload: pattern(9),
      payloadLength: 9,
    });
  });

  it.each([4, 9])("a data offset of %i words does not fit", (dataOffset) => {
    expect(over4(tcp({ dataOffset, payload: pattern(8) }), 6).kind).toBe("skipped");
  });

  it("with options that the snap length cut has an empty window of the declared length", () => {
    const frame = ethernet({
      payload: ipv4({ protocol: 6, payload: tcp({ options: pattern(20), payload: pattern(9) }) }),
    });
    const seen = see(frame.slice(0, 60), { originalLength: frame.length });
    expect(seen).toMatchObject({ kind: "tcp", payload: u8(), payloadLength: 9 });
  });

  it("does not leave its fields in the next packet's view", () => {
    const bench = new Bench();
    bench.see(ethernet({ payload: ipv4({ protocol: 6, payload: tcp({ sequence: 5 }) }) }));
    const next = bench.see(ethernet({ payload: ipv4({ protocol: 50, payload: esp() }) }));
    expect(next).toMatchObject({
      sourcePort: 0,
      destinationPort: 0,
      tcpFlags: 0,
      tcpSequence: 0,
      udpChecksum: 0,
    });
  });
});

describe("ESP and AH", () => {
  it("have a window from the SPI, or from the next header", () => {
    const packet = esp({ spi: 0x11223344, sequence: 9, payload: pattern(30) });
    expect(over4(packet, 50)).toMatchObject({ kind: "esp", payload: packet, payloadLength: 38 });
    const authenticated = ah({ payload: pattern(30) });
    expect(over4(authenticated, 51)).toMatchObject({ kind: "ah", payload: authenticated });
    expect(see(ethernet({ payload: ipv6({ protocol: 50, payload: packet }) })).payload).toEqual(packet);
  });

  it("are captured with SPI and sequence number at least", () => {
    expect(over4(esp({ payload: u8() }), 50)).toMatchObject({ kind: "esp", payloadLength: 8 });
    expect(over4(pattern(7), 50).kind).toBe("skipped");
    expect(over4(pattern(11), 51).kind).toBe("skipped");
    const frame = ethernet({ payload: ipv4({ protocol: 50, payload: concat(esp(), pattern(900)) }) });
    expect(see(frame.slice(0, 42), { originalLength: frame.length })).toMatchObject({
      kind: "esp",
      payloadLength: 948,
    });
    expect(see(frame.slice(0, 41), { originalLength: frame.length }).kind).toBe("skipped");
  });
});
