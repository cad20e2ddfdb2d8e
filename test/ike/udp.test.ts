import { describe, expect, it } from "vitest";
import { whyNotIke } from "../../src/ike/credible-header.js";
import { classifyUdpPayload, UDP_PAYLOAD, udpPayloadOffset } from "../../src/ike/udp.js";
import { concat, filler, u32 } from "../support/ike/bytes.js";
import { ikeMessage, withMarker } from "../support/ike/message.js";
import { encryptedV1, fragmentV1, nonceV1 } from "../support/ike/payloads-v1.js";
import { nonce, sk } from "../support/ike/payloads-v2.js";
import { SAMPLES } from "../support/ike/samples.js";

type Kind = keyof typeof UDP_PAYLOAD;

/** Classification of a payload that lies somewhere within a larger buffer. */
function kindOf(payload: Uint8Array, source: number, destination = source, declared = payload.length): Kind {
  const buffer = concat(filler(5), payload, filler(7));
  const kind = classifyUdpPayload(buffer, 5, 5 + payload.length, declared, source, destination);
  const [name] = Object.entries(UDP_PAYLOAD).find(([, number]) => number === kind) ?? [];
  return name as Kind;
}

const esp = concat(u32(0xc1d2e3f4), u32(1), filler(40));
const message = ikeMessage({ exchange: 35, payloads: [sk(60, 35)] });

describe("port 4500", () => {
  it.each([
    [4500, 4500],
    [4500, 61000],
    [1024, 4500],
    [500, 4500],
  ])("%d to %d", (source, destination) => {
    expect(kindOf(withMarker(message), source, destination)).toBe("ikeWithMarker");
    expect(kindOf(esp, source, destination)).toBe("esp");
    expect(kindOf(Uint8Array.of(0xff), source, destination)).toBe("keepalive");
  });

  it("takes the marker for IKE whatever follows: the header may lie", () => {
    expect(kindOf(concat(u32(0), filler(40)), 4500)).toBe("ikeWithMarker");
    expect(
      kindOf(withMarker(ikeMessage({ exchange: 35, payloads: [nonce()], declaredLength: 9 })), 4500),
    ).toBe("ikeWithMarker");
  });

  it("takes what is too short for malformed", () => {
    expect(kindOf(new Uint8Array(0), 4500)).toBe("malformed");
    expect(kindOf(Uint8Array.of(0), 4500)).toBe("malformed");
    expect(kindOf(filler(7), 4500)).toBe("malformed");
    expect(kindOf(concat(u32(0), filler(27)), 4500)).toBe("malformed");
    expect(kindOf(concat(u32(0), filler(28)), 4500)).toBe("ikeWithMarker");
    expect(kindOf(Uint8Array.of(0xff, 0xff), 4500)).toBe("malformed");
  });

  it("takes 8 bytes and more for ESP, reserved SPIs included", () => {
    expect(kindOf(esp.subarray(0, 8), 4500)).toBe("esp");
    expect(kindOf(concat(u32(1), u32(1), filler(30)), 4500)).toBe("esp");
  });

  it("recognises an IKE message that lacks the marker only where all of its header fits", () => {
    expect(kindOf(message, 4500)).toBe("ike");
    expect(kindOf(concat(message, filler(1)), 4500)).toBe("esp");
    expect(kindOf(ikeMessage({ exchange: 99, payloads: [sk(60)] }), 4500)).toBe("esp");
  });

  it("judges what the snap length left", () => {
    expect(kindOf(withMarker(message).subarray(0, 10), 4500, 4500, 200)).toBe("ikeWithMarker");
    expect(kindOf(esp.subarray(0, 8), 4500, 4500, 1400)).toBe("esp");
    expect(kindOf(esp.subarray(0, 3), 4500, 4500, 1400)).toBe("malformed");
  });
});

