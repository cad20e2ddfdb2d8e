import { describe, expect, it } from "vitest";
import { decodeIke } from "../../src/ike/decode.js";
import { errorNotifyIn } from "../../src/session/payloads.js";
import { filler } from "../support/ike/bytes.js";
import { ikeMessage } from "../support/ike/message.js";
import { notifyV1 } from "../support/ike/payloads-v1.js";
import { notify } from "../support/ike/payloads-v2.js";

/** A refusal with both cookies as its SPI, of which the first `captured` bytes are there. */
function cutV1(captured: number) {
  const refusal = notifyV1(14, { spi: filler(16) });
  return cut(ikeMessage({ version: 1, exchange: 5, messageId: 7, payloads: [refusal] }), captured);
}

function cut(bytes: Uint8Array, captured: number) {
  const decoded = decodeIke(bytes.slice(0, captured));
  if (!decoded.ok) throw new Error(`no message in ${captured} bytes`);
  return errorNotifyIn(decoded.message);
}

describe("an error notify that a short snap length cuts", () => {
  it.each([40, 41, 54])("is known in IKEv1 from its type on: %i of 56 bytes", (captured) => {
    expect(cutV1(captured)).toMatchObject({ notifyType: 14, protocol: 1, doi: 1 });
  });

  it("is not known where its type is not captured", () => {
    expect(cutV1(39)).toBeNull();
  });

  it("is known in IKEv2 without its data", () => {
    const bytes = ikeMessage({ exchange: 34, flags: 0x20, payloads: [notify(17, { data: filler(2) })] });
    expect(cut(bytes, 36)).toMatchObject({ notifyType: 17, data: new Uint8Array(0) });
  });

  it("is none where the notify only tells a status", () => {
    const bytes = ikeMessage({ exchange: 34, flags: 0x20, payloads: [notify(16388, { data: filler(20) })] });
    expect(cut(bytes, 40)).toBeNull();
  });
});
