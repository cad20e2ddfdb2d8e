import { expect, it } from "vitest";
import { filler } from "../../../support/ike/bytes.js";
import { onlyPayload, payloadsOf } from "../../../support/ike/payload-of.js";
import { deleteV1 } from "../../../support/ike/payloads-v1.js";
import { deleteSas } from "../../../support/ike/payloads-v2.js";

it("of IKEv2 names SPIs, or none", () => {
  expect(onlyPayload(2, deleteSas(1))).toMatchObject({ kind: "delete", protocol: 1, spis: [] });
  const spis = [filler(4, 1), filler(4, 2)];
  expect(onlyPayload(2, deleteSas(3, spis))).toMatchObject({ kind: "delete", doi: null, protocol: 3, spis });
});

it("of IKEv1 has a DOI", () => {
  expect(onlyPayload(1, deleteV1(1, [filler(16)]))).toMatchObject({
    kind: "delete",
    doi: 1,
    protocol: 1,
    spis: [filler(16)],
  });
});

it("refuses a count that lies", () => {
  const claim = (size: number, count: number, rest: number): unknown =>
    payloadsOf(2, { type: 42, body: Uint8Array.of(3, size, count >> 8, count & 0xff, ...filler(rest)) })
      .problem;
  expect(claim(4, 65535, 8)).toMatchObject({ what: "SPIs", required: 262140, available: 8 });
  expect(claim(0, 65535, 0)).toMatchObject({ detail: "65535 SPIs of no bytes" });
  expect(claim(4, 1, 8)).toMatchObject({ detail: "4 bytes are left over" });
});
