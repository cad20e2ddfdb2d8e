import { describe, expect, it } from "vitest";
import { fromHex } from "../../src/bytes/hex.js";
import { decodePayloads } from "../../src/ike/decode.js";
import type { Payload } from "../../src/ike/message.js";
import { ascii, filler, u32 } from "../support/ike/bytes.js";
import { chainBytes, type PayloadBytes } from "../support/ike/message.js";
import {
  attributesV1,
  certificateV1,
  hashV1,
  identificationV1,
  natOa,
  signatureV1,
} from "../support/ike/payloads-v1.js";
import {
  authentication,
  certificate,
  configuration,
  eap,
  identification,
  ipv4Selector,
  nonce,
  puzzleSolution,
  trafficSelectors,
} from "../support/ike/payloads-v2.js";

function single(version: 1 | 2, payload: PayloadBytes): Payload {
  const { payloads, problem } = decodePayloads(version, payload.type, chainBytes([payload]));
  expect(problem).toBeNull();
  const [only] = payloads;
  if (only === undefined || payloads.length !== 1) throw new Error("not one payload");
  return only;
}

/** The fault of a body that is written out, and that the payload stays with its bytes. */
function fault(version: 1 | 2, type: number, body: Uint8Array): unknown {
  const { payloads, problem } = decodePayloads(version, type, chainBytes([{ type, body }]));
  expect(payloads).toMatchObject([{ kind: "opaque", type, body }]);
  return problem;
}

describe("plaintext", () => {
  it("may be empty", () => {
    expect(decodePayloads(2, 0, new Uint8Array(0))).toEqual({ payloads: [], problem: null });
  });

  it("counts offsets from its start", () => {
    const { payloads } = decodePayloads(2, 35, chainBytes([identification(), nonce()]));
    expect(payloads.map(({ offset }) => offset)).toEqual([0, 18]);
  });

  it("of IKEv2 has no padding, of IKEv1 any", () => {
    const chain = chainBytes([hashV1(filler(20))]);
    const padded = Uint8Array.from([...chain, ...filler(9)]);
    expect(decodePayloads(1, 8, padded)).toMatchObject({ payloads: [{ kind: "hash" }], problem: null });
    const inner = Uint8Array.from([...chainBytes([nonce(filler(20))]), 0]);
    expect(decodePayloads(2, 40, inner).problem).toMatchObject({ offset: 24 });
  });

  it("keeps what comes before a fault", () => {
    const bytes = chainBytes([nonce(), { ...identification(), declaredLength: 500 }]);
    expect(decodePayloads(2, 40, bytes)).toMatchObject({
      payloads: [{ kind: "nonce" }, { kind: "opaque", type: 35 }],
      problem: { offset: 36, required: 500 },
    });
  });
});

describe("identification", () => {
  it("of IKEv2 has a type and data", () => {
    expect(single(2, identification(3, ascii("a@b.example"), 36))).toMatchObject({
      kind: "identification",
      type: 36,
      idType: 3,
      protocol: null,
      port: null,
      data: ascii("a@b.example"),
    });
    expect(fault(2, 35, filler(3))).toMatchObject({ required: 3, available: 2 });
  });

  it("of IKEv1 has a protocol and a port too", () => {
    const network = Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0);
    expect(single(1, identificationV1(4, network, 17, 1701))).toMatchObject({
      kind: "identification",
      idType: 4,
      protocol: 17,
      port: 1701,
      data: network,
    });
  });

  it("is what NAT-OA is, in the RFC and the drafts", () => {
    for (const type of [21, 131, 16]) {
      expect(single(1, natOa(1, Uint8Array.of(10, 0, 0, 1), type))).toMatchObject({
        kind: "natOriginalAddress",
        type,
        idType: 1,
        address: Uint8Array.of(10, 0, 0, 1),
      });
    }
  });
});

describe("certificates and authentication", () => {
  it("CERT of both versions", () => {
    expect(single(2, certificate(12, filler(40)))).toMatchObject({
      kind: "certificate",
      encoding: 12,
      data: filler(40),
    });
    expect(single(1, certificateV1(4, filler(9)))).toMatchObject({
      kind: "certificate",
      type: 6,
      encoding: 4,
    });
    expect(fault(2, 37, new Uint8Array(0))).toMatchObject({ required: 1, available: 0 });
  });

  it("AUTH, HASH and SIG", () => {
    expect(single(2, authentication(14, filler(9)))).toMatchObject({
      kind: "authentication",
      method: 14,
      data: filler(9),
    });
    expect(single(1, hashV1(filler(20)))).toMatchObject({ kind: "hash", data: filler(20) });
    expect(single(1, signatureV1(filler(64)))).toMatchObject({ kind: "signature", data: filler(64) });
  });
});

