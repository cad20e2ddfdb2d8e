import { expect, it } from "vitest";
import { filler } from "../../../support/ike/bytes.js";
import { onlyPayload, payloadsOf } from "../../../support/ike/payload-of.js";
import { certificateRequestV1 } from "../../../support/ike/payloads-v1.js";
import { certificateRequest } from "../../../support/ike/payloads-v2.js";

it("has an encoding and an authority", () => {
  expect(onlyPayload(2, certificateRequest(4, filler(40)))).toMatchObject({
    kind: "certificateRequest",
    encoding: 4,
    authority: filler(40),
  });
  expect(payloadsOf(2, { type: 38, body: new Uint8Array(0) }).problem).not.toBeNull();
});

it("of IKEv1 may name no authority", () => {
  expect(onlyPayload(1, certificateRequestV1())).toMatchObject({ encoding: 4, authority: new Uint8Array(0) });
});
