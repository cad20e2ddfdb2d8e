import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex } from "../../src/bytes/hex.js";
import { decodeIke } from "../../src/ike/decode.js";
import { arbitraryMessage } from "../support/ike/arbitrary.js";
import { captureFiles, HAVE_CAPTURES, NO_CAPTURES, readMessages } from "../support/ike/corpus.js";
import { encodeMessage } from "../support/ike/message.js";
import { SAMPLES } from "../support/ike/samples.js";
import { itIf } from "../support/require.js";

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

  itIf(HAVE_CAPTURES, NO_CAPTURES)("captured messages that are whole", async () => {
    let whole = 0;
    for (const file of captureFiles()) {
      for (const { frame, bytes } of await readMessages(file)) {
        const result = decodeIke(bytes);
        if (!result.ok || result.message.problem !== null) continue;
        const { available } = result.message;
        expect(toHex(encodeMessage(result.message)), `${file} frame ${frame}`).toBe(
          toHex(bytes, 0, available),
        );
        whole++;
      }
    }
    expect(whole).toBeGreaterThan(100);
  });
});