describe("port 500", () => {
  it("takes every kind of message for IKE", () => {
    for (const [name, bytes] of Object.entries(SAMPLES)) expect(kindOf(bytes, 500), name).toBe("ike");
    expect(kindOf(message, 500, 40123)).toBe("ike");
    const fragment = fragmentV1(1, 1, true, filler(60));
    expect(kindOf(ikeMessage({ version: 1, exchange: 2, payloads: [fragment] }), 500)).toBe("ike");
    const encrypted = ikeMessage({ version: 1, exchange: 32, flags: 1, payloads: [encryptedV1(64, 8)] });
    expect(kindOf(encrypted, 500)).toBe("ike");
  });

  it("does not drop a message because its length lies", () => {
    for (const declaredLength of [0, 27, 61, 0xffffffff]) {
      expect(kindOf(ikeMessage({ exchange: 34, payloads: [nonce()], declaredLength }), 500)).toBe("ike");
    }
  });

  it("does not drop a message because its version or exchange is unknown, where the length is right", () => {
    expect(kindOf(ikeMessage({ exchange: 34, versionByte: 0x30, payloads: [nonce()] }), 500)).toBe("ike");
    expect(kindOf(ikeMessage({ exchange: 99, payloads: [nonce()] }), 500)).toBe("ike");
  });

  it("leaves what has neither, and can say why", () => {
    const noise = ikeMessage({ exchange: 99, versionByte: 0xb0, payloads: [nonce()], declaredLength: 7 });
    expect(kindOf(noise, 500)).toBe("notIpsec");
    const why = whyNotIke(concat(Uint8Array.of(9), noise), 1, noise.length + 1, noise.length);
    expect(why).toBe(
      `no IKE header: major version 11, exchange type 99, first payload 40, length 7 in ${noise.length} bytes`,
    );
    const odd = ikeMessage({ version: 1, exchange: 16, payloads: [nonce()] });
    expect(whyNotIke(odd, 0, 20, 200)).toBe("no IKE header: exchange type 16, first payload 40");
  });

  it("knows the marker, keepalives and ESP of the first drafts", () => {
    expect(kindOf(withMarker(message), 500)).toBe("ikeWithMarker");
    expect(kindOf(Uint8Array.of(0xff), 500)).toBe("keepalive");
    expect(kindOf(concat(new Uint8Array(8), esp), 500)).toBe("espWithMarker");
    expect(kindOf(concat(new Uint8Array(8), esp.subarray(0, 8)), 500)).toBe("espWithMarker");
  });

  it("accepts a zero initiator SPI where all else fits", () => {
    expect(kindOf(ikeMessage({ exchange: 37, initiatorSpi: "0".repeat(16), payloads: [nonce()] }), 500)).toBe(
      "ike",
    );
  });

  it("takes zero SPIs and a length that lies for IKE, not for ESP: no ESP has a zero SPI", () => {
    const error = { version: 1, exchange: 5, initiatorSpi: "0".repeat(16), payloads: [nonceV1()] } as const;
    expect(kindOf(ikeMessage({ ...error, declaredLength: 99 }), 500)).toBe("ike");
  });

  it("leaves other traffic alone", () => {
    expect(kindOf(filler(60, 3), 500)).toBe("notIpsec");
    expect(kindOf(new Uint8Array(60).fill(0x20), 500)).toBe("notIpsec");
    expect(kindOf(concat(u32(0), filler(60, 3)), 500)).toBe("notIpsec");
  });

  it("takes what is too short for malformed", () => {
    expect(kindOf(new Uint8Array(0), 500)).toBe("malformed");
    expect(kindOf(message.subarray(0, 27), 500)).toBe("malformed");
    expect(kindOf(message.subarray(0, 18), 500, 500, message.length)).toBe("malformed");
    expect(kindOf(message.subarray(0, 24), 500, 500, message.length)).toBe("ike");
  });
});

describe("other ports", () => {
  it("hold IKE where all of its header fits, with the marker and without", () => {
    expect(kindOf(message, 10_500)).toBe("ike");
    expect(kindOf(withMarker(message), 10_500)).toBe("ikeWithMarker");
  });

  it("hold no ESP, no keepalive, and nothing of which the length or the SPI does not fit", () => {
    const lies = message.slice();
    lies[27] = (lies[27] ?? 0) ^ 1;
    const noSpi = message.slice().fill(0, 0, 8);
    for (const payload of [esp, Uint8Array.of(0xff), lies, withMarker(lies), noSpi, withMarker(noSpi)]) {
      expect(kindOf(payload, 53, 5353)).toBe("notIpsec");
    }
  });
});

it("offsets", () => {
  expect(udpPayloadOffset(UDP_PAYLOAD.ike)).toBe(0);
  expect(udpPayloadOffset(UDP_PAYLOAD.ikeWithMarker)).toBe(4);
  expect(udpPayloadOffset(UDP_PAYLOAD.esp)).toBe(0);
  expect(udpPayloadOffset(UDP_PAYLOAD.espWithMarker)).toBe(8);
});
