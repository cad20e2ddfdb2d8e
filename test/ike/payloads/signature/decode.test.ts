import { expect, it } from "vitest";
import { filler } from "../../../support/ike/bytes.js";
import { onlyPayload } from "../../../support/ike/payload-of.js";
import { signatureV1 } from "../../../support/ike/payloads-v1.js";

it("is all data", () => {
  expect(onlyPayload(1, signatureV1(filler(64)))).toMatchObject({ kind: "signature", data: filler(64) });
});
