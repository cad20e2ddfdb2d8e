import { expect, it } from "vitest";
import { filler } from "../../../support/ike/bytes.js";
import { onlyPayload } from "../../../support/ike/payload-of.js";
import { natD } from "../../../support/ike/payloads-v1.js";

it("has a type in the RFC and two in the drafts", () => {
  expect(onlyPayload(1, natD(filler(32)))).toMatchObject({
    kind: "natDetection",
    type: 20,
    hash: filler(32),
  });
  expect(onlyPayload(1, natD(filler(16), true))).toMatchObject({ kind: "natDetection", type: 130 });
  expect(onlyPayload(1, { type: 15, body: filler(20) })).toMatchObject({ kind: "natDetection", type: 15 });
});
