import { expect, it } from "vitest";
import { fromHex } from "../../../../src/bytes/hex.js";
import { ascii } from "../../../support/ike/bytes.js";
import { faultOf, onlyPayload } from "../../../support/ike/payload-of.js";
import { attributesV1 } from "../../../support/ike/payloads-v1.js";
import { configuration } from "../../../support/ike/payloads-v2.js";

it("of IKEv2 ignores the reserved bit of an attribute", () => {
  const body = fromHex("02 000000 8001 0004 0a000005 0003 0000");
  expect(onlyPayload(2, { type: 47, body })).toMatchObject({
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
  expect(onlyPayload(1, attributesV1(1, attributes, 0xabcd))).toMatchObject({
    kind: "configuration",
    type: 14,
    configType: 1,
    identifier: 0xabcd,
    attributes,
  });
});

it("refuses an attribute that is too long", () => {
  expect(faultOf(2, 47, fromHex("01 000000 0001 0005 0a000005"))).toMatchObject({
    declaredBy: "IKE attribute length",
    required: 5,
    available: 4,
  });
  expect(onlyPayload(2, configuration(1, []))).toMatchObject({ attributes: [] });
});
