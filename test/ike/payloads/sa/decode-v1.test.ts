import { expect, it } from "vitest";
import { fromHex } from "../../../../src/bytes/hex.js";
import { decodeIke } from "../../../../src/ike/decode.js";
import { filler, u32 } from "../../../support/ike/bytes.js";
import { onlyPayload, payloadsOf } from "../../../support/ike/payload-of.js";
import { COMMON_PHASE1, phase1Transform, proposalsV1, saV1 } from "../../../support/ike/payloads-v1.js";

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
  expect(onlyPayload(1, saV1([COMMON_PHASE1, other]))).toMatchObject({
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
  expect(onlyPayload(1, proposalsV1([proposal]))).toMatchObject({ proposals: [proposal] });
});

it("leaves the payload of another DOI as it is", () => {
  const body = new Uint8Array([...u32(2), ...filler(20)]);
  expect(onlyPayload(1, { type: 1, body })).toMatchObject({ kind: "opaque", type: 1, body });
});

it("says that labelled situations are not decoded", () => {
  const body = new Uint8Array([...u32(1), ...u32(3), ...filler(20)]);
  expect(payloadsOf(1, { type: 1, body }).problem).toMatchObject({ what: "situation", offset: 12 });
});
