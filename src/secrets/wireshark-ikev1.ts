import { type KeyCollector, type KeyParser, sourceMaker } from "./collector.js";
import { csvColumns } from "./csv.js";
import { hexKey, hexSpi64 } from "./hex-key.js";

/** DES, 3DES and AES have keys of these lengths, bytes. */
const CIPHER_KEY_LENGTHS: readonly number[] = [8, 16, 24, 32];

/** Wireshark's ikev1_decryption_table: initiator cookie, Ka, which is the cipher's key and not SKEYID_e. */
export function wiresharkIkev1(file: string, into: KeyCollector): KeyParser {
  const sourceAt = sourceMaker(file, "ikev1_decryption_table");
  return {
    line(text, number) {
      if (!/^\s*"?(?:0x)?[0-9a-f]{16}"?\s*,[^,]*$/i.test(text)) return;
      const source = sourceAt(number);
      const [cookieText = "", keyText = ""] = csvColumns(text) ?? [];
      const cookie = hexSpi64(cookieText);
      const cipherKey = hexKey(keyText);
      if (cookie === null) return;
      if (cipherKey === null) {
        into.fault(source, "the key is not written in hex, or is cut in the middle of a byte");
      } else if (!CIPHER_KEY_LENGTHS.includes(cipherKey.length)) {
        into.fault(
          source,
          `the key has ${cipherKey.length} bytes, no cipher's length; is it cut, or SKEYID_e?`,
        );
      } else {
        into.key({
          kind: "ikev1",
          source,
          cookie,
          nearSpi: null,
          cipherKey,
          skeyidD: null,
          skeyidA: null,
          initialIv: null,
        });
      }
    },
    end: () => undefined,
  };
}
