import { inEnglish } from "../../src/texts/texts.js";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { TextBuffer } from "../../src/bytes/text-buffer.js";
import { fitLine } from "../../src/opening/fit-text.js";
import { fitsOf } from "../../src/opening/fits.js";
import { messageJson } from "../../src/report/decode/json.js";
import { type DecodeContext, messageLine } from "../../src/report/decode/line.js";
import { writeTree } from "../../src/report/decode/tree.js";
import type { SeenMessage } from "../../src/session/transmission.js";
import { formsOf, leakIn, PASSWORDS } from "../support/keys/leaks.js";
import { HAVE_SAMPLES, keysOf, NO_SAMPLES, openSample, samples } from "../support/keys/samples.js";
import { ringOf } from "../support/keys/texts.js";
import { itIf } from "../support/require.js";

function treeOf(seen: SeenMessage, context: DecodeContext): string {
  const out = new TextBuffer(1 << 16);
  writeTree(seen, context, out);
  return new TextDecoder().decode(out.content);
}

describe("no output holds a key", () => {
  it("of this test, if one did", () => {
    const ring = ringOf(`fde5985ad9cd6ab0,${"0011223344556677".repeat(2)}`);
    const forms = formsOf(ring);
    for (const text of [
      "x 00112233445566770011223344556677 y",
      "00 11 22 33 44 55 66 77 00 11 22 33 44 55 66 77",
      "ABEiM0RVZncAESIzRFVmdw==",
    ]) {
      expect(leakIn(text, forms)).not.toBeNull();
    }
    expect(leakIn("0011223344556688", forms)).toBeNull();
  });

  itIf(HAVE_SAMPLES, NO_SAMPLES)("of any sample, with all keys that it has", async () => {
    let opened = 0;
    for (const { name, files } of samples()) {
      const sources = files.filter((file) =>
        /charon|pluto\.log|xfrm-state|decryption_table|esp_sa/.test(file),
      );
      const ring = keysOf(...sources.map((file) => `${name}/${file}`));
      const forms = formsOf(ring);
      for (const capture of files.filter((file) => /\.pcap(ng)?$/.test(file))) {
        const result = await openSample(`${name}/${capture}`, ring);
        opened += result.opened;
        const context = { files: [capture] };
        const texts = [
          ...result.messages.flatMap((seen) => [
            messageLine(seen, context),
            treeOf(seen, context),
            JSON.stringify(messageJson(seen, context)),
          ]),
          ...fitsOf(ring, result.opener).map((fit) => inEnglish(fitLine(fit))),
          JSON.stringify(fitsOf(ring, result.opener)),
          JSON.stringify(result.streams),
          JSON.stringify(ring),
          inspect(ring, { depth: 9 }),
          inspect(result.opener, { depth: 9 }),
        ];
        for (const text of texts) {
          expect([name, capture, leakIn(text, forms)]).toEqual([name, capture, null]);
          for (const password of PASSWORDS) expect(text).not.toContain(password);
        }
      }
    }
    expect(opened).toBeGreaterThan(300);
  });
});
