import { describe, expect, it } from "vitest";
import { fromHex } from "../../src/bytes/hex.js";
import { decodeIke } from "../../src/ike/decode.js";
import type { IkeMessage, Payload } from "../../src/ike/message.js";
import { filler, u32 } from "../support/ike/bytes.js";
import { ikeMessage, type PayloadBytes } from "../support/ike/message.js";
import {
  certificateRequestV1,
  COMMON_PHASE1,
  deleteV1,
  fragmentV1,
  keV1,
  natD,
  nonceV1,
  notifyV1,
  phase1Transform,
  proposalsV1,
  saV1,
  vendorIdV1,
} from "../support/ike/payloads-v1.js";

function decode(payload: PayloadBytes): IkeMessage {
  const result = decodeIke(ikeMessage({ version: 1, exchange: 2, payloads: [payload] }));
  if (!result.ok) throw new Error("no header");
  return result.message;
}

function single(payload: PayloadBytes): Payload {
  const { payloads, problem } = decode(payload);
  expect(problem).toBeNull();
  const [only] = payloads;
  if (only === undefined || payloads.length !== 1) throw new Error("not one payload");
  return only;
}

describe("SA", () => {
  it("reads a message written out by hand", () => {
    const bytes = fromHex(
      "0102030405060708 0000000000000000 01 10 02 00 00000000 00000054" + // header, 84 bytes
        "00 00 0038 00000001 00000001" + // SA, 56 bytes, IPsec DOI, identity only
        "00 00 002c 01 01 00 01" + // last proposal, 44 bytes, number 1, ISAKMP, no SPI, 1 transform
        "00 00 0024 01 01 0000" + // last transform, 36 bytes, number 1, KEY_IKE
        "8001 0007 800e 0080 8002 0002" + // AES-CBC, 128 bits, SHA
        "8003 0001 8004 0002 800b 0001" + // PSK, group 2, seconds
        "800c 7080", // 28800
    );
    const result = decodeIke(bytes);
    expect(result).toMatchObject({ ok: true, message: { problem: null } });
    expect(result.ok && result.message.payloads).toMatchObject([
      {
        kind: "sa",
        doi: 1,
        situation: 1,
        proposals: [
          {
            number: 1,
            protocol: 1,
            spi: new Uint8Array(0),
            transforms: [
              {
                type: 0,
                id: 1,
                number: 1,
                attributes: [
                  { type: 1, value: 7 },
                  { type: 14, value: 128 },
                  { type: 2, value: 2 },
                  { type: 3, value: 1 },
                  { type: 4, value: 2 },
                  { type: 11, value: 1 },
                  { type: 12, value: 28800 },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  it("reads several transforms and lifetimes in the variable form", () => {
    const other = { ...COMMON_PHASE1, seconds: 86400, kilobytes: 4608000 };
    expect(single(saV1([COMMON_PHASE1, other]))).toMatchObject({
      kind: "sa",
      proposals: [{ transforms: [phase1Transform(COMMON_PHASE1, 1), phase1Transform(other, 2)] }],
    });
  });

  it("reads phase 2 proposals with SPI", () => {
    const proposal = {
      number: 1,
      protocol: 3,
      spi: filler(4),
      transforms: [{ type: 0, id: 12, number: 1, attributes: [{ type: 4, value: 1, bytes: null }] }],
    };
    expect(single(proposalsV1([proposal]))).toMatchObject({ proposals: [proposal] });
  });

  it("leaves the payload of another DOI as it is", () => {
    const body = new Uint8Array([...u32(2), ...filler(20)]);
    expect(single({ type: 1, body })).toMatchObject({ kind: "opaque", type: 1, body });
  });

  it("says that labelled situations are not decoded", () => {
    const body = new Uint8Array([...u32(1), ...u32(3), ...filler(20)]);
    expect(decode({ type: 1, body }).problem).toMatchObject({ what: "situation", offset: 40 });
  });
});

describe("other payloads", () => {
  it("KE and Nonce", () => {
    expect(single(keV1(filler(128)))).toMatchObject({ kind: "ke", group: null, data: filler(128) });
    expect(single(nonceV1(filler(16)))).toMatchObject({ kind: "nonce", data: filler(16) });
  });

  it("Notification", () => {
    const spi = filler(16, 3);
    expect(single(notifyV1(36136, { spi, data: u32(77) }))).toMatchObject({
      kind: "notify",
      doi: 1,
      protocol: 1,
      spi,
      notifyType: 36136,
      data: u32(77),
    });
    expect(decode({ type: 11, body: filler(3) }).problem).toMatchObject({ required: 4, available: 3 });
  });

  it("Delete", () => {
    expect(single(deleteV1(1, [filler(16)]))).toMatchObject({
      kind: "delete",
      doi: 1,
      protocol: 1,
      spis: [filler(16)],
    });
  });

  it("Vendor ID and Certificate Request", () => {
    expect(single(vendorIdV1(filler(20)))).toMatchObject({ kind: "vendorId", data: filler(20) });
    expect(single(certificateRequestV1())).toMatchObject({ encoding: 4, authority: new Uint8Array(0) });
  });

  it("NAT-D of the RFC and of the drafts", () => {
    expect(single(natD(filler(32)))).toMatchObject({ kind: "natDetection", type: 20, hash: filler(32) });
    expect(single(natD(filler(16), true))).toMatchObject({ kind: "natDetection", type: 130 });
    expect(single({ type: 15, body: filler(20) })).toMatchObject({ kind: "natDetection", type: 15 });
  });

  it("fragment", () => {
    expect(single(fragmentV1(1, 2, true, filler(50)))).toMatchObject({
      kind: "fragmentV1",
      id: 1,
      number: 2,
      last: true,
      data: filler(50),
    });
  });

  it("Notification of AuthIP, which has flags in place of the SPI size", () => {
    const body = fromHex("00000001 01 01 7fff aabbccdd");
    const read = (exchange: number): IkeMessage => {
      const result = decodeIke(ikeMessage({ version: 1, exchange, payloads: [{ type: 11, body }] }));
      if (!result.ok) throw new Error("no header");
      return result.message;
    };
    for (const exchange of [243, 244, 245, 246]) {
      expect(read(exchange).payloads).toMatchObject([
        { kind: "notify", notifyType: 0x7fff, spi: new Uint8Array(0), data: fromHex("aabbccdd") },
      ]);
    }
    for (const exchange of [5, 242, 247]) {
      expect(read(exchange).payloads).toMatchObject([{ spi: fromHex("aa"), data: fromHex("bbccdd") }]);
    }
  });

  it("never take the reserved byte for the critical bit of IKEv2", () => {
    expect(single({ ...nonceV1(), critical: true })).toMatchObject({ critical: false });
  });
});
