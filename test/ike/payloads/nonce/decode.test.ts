import { expect, it } from "vitest";
import { filler } from "../../../support/ike/bytes.js";
import { onlyPayload } from "../../../support/ike/payload-of.js";
import { nonceV1 } from "../../../support/ike/payloads-v1.js";
import { nonce } from "../../../support/ike/payloads-v2.js";

it("is all data", () => {
  expect(onlyPayload(2, nonce(filler(24)))).toMatchObject({ kind: "nonce", data: filler(24) });
});

it("is the same in IKEv1", () => {
  expect(onlyPayload(1, nonceV1(filler(16)))).toMatchObject({ kind: "nonce", data: filler(16) });
});

it("never takes the reserved byte for the critical bit of IKEv2", () => {
  expect(onlyPayload(1, { ...nonceV1(), critical: true })).toMatchObject({ critical: false });
});
