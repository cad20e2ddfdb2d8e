import { expect, it } from "vitest";
import type { IkeMessage } from "../../../../src/ike/message.js";
import { fromHex } from "../../../../src/bytes/hex.js";
import { decodeIke } from "../../../../src/ike/decode.js";
import { filler, u32 } from "../../../support/ike/bytes.js";
import { ikeMessage } from "../../../support/ike/message.js";
import { onlyPayload, payloadsOf } from "../../../support/ike/payload-of.js";
import { notifyV1 } from "../../../support/ike/payloads-v1.js";
import { notify } from "../../../support/ike/payloads-v2.js";

it("of IKEv2 has no DOI", () => {
  const spi = filler(4, 9);
  expect(onlyPayload(2, notify(16393, { protocol: 3, spi, data: filler(6) }))).toMatchObject({
    kind: "notify",
    doi: null,
    protocol: 3,
    spi,
    notifyType: 16393,
    data: filler(6),
  });
  expect(payloadsOf(2, { type: 41, body: Uint8Array.of(3, 200, 0, 14, 1, 2) }).problem).toMatchObject({
    what: "SPI",
    required: 200,
    available: 2,
  });
});

it("of IKEv1 has a DOI", () => {
  const spi = filler(16, 3);
  expect(onlyPayload(1, notifyV1(36136, { spi, data: u32(77) }))).toMatchObject({
    kind: "notify",
    doi: 1,
    protocol: 1,
    spi,
    notifyType: 36136,
    data: u32(77),
  });
  expect(payloadsOf(1, { type: 11, body: filler(3) }).problem).toMatchObject({ required: 4, available: 3 });
});

it("of AuthIP has flags in place of the SPI size", () => {
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
