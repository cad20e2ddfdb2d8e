import { describe, expect, it } from "vitest";
import { fromHex } from "../../src/bytes/hex.js";
import { decodeIke } from "../../src/ike/decode.js";
import type { IkeMessage, Payload } from "../../src/ike/message.js";
import { filler } from "../support/ike/bytes.js";
import { ikeMessage, type PayloadBytes } from "../support/ike/message.js";
import {
  certificateRequest,
  deleteSas,
  ke,
  nonce,
  notify,
  proposal,
  sa,
  sk,
  skf,
  transform,
  vendorId,
} from "../support/ike/payloads-v2.js";

function decode(payload: PayloadBytes): IkeMessage {
  const result = decodeIke(ikeMessage({ exchange: 34, payloads: [payload] }));
  if (!result.ok) throw new Error("no header");
  return result.message;
}

/** The payload as decoded, without fault. */
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
      "0102030405060708 0000000000000000 21 20 22 08 00000000 00000054" + // header, 84 bytes
        "00 00 0038" + // SA, 56 bytes
        "00 00 0034 01 01 04 04 a1a2a3a4" + // last proposal, 52 bytes, number 1, IKE, 4-byte SPI, 4 transforms
        "03 00 000c 01 00 000c 800e 0100" + // ENCR AES-CBC, key length 256
        "03 00 0008 02 00 0005" + // PRF HMAC-SHA2-256
        "03 00 0008 03 00 000c" + // INTEG HMAC-SHA2-256-128
        "00 00 000c 04 00 000e 4abc 0000", // KE MODP-2048 with an empty attribute in the variable form
    );
    const result = decodeIke(bytes);
    expect(result).toMatchObject({ ok: true, message: { problem: null, available: 84 } });
    const attribute = (type: number, value: number | null, bytes: Uint8Array | null) => ({
      type,
      value,
      bytes,
    });
    expect(result.ok && result.message.payloads).toEqual([
      {
        kind: "sa",
        type: 33,
        offset: 28,
        length: 56,
        critical: false,
        doi: null,
        situation: null,
        proposals: [
          {
            number: 1,
            protocol: 1,
            spi: fromHex("a1a2a3a4"),
            transforms: [
              { type: 1, id: 12, number: 0, attributes: [attribute(14, 256, null)] },
              { type: 2, id: 5, number: 0, attributes: [] },
              { type: 3, id: 12, number: 0, attributes: [] },
              { type: 4, id: 14, number: 0, attributes: [attribute(0x4abc, null, new Uint8Array(0))] },
            ],
          },
        ],
      },
    ]);
  });

  it("reads proposals, alternatives, SPI and key lengths", () => {
    const first = proposal({
      encr: [
        [12, 256],
        [12, 128],
      ],
      integ: [12, 2],
      prf: [5],
      group: [14, 19],
    });
    const second = proposal({ number: 2, protocol: 3, spi: filler(4), encr: [[20, 256]], esn: [0, 1] });
    expect(single(sa([first, second]))).toMatchObject({
      kind: "sa",
      doi: null,
      situation: null,
      proposals: [first, second],
    });
  });

  it("reads the variable form of an attribute, with its value up to 48 bits", () => {
    const withBytes = (...bytes: number[]) => ({
      type: 1,
      id: 12,
      number: 0,
      attributes: [{ type: 20, value: null, bytes: Uint8Array.from(bytes) }],
    });
    const valueOf = (payload: Payload): number | null | undefined =>
      payload.kind === "sa" ? payload.proposals[0]?.transforms[0]?.attributes[0]?.value : undefined;
    const offer = (...bytes: number[]): PayloadBytes => sa([proposal({ others: [withBytes(...bytes)] })]);
    expect(valueOf(single(offer()))).toBeNull();
    expect(valueOf(single(offer(1, 2, 3, 4)))).toBe(0x01020304);
    expect(valueOf(single(offer(255, 255, 255, 255, 255, 255)))).toBe(2 ** 48 - 1);
    expect(valueOf(single(offer(1, 2, 3, 4, 5, 6, 7)))).toBeNull();
  });

  it("reads a proposal without transforms", () => {
    expect(single(sa([proposal({})]))).toMatchObject({ proposals: [{ transforms: [] }] });
  });

  const whole = sa([proposal({ encr: [[12, 256]], prf: [5] }), proposal({ number: 2, prf: [7] })]).body;
  it.each([
    ["a chain mark that does not exist", 0, 1, "chain mark 1 instead of 0 or 2"],
    ["a last mark with proposals behind it", 0, 0, "bytes are left over"],
    ["a proposal shorter than its header", 3, 7, "its header alone has 8"],
    ["a number of transforms that lies", 7, 3, "declares 3 transforms, has 2"],
    ["a transform mark that does not exist", 8, 2, "chain mark 2 instead of 0 or 3"],
    ["a transform shorter than its header", 11, 4, "its header alone has 8"],
  ])("refuses %s", (_, at, value, detail) => {
    const body = Uint8Array.from(whole);
    body[at] = value;
    const { payloads, problem } = decode({ type: 33, body });
    expect(payloads).toMatchObject([{ kind: "opaque", type: 33 }]);
    expect(problem?.detail).toContain(detail);
  });

  it.each([
    ["proposal", 3, "IKE proposal length"],
    ["SPI", 6, "IKE SPI size"],
    ["transform", 11, "IKE transform length"],
  ])("names the %s length that is too large", (_, at, declaredBy) => {
    const body = Uint8Array.from(whole);
    body[at] = 200;
    const { problem } = decode({ type: 33, body });
    expect(problem?.declaredBy).toBe(declaredBy);
    expect(problem?.required).toBeGreaterThan(problem?.available ?? 0);
  });

  it("refuses an empty payload", () => {
    expect(decode({ type: 33, body: new Uint8Array(0) }).problem).toMatchObject({ offset: 32, required: 1 });
  });
});

