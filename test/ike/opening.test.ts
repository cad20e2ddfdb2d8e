import { describe, expect, it } from "vitest";
import { isOpeningRequest } from "../../src/ike/opening.js";
import { EXCHANGE_V2 } from "../../src/ike/registries/exchanges.js";
import { ikeMessage, RESPONDER_SPI } from "../support/ike/message.js";

const OPENING = { exchange: EXCHANGE_V2.IKE_SA_INIT };

describe("an IKE_SA_INIT request that has not to be decoded twice", () => {
  it("is whole, of the initiator, and to a responder without an SPI", () => {
    expect(isOpeningRequest(ikeMessage(OPENING))).toBe(true);
  });

  it("is no answer, nothing of another exchange or version, and nothing to a responder that has answered", () => {
    for (const other of [
      { flags: 0x28 },
      { flags: 0 },
      { exchange: EXCHANGE_V2.IKE_AUTH },
      { version: 1 as const, flags: 0x08 },
      { responderSpi: RESPONDER_SPI },
    ]) {
      expect(isOpeningRequest(ikeMessage({ ...OPENING, ...other })), JSON.stringify(other)).toBe(false);
    }
  });

  it("is not cut, and nothing follows it", () => {
    const whole = ikeMessage(OPENING);
    for (let length = 0; length < whole.length; length++) {
      expect(isOpeningRequest(whole.subarray(0, length))).toBe(false);
    }
    expect(isOpeningRequest(Uint8Array.of(...whole, 0))).toBe(false);
  });
});
