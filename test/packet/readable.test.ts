import { describe, expect, it } from "vitest";
import { readablePacket } from "../../src/packet/ip/readable.js";
import { readableTransport } from "../../src/packet/transport/readable.js";
import { concat, esp, gre, icmpEcho, ipv4, ipv6, tcp, udp, zeros } from "../support/packet/index.js";

const ESP_HEADER = 8;

const inner = udp({ sourcePort: 1000, destinationPort: 53, payload: new Uint8Array(40) });
const inIpv4 = ipv4({ source: "10.1.0.1", destination: "10.2.0.1", protocol: 17, payload: inner });
const inIpv6 = ipv6({ source: "fd01::1", destination: "fd02::1", protocol: 17, payload: inner });

/** An ESP packet around `content`, with padding, pad length, next header and an ICV of 12 bytes. */
function packet(content: Uint8Array, iv = 0): Uint8Array {
  const trailer = Uint8Array.from([1, 2, 2, 4, ...Array.from({ length: 12 }, (_, index) => 7 * index)]);
  return esp({
    spi: 0x1000,
    sequence: 1,
    payload: Uint8Array.from([...new Uint8Array(iv).fill(0xa5), ...content, ...trailer]),
  });
}

function readable(bytes: Uint8Array): boolean {
  return readablePacket(bytes, ESP_HEADER, bytes.length, bytes.length) !== null;
}

describe("an IP packet behind an ESP header", () => {
  it("stands in clear where an IP packet fills it, with NULL encryption and with GMAC's IV", () => {
    expect(readable(packet(inIpv4))).toBe(true);
    expect(readable(packet(inIpv4, 8))).toBe(true);
    expect(readable(packet(inIpv6))).toBe(true);
  });

  it("is not taken for clear where the header's checksum or the length is wrong", () => {
    const broken = Uint8Array.from(inIpv4);
    broken[8] = (broken[8] ?? 0) ^ 1;
    expect(readable(packet(broken))).toBe(false);
    expect(readable(packet(Uint8Array.from([...inIpv4, ...new Uint8Array(400)])))).toBe(false);
    expect(readable(packet(inIpv4.subarray(0, 30)))).toBe(false);
  });

  it("is not taken for clear by chance", () => {
    let state = 1;
    const random = (): number => (state = (state * 48271) % 0x7fffffff) & 0xff;
    for (let packet = 0; packet < 20_000; packet++) {
      const noise = Uint8Array.from({ length: 60 }, random);
      noise[8] = 0x45;
      expect(readable(noise)).toBe(false);
    }
  });

  it("is judged on what the snap length left", () => {
    const whole = packet(inIpv4);
    expect(readablePacket(whole, ESP_HEADER, 28, whole.length)).not.toBeNull();
    expect(readablePacket(whole, ESP_HEADER, 20, whole.length)).toBeNull();
  });
});

const ICMP_HEADERS = 20;
const question = udp({ sourcePort: 1000, destinationPort: 53, payload: zeros(31).fill(0x5a) });
const segment = tcp({ options: zeros(12), payload: zeros(100) });
const ping = ipv4({ source: "10.1.0.1", destination: "10.2.0.1", protocol: 1, payload: icmpEcho() }).subarray(
  ICMP_HEADERS,
);

/** A packet in transport mode: content, padding to four bytes, pad length, next header and an ICV. */
function transport(content: Uint8Array, next: number, icv = 12, iv = 0): Uint8Array {
  const padding = (6 - (content.length % 4)) % 4;
  const trailer = Uint8Array.of(...[1, 2, 3].slice(0, padding), padding, next);
  const signed = Uint8Array.from({ length: icv }, (_, index) => 7 * index + 3);
  return esp({ payload: concat(zeros(iv).fill(0xa5), content, trailer, signed) });
}

const inTransport = (bytes: Uint8Array): boolean =>
  readableTransport(bytes, ESP_HEADER, bytes.length) !== null;

describe("the content of an ESP packet in transport mode", () => {
  it.each([
    ["UDP", question, 17],
    ["TCP", segment, 6],
    ["an ICMP echo", ping, 1],
    ["an ICMPv6 echo", concat(Uint8Array.of(128, 0), zeros(30)), 58],
    ["GRE", gre({ payload: ipv4({ source: "10.1.0.1", destination: "10.2.0.1", payload: question }) }), 47],
  ])("stands in clear where it is %s, whatever checks its integrity", (_name, content, next) => {
    for (const icv of [12, 16, 24, 32]) expect(inTransport(transport(content, next, icv))).toBe(true);
    expect(inTransport(transport(content, next, 16, 8))).toBe(true);
  });

  it.each([
    ["the length of UDP", transport(udp({ payload: zeros(31).fill(0x5a), length: 38 }), 17)],
    ["the next header", transport(question, 50)],
    ["the length of the header of TCP", transport(tcp({ dataOffset: 4, payload: zeros(100) }), 6)],
    ["the code of an echo", transport(concat(Uint8Array.of(8, 1), zeros(30)), 1)],
    ["the place of the trailer", transport(question, 17, 13)],
    ["the padding", transport(question, 17).map((byte, at, all) => (at === all.length - 15 ? 9 : byte))],
  ])("is not taken for clear where %s is wrong", (_name, bytes) => {
    expect(inTransport(bytes)).toBe(false);
  });

  it("is not taken for clear by chance, though the trailer be right", () => {
    let state = 1;
    const random = (): number => (state = (state * 48271) % 0x7fffffff) >> 8;
    let taken = 0;
    for (let packet = 0; packet < 100_000; packet++) {
      const noise = Uint8Array.from({ length: 60 + (packet % 4) * 4 }, random);
      noise[noise.length - 14] = 0;
      noise[noise.length - 13] = [1, 6, 17, 47, 58][packet % 5] ?? 0;
      if (inTransport(noise)) taken++;
    }
    // A trailer is right once in 2^16, so that this stands for billions of packets.
    expect(taken).toBeLessThan(10);
  });

  it("is not looked for in bytes that are no ESP packet", () => {
    for (let length = 0; length < 60; length++) {
      expect(readableTransport(new Uint8Array(length), Math.min(8, length), length)).toBeNull();
    }
  });
});
