import { describe, expect, it } from "vitest";
import { decodeIke } from "../../../../src/ike/decode.js";
import type { SaPayload } from "../../../../src/ike/message.js";
import { cutOfferV1 } from "../../../../src/ike/payloads/sa/cut.js";
import { ikeMessage, type PayloadBytes } from "../../../support/ike/message.js";
import { COMMON_PHASE1, saV1, vendorIdV1 } from "../../../support/ike/payloads-v1.js";

/** IKE header, SA header with DOI and situation, proposal header. */
const BEFORE_TRANSFORMS = 28 + 12 + 8;
/** Transform header, six basic attributes and the lifetime of four bytes. */
const TRANSFORM = 8 + 6 * 4 + 8;

function cutAt(bytes: number, ...payloads: readonly PayloadBytes[]): SaPayload | null {
  const message = ikeMessage({ version: 1, exchange: 2, payloads });
  const decoded = decodeIke(message.subarray(0, bytes));
  return decoded.ok ? cutOfferV1(decoded.message) : null;
}

describe("the offer of a main mode 1 that the snap length cut", () => {
  const offer = saV1([COMMON_PHASE1, { ...COMMON_PHASE1, group: 5 }]);

  it("has the transforms that were captured whole", () => {
    const cut = cutAt(BEFORE_TRANSFORMS + TRANSFORM + 20, offer);
    const [proposal, ...others] = cut?.proposals ?? [];
    expect([cut?.doi, proposal?.number, proposal?.protocol, others]).toEqual([1, 1, 1, []]);
    expect(proposal?.transforms.map(({ attributes }) => attributes.map(({ type }) => type))).toEqual([
      [1, 14, 2, 4, 3, 11, 12],
    ]);
  });

  it("is not known without a whole transform, whole, or with more payloads", () => {
    expect(cutAt(BEFORE_TRANSFORMS + TRANSFORM - 1, offer)).toBeNull();
    expect(cutAt(1000, offer)).toBeNull();
    expect(cutAt(BEFORE_TRANSFORMS + TRANSFORM + 20, offer, vendorIdV1(new Uint8Array(16)))).toBeNull();
  });
});