describe("traffic selectors", () => {
  it("reads a payload written out by hand", () => {
    const body = fromHex(
      "02 000000" + // two selectors
        "07 06 0010 01bb 01bb 0a010000 0a01ffff" + // IPv4, TCP, port 443, 10.1.0.0 to 10.1.255.255
        "08 00 0028 0000 ffff 20010db8000000000000000000000000 20010db8ffffffffffffffffffffffff",
    );
    expect(single(2, { type: 44, body })).toMatchObject({
      kind: "trafficSelectors",
      selectors: [
        {
          form: "addressRange",
          type: 7,
          protocol: 6,
          startPort: 443,
          endPort: 443,
          start: Uint8Array.of(10, 1, 0, 0),
          end: Uint8Array.of(10, 1, 255, 255),
        },
        { form: "addressRange", type: 8, protocol: 0, startPort: 0, endPort: 65535 },
      ],
    });
  });

  it("reads the other forms", () => {
    const body = fromHex(
      "03 000000" +
        "09 00 0010 00 000001 00 fffffe 00 ff 01 02" + // Fibre Channel
        "0a 00 0008 61 62 63 00" + // security label
        "f1 07 0004", // private, without data
    );
    expect(single(2, { type: 45, body })).toMatchObject({
      selectors: [
        {
          form: "fibreChannel",
          start: 1,
          end: 0xfffffe,
          startRoutingControl: 0,
          endRoutingControl: 255,
          startType: 1,
          endType: 2,
        },
        { form: "other", type: 10, protocol: 0, data: ascii("abc\0") },
        { form: "other", type: 241, protocol: 7, data: new Uint8Array(0) },
      ],
    });
  });

  it("may be none", () => {
    expect(single(2, trafficSelectors([]))).toMatchObject({ selectors: [] });
  });

  const { body } = trafficSelectors([ipv4Selector()]);
  it.each([
    ["a count that is too large", 0, 2, { what: "TS type" }],
    ["a count that is too small", 0, 0, { detail: "16 bytes are left over" }],
    ["a length below its header", 7, 3, { detail: "declares 3 bytes, its header alone has 4" }],
    ["a length beyond the payload", 7, 200, { required: 196, available: 12 }],
    ["a length that cuts an address", 7, 15, { what: "ending address" }],
  ])("refuses %s", (_, at, value, expected) => {
    const broken = Uint8Array.from(body);
    broken[at] = value;
    expect(fault(2, 44, broken)).toMatchObject(expected);
  });

  it("refuses an address range that is too long", () => {
    expect(fault(2, 44, Uint8Array.from([1, 0, 0, 0, 7, 0, 0, 17, ...filler(13)]))).toMatchObject({
      detail: "1 bytes are left over",
    });
  });
});

describe("configuration", () => {
  it("of IKEv2 ignores the reserved bit of an attribute", () => {
    const body = fromHex("02 000000 8001 0004 0a000005 0003 0000");
    expect(single(2, { type: 47, body })).toMatchObject({
      kind: "configuration",
      configType: 2,
      identifier: null,
      attributes: [
        { type: 1, value: 0x0a000005, bytes: Uint8Array.of(10, 0, 0, 5) },
        { type: 3, value: null, bytes: new Uint8Array(0) },
      ],
    });
  });

  it("of IKEv1 has both forms of attributes and an identifier", () => {
    const attributes = [
      { type: 16520, value: 0, bytes: null },
      { type: 16521, value: null, bytes: ascii("user-name") },
    ];
    expect(single(1, attributesV1(1, attributes, 0xabcd))).toMatchObject({
      kind: "configuration",
      type: 14,
      configType: 1,
      identifier: 0xabcd,
      attributes,
    });
  });

  it("refuses an attribute that is too long", () => {
    expect(fault(2, 47, fromHex("01 000000 0001 0005 0a000005"))).toMatchObject({
      declaredBy: "IKE attribute length",
      required: 5,
      available: 4,
    });
    expect(single(2, configuration(1, []))).toMatchObject({ attributes: [] });
  });
});

describe("EAP", () => {
  it("has a type in requests and responses, and nowhere else", () => {
    expect(single(2, eap({ code: 1, identifier: 7, method: 26, data: filler(5) }))).toMatchObject({
      kind: "eap",
      code: 1,
      identifier: 7,
      messageLength: 10,
      method: 26,
      vendor: null,
      data: filler(5),
    });
    expect(single(2, eap({ code: 4, method: null }))).toMatchObject({
      code: 4,
      messageLength: 4,
      method: null,
    });
    expect(single(2, { type: 48, body: fromHex("03 01 0005 1a") })).toMatchObject({
      method: null,
      data: fromHex("1a"),
    });
    expect(single(2, { type: 48, body: fromHex("01 01 0004") })).toMatchObject({ method: null });
  });

  it("has a vendor in expanded types that are whole", () => {
    const vendor = { id: 10415, type: 3 };
    expect(single(2, eap({ method: 254, vendor, data: filler(3) }))).toMatchObject({
      method: 254,
      vendor,
      data: filler(3),
    });
    const cut = { type: 48, body: Uint8Array.from([1, 1, 0, 11, 254, ...filler(6)]) };
    expect(single(2, cut)).toMatchObject({ method: 254, vendor: null, data: filler(6) });
  });

  it("keeps a length that lies", () => {
    expect(single(2, eap({ messageLength: 9999 }))).toMatchObject({ messageLength: 9999 });
    expect(fault(2, 48, filler(3))).toMatchObject({ what: "EAP length" });
  });
});

it("puzzle solution", () => {
  expect(single(2, puzzleSolution(u32(7)))).toMatchObject({ kind: "puzzleSolution", data: u32(7) });
});
