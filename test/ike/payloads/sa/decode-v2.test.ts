import { expect, it } from "vitest";
import type { Payload } from "../../../../src/ike/message.js";
import { fromHex } from "../../../../src/bytes/hex.js";
import { decodeIke } from "../../../../src/ike/decode.js";
import { filler } from "../../../support/ike/bytes.js";
import { type PayloadBytes } from "../../../support/ike/message.js";
import { onlyPayload, payloadsOf } from "../../../support/ike/payload-of.js";
import { proposal, sa, transform } from "../../../support/ike/payloads-v2.js";

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
  expect(onlyPayload(2, sa([first, second]))).toMatchObject({
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
  expect(valueOf(onlyPayload(2, offer()))).toBeNull();
  expect(valueOf(onlyPayload(2, offer(1, 2, 3, 4)))).toBe(0x01020304);
  expect(valueOf(onlyPayload(2, offer(255, 255, 255, 255, 255, 255)))).toBe(2 ** 48 - 1);
  expect(valueOf(onlyPayload(2, offer(1, 2, 3, 4, 5, 6, 7)))).toBeNull();
});

it("reads a proposal without transforms", () => {
  expect(onlyPayload(2, sa([proposal({})]))).toMatchObject({ proposals: [{ transforms: [] }] });
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
  const { payloads, problem } = payloadsOf(2, { type: 33, body });
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
  const { problem } = payloadsOf(2, { type: 33, body });
  expect(problem?.declaredBy).toBe(declaredBy);
  expect(problem?.required).toBeGreaterThan(problem?.available ?? 0);
});

it("refuses an empty payload", () => {
  expect(payloadsOf(2, { type: 33, body: new Uint8Array(0) }).problem).toMatchObject({
    offset: 4,
    required: 1,
  });
});

it("a transform helper writes what it says", () => {
  expect(transform(1, 12, 256).attributes).toEqual([{ type: 14, value: 256, bytes: null }]);
});
