import { expect, it } from "vitest";
import { filler } from "../../../support/ike/bytes.js";
import { onlyPayload } from "../../../support/ike/payload-of.js";
import { hashV1 } from "../../../support/ike/payloads-v1.js";

it("is all data", () => {
  expect(onlyPayload(1, hashV1(filler(20)))).toMatchObject({ kind: "hash", data: filler(20) });
});
