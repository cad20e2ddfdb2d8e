import { expect, it } from "vitest";
import { u32 } from "../../../support/ike/bytes.js";
import { onlyPayload } from "../../../support/ike/payload-of.js";
import { puzzleSolution } from "../../../support/ike/payloads-v2.js";

it("is all data", () => {
  expect(onlyPayload(2, puzzleSolution(u32(7)))).toMatchObject({ kind: "puzzleSolution", data: u32(7) });
});
