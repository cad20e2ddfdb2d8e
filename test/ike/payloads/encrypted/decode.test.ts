import { expect, it } from "vitest";
import { filler } from "../../../support/ike/bytes.js";
import { onlyPayload } from "../../../support/ike/payload-of.js";
import { sk, skf } from "../../../support/ike/payloads-v2.js";

it("is SK or, with a number and a total, SKF", () => {
  expect(onlyPayload(2, sk(60, 35))).toMatchObject({
    kind: "encrypted",
    innerType: 35,
    body: filler(60, 11),
    fragment: null,
  });
  expect(onlyPayload(2, skf(2, 5, 60))).toMatchObject({
    kind: "encrypted",
    innerType: 0,
    body: filler(60, 2),
    fragment: { number: 2, total: 5 },
  });
});
