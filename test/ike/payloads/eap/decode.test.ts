import { expect, it } from "vitest";
import { fromHex } from "../../../../src/bytes/hex.js";
import { filler } from "../../../support/ike/bytes.js";
import { faultOf, onlyPayload } from "../../../support/ike/payload-of.js";
import { eap } from "../../../support/ike/payloads-v2.js";

it("has a type in requests and responses, and nowhere else", () => {
  expect(onlyPayload(2, eap({ code: 1, identifier: 7, method: 26, data: filler(5) }))).toMatchObject({
    kind: "eap",
    code: 1,
    identifier: 7,
    messageLength: 10,
    method: 26,
    vendor: null,
    data: filler(5),
  });
  expect(onlyPayload(2, eap({ code: 4, method: null }))).toMatchObject({
    code: 4,
    messageLength: 4,
    method: null,
  });
  expect(onlyPayload(2, { type: 48, body: fromHex("03 01 0005 1a") })).toMatchObject({
    method: null,
    data: fromHex("1a"),
  });
  expect(onlyPayload(2, { type: 48, body: fromHex("01 01 0004") })).toMatchObject({ method: null });
});

it("has a vendor in expanded types that are whole", () => {
  const vendor = { id: 10415, type: 3 };
  expect(onlyPayload(2, eap({ method: 254, vendor, data: filler(3) }))).toMatchObject({
    method: 254,
    vendor,
    data: filler(3),
  });
  const cut = { type: 48, body: Uint8Array.from([1, 1, 0, 11, 254, ...filler(6)]) };
  expect(onlyPayload(2, cut)).toMatchObject({ method: 254, vendor: null, data: filler(6) });
});

it("keeps a length that lies", () => {
  expect(onlyPayload(2, eap({ messageLength: 9999 }))).toMatchObject({ messageLength: 9999 });
  expect(faultOf(2, 48, filler(3))).toMatchObject({ what: "EAP length" });
});
