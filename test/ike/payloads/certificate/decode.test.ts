import { expect, it } from "vitest";
import { filler } from "../../../support/ike/bytes.js";
import { faultOf, onlyPayload } from "../../../support/ike/payload-of.js";
import { certificateV1 } from "../../../support/ike/payloads-v1.js";
import { certificate } from "../../../support/ike/payloads-v2.js";

it("has an encoding in both versions", () => {
  expect(onlyPayload(2, certificate(12, filler(40)))).toMatchObject({
    kind: "certificate",
    encoding: 12,
    data: filler(40),
  });
  expect(onlyPayload(1, certificateV1(4, filler(9)))).toMatchObject({
    kind: "certificate",
    type: 6,
    encoding: 4,
  });
  expect(faultOf(2, 37, new Uint8Array(0))).toMatchObject({ required: 1, available: 0 });
});
