import { expect, it } from "vitest";
import { filler } from "../../../support/ike/bytes.js";
import { onlyPayload, payloadsOf } from "../../../support/ike/payload-of.js";
import { keV1 } from "../../../support/ike/payloads-v1.js";
import { ke } from "../../../support/ike/payloads-v2.js";

it("has a group in IKEv2", () => {
  expect(onlyPayload(2, ke(31, filler(32)))).toMatchObject({ kind: "ke", group: 31, data: filler(32) });
  expect(payloadsOf(2, { type: 34, body: filler(3) }).problem).toMatchObject({ required: 2, available: 1 });
});

it("has none in IKEv1", () => {
  expect(onlyPayload(1, keV1(filler(128)))).toMatchObject({ kind: "ke", group: null, data: filler(128) });
});
