import { expect, it } from "vitest";
import { ascii, filler } from "../../../support/ike/bytes.js";
import { faultOf, onlyPayload } from "../../../support/ike/payload-of.js";
import { identificationV1 } from "../../../support/ike/payloads-v1.js";
import { identification } from "../../../support/ike/payloads-v2.js";

it("of IKEv2 has a type and data", () => {
  expect(onlyPayload(2, identification(3, ascii("a@b.example"), 36))).toMatchObject({
    kind: "identification",
    type: 36,
    idType: 3,
    protocol: null,
    port: null,
    data: ascii("a@b.example"),
  });
  expect(faultOf(2, 35, filler(3))).toMatchObject({ required: 3, available: 2 });
});

it("of IKEv1 has a protocol and a port too", () => {
  const network = Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0);
  expect(onlyPayload(1, identificationV1(4, network, 17, 1701))).toMatchObject({
    kind: "identification",
    idType: 4,
    protocol: 17,
    port: 1701,
    data: network,
  });
});
