import { expect, it } from "vitest";
import { filler } from "../../../support/ike/bytes.js";
import { onlyPayload } from "../../../support/ike/payload-of.js";
import { fragmentV1 } from "../../../support/ike/payloads-v1.js";

it("has an identifier, a number and a mark for the last", () => {
  expect(onlyPayload(1, fragmentV1(1, 2, true, filler(50)))).toMatchObject({
    kind: "fragmentV1",
    id: 1,
    number: 2,
    last: true,
    data: filler(50),
  });
});
