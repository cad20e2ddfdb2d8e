import { expect, it } from "vitest";
import { onlyPayload } from "../../../support/ike/payload-of.js";
import { natOa } from "../../../support/ike/payloads-v1.js";

it("has a type in the RFC and two in the drafts", () => {
  for (const type of [21, 131, 16]) {
    expect(onlyPayload(1, natOa(1, Uint8Array.of(10, 0, 0, 1), type))).toMatchObject({
      kind: "natOriginalAddress",
      type,
      idType: 1,
      address: Uint8Array.of(10, 0, 0, 1),
    });
  }
});