describe("other payloads", () => {
  it("KE", () => {
    expect(single(ke(31, filler(32)))).toMatchObject({ kind: "ke", group: 31, data: filler(32) });
    expect(decode({ type: 34, body: filler(3) }).problem).toMatchObject({ required: 2, available: 1 });
  });

  it("Nonce", () => {
    expect(single(nonce(filler(24)))).toMatchObject({ kind: "nonce", data: filler(24) });
  });

  it("Notify", () => {
    const spi = filler(4, 9);
    expect(single(notify(16393, { protocol: 3, spi, data: filler(6) }))).toMatchObject({
      kind: "notify",
      doi: null,
      protocol: 3,
      spi,
      notifyType: 16393,
      data: filler(6),
    });
    expect(decode({ type: 41, body: Uint8Array.of(3, 200, 0, 14, 1, 2) }).problem).toMatchObject({
      what: "SPI",
      required: 200,
      available: 2,
    });
  });

  it("Delete", () => {
    expect(single(deleteSas(1))).toMatchObject({ kind: "delete", protocol: 1, spis: [] });
    const spis = [filler(4, 1), filler(4, 2)];
    expect(single(deleteSas(3, spis))).toMatchObject({ kind: "delete", doi: null, protocol: 3, spis });
  });

  it("Delete with a count that lies", () => {
    const claim = (size: number, count: number, rest: number): unknown =>
      decode({ type: 42, body: Uint8Array.of(3, size, count >> 8, count & 0xff, ...filler(rest)) }).problem;
    expect(claim(4, 65535, 8)).toMatchObject({ what: "SPIs", required: 262140, available: 8 });
    expect(claim(0, 65535, 0)).toMatchObject({ detail: "65535 SPIs of no bytes" });
    expect(claim(4, 1, 8)).toMatchObject({ detail: "4 bytes are left over" });
  });

  it("Vendor ID", () => {
    expect(single(vendorId("afcad713"))).toMatchObject({ kind: "vendorId", data: fromHex("afcad713") });
  });

  it("CERTREQ", () => {
    expect(single(certificateRequest(4, filler(40)))).toMatchObject({
      kind: "certificateRequest",
      encoding: 4,
      authority: filler(40),
    });
    expect(decode({ type: 38, body: new Uint8Array(0) }).problem).not.toBeNull();
  });

  it("SK and SKF", () => {
    expect(single(sk(60, 35))).toMatchObject({
      kind: "encrypted",
      innerType: 35,
      body: filler(60, 11),
      fragment: null,
    });
    expect(single(skf(2, 5, 60))).toMatchObject({
      kind: "encrypted",
      innerType: 0,
      body: filler(60, 2),
      fragment: { number: 2, total: 5 },
    });
  });
});

it("a transform helper writes what it says", () => {
  expect(transform(1, 12, 256).attributes).toEqual([{ type: 14, value: 256, bytes: null }]);
});
