import { expect, it } from "vitest";
import { decodePayloads } from "../../src/ike/decode.js";
import { filler } from "../support/ike/bytes.js";
import { chainBytes } from "../support/ike/message.js";
import { hashV1 } from "../support/ike/payloads-v1.js";
import { identification, nonce } from "../support/ike/payloads-v2.js";

it("may be empty", () => {
  expect(decodePayloads(2, 0, new Uint8Array(0))).toEqual({ payloads: [], problem: null });
});

it("counts offsets from its start", () => {
  const { payloads } = decodePayloads(2, 35, chainBytes([identification(), nonce()]));
  expect(payloads.map(({ offset }) => offset)).toEqual([0, 18]);
});

it("of IKEv2 has no padding, of IKEv1 any", () => {
  const chain = chainBytes([hashV1(filler(20))]);
  const padded = Uint8Array.from([...chain, ...filler(9)]);
  expect(decodePayloads(1, 8, padded)).toMatchObject({ payloads: [{ kind: "hash" }], problem: null });
  const inner = Uint8Array.from([...chainBytes([nonce(filler(20))]), 0]);
  expect(decodePayloads(2, 40, inner).problem).toMatchObject({ offset: 24 });
});

it("keeps what comes before a fault", () => {
  const bytes = chainBytes([nonce(), { ...identification(), declaredLength: 500 }]);
  expect(decodePayloads(2, 40, bytes)).toMatchObject({
    payloads: [{ kind: "nonce" }, { kind: "opaque", type: 35 }],
    problem: { offset: 36, required: 500 },
  });
});
