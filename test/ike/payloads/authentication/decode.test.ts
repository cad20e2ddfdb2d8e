import { expect, it } from "vitest";
import { filler } from "../../../support/ike/bytes.js";
import { onlyPayload } from "../../../support/ike/payload-of.js";
import { authentication } from "../../../support/ike/payloads-v2.js";

it("has a method", () => {
  expect(onlyPayload(2, authentication(14, filler(9)))).toMatchObject({
    kind: "authentication",
    method: 14,
    data: filler(9),
  });
});
