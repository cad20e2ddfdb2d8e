import { wiresharkEncryption, wiresharkIntegrity } from "./algorithm-names.js";
import { type KeyCollector, type KeyParser, sourceMaker } from "./collector.js";
import { csvColumns } from "./csv.js";
import { hexKey, hexSpi64 } from "./hex-key.js";
import type { NamedSuite } from "./key.js";

const COLUMNS = 8;

/** Wireshark's ikev2_decryption_table: SPIi, SPIr, SK_ei, SK_er, "encryption", SK_ai, SK_ar, "integrity". */
export function wiresharkIkev2(file: string, into: KeyCollector): KeyParser {
  const sourceAt = sourceMaker(file, "ikev2_decryption_table");
  return {
    line(text, number) {
      if (!/^\s*"?(?:0x)?[0-9a-f]{16}"?\s*,\s*"?(?:0x)?[0-9a-f]{16}"?\s*,/i.test(text)) return;
      const source = sourceAt(number);
      const columns = csvColumns(text);
      if (columns?.length !== COLUMNS) {
        into.fault(source, `${columns?.length ?? "unclosed quotes in its"} columns, ${COLUMNS} needed`);
        return;
      }
      const [spiI = "", spiR = "", ei = "", er = "", encryption = "", ai = "", ar = "", integrity = ""] =
        columns;
      const [initiator, responder] = [hexSpi64(spiI), hexSpi64(spiR)];
      const [skEi, skEr, skAi, skAr] = [hexKey(ei), hexKey(er), hexKey(ai), hexKey(ar)];
      if (initiator === null || responder === null) return;
      if (skEi === null || skEr === null || skAi === null || skAr === null) {
        into.fault(source, "a key is not written in hex, or is cut in the middle of a byte");
        return;
      }
      into.key({
        kind: "ikev2",
        source,
        spis: { initiator, responder },
        nearSpi: null,
        suite: namedSuite(encryption, integrity),
        skD: null,
        skAi,
        skAr,
        skEi,
        skEr,
      });
    },
    end: () => undefined,
  };
}

function namedSuite(encryption: string, integrity: string): NamedSuite | null {
  const cipher = wiresharkEncryption(encryption);
  const check = wiresharkIntegrity(integrity);
  if (cipher === null || check === null || check.id === null) return null;
  return { encryption: cipher.id, keyLength: cipher.keyLength, integrity: check.id };
}
