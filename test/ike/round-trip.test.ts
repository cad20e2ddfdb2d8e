import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex } from "../../src/bytes/hex.js";
import { decodeIke, decodePayloads } from "../../src/ike/decode.js";
import { arbitraryChain, arbitraryMessage } from "../support/ike/arbitrary.js";
import { allMessages, HAVE_CAPTURES } from "../support/ike/corpus.js";
import { encodeMessage, encodePayloads } from "../support/ike/message.js";
import { SAMPLES } from "../support/ike/samples.js";

function again(bytes: Uint8Array): string {
  const result = decodeIke(bytes);
  if (!result.ok) throw new Error("no header");
  expect(result.message.problem).toBeNull();
  return toHex(encodeMessage(result.message));
}

describe("encode(decode(x)) == x", () => {
  it.each(Object.entries(SAMPLES))("%s", (_, bytes) => {
    expect(again(bytes)).toBe(toHex(bytes));
  });

  it("generated messages", () => {
    fc.assert(
      fc.property(arbitraryMessage, (bytes) => {
        expect(again(bytes)).toBe(toHex(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  it("captured messages that are whole", async () => {
    let whole = 0;
    for (const { file, frame, bytes } of await allMessages()) {
      const result = decodeIke(bytes);
      if (!result.ok || result.message.problem !== null) continue;
      const { available } = result.message;
      expect(toHex(encodeMessage(result.message)), `${file} frame ${frame}`).toBe(toHex(bytes, 0, available));
      whole++;
    }
    expect(whole).toBeGreaterThan(HAVE_CAPTURES ? 1000 : 800);
  });

  it("payloads of generated messages, taken as plaintext", () => {
    fc.assert(
      fc.property(arbitraryChain, ({ version, firstType, bytes }) => {
        const { payloads, problem } = decodePayloads(version, firstType, bytes);
        expect(problem).toBeNull();
        expect(toHex(encodePayloads(payloads, version))).toBe(toHex(bytes));
      }),
      { numRuns: 1000 },
    );
  });
});
