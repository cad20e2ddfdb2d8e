import { describe, expect, it } from "vitest";
import { isReadable } from "../../src/esp/plain-content.js";
import { esp, ipv4, ipv6, udp } from "../support/packet/index.js";

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
  return isReadable(bytes, 0, bytes.length, bytes.length);
}

describe("the content of an ESP packet", () => {
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
    expect(isReadable(whole, 0, 28, whole.length)).toBe(true);
    expect(isReadable(whole, 0, 20, whole.length)).toBe(false);
  });
});
