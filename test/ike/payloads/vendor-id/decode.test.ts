import { expect, it } from "vitest";
import { fromHex } from "../../../../src/bytes/hex.js";
import { filler } from "../../../support/ike/bytes.js";
import { onlyPayload } from "../../../support/ike/payload-of.js";
import { vendorIdV1 } from "../../../support/ike/payloads-v1.js";
import { vendorId } from "../../../support/ike/payloads-v2.js";

it("is all data", () => {
  expect(onlyPayload(2, vendorId("afcad713"))).toMatchObject({ kind: "vendorId", data: fromHex("afcad713") });
});

it("is the same in IKEv1", () => {
  expect(onlyPayload(1, vendorIdV1(filler(20)))).toMatchObject({ kind: "vendorId", data: filler(20) });
});
