import { addressBytes, ipv4At, ipv6At } from "../bytes/address.js";
import { ENCR } from "../ike/registries/transforms-v2.js";
import { type KeyCollector, type KeyParser, sourceMaker } from "./collector.js";
import { hexOrTextKey } from "./hex-key.js";
import { Ikev2Lines } from "./ikev2-line.js";

/** Ciphers by the names that tcpdump hands to its library (print-esp.c); other names of OpenSSL may be written there too. */
const CIPHERS: ReadonlyMap<string, number> = new Map([
  ["none", ENCR.ENCR_NULL],
  ["des-cbc", ENCR.ENCR_DES],
  ["3des-cbc", ENCR.ENCR_3DES],
  ["des-ede3-cbc", ENCR.ENCR_3DES],
  ["blowfish-cbc", ENCR.ENCR_BLOWFISH],
  ["cast128-cbc", ENCR.ENCR_CAST],
  ["aes128-cbc", ENCR.ENCR_AES_CBC],
  ["aes192-cbc", ENCR.ENCR_AES_CBC],
  ["aes256-cbc", ENCR.ENCR_AES_CBC],
  ["aes-128-cbc", ENCR.ENCR_AES_CBC],
  ["aes-256-cbc", ENCR.ENCR_AES_CBC],
]);

/** All integrity algorithms that tcpdump knows cut to 96 bits, and it checks none of them. */
const HMAC_96_BYTES = 12;

/**
 * A file for tcpdump's `-E file`, or what is written behind -E: "SPI@address algorithm:key" with the destination's address,
 * several separated by blanks or commas, and the lines of IKEv2 keys.
 */
export function tcpdumpEsp(file: string, into: KeyCollector): KeyParser {
  const sourceAt = sourceMaker(file, "tcpdump -E");
  const ikeLines = new Ikev2Lines(file, "tcpdump -E", into);
  return {
    line(text, number) {
      if (/^\s*ikev2 /.test(text)) ikeLines.take(text, number);
      for (const [, spi = "", address = "", name = "", keyText = ""] of text.matchAll(
        /(?:^|[\s,'"])(0x[0-9a-f]{1,8})@([0-9a-f.:]+)\s+([\w-]+):([^\s,'"]+)/gi,
      )) {
        const source = sourceAt(number);
        const base = name.toLowerCase().replace(/-hmac96$/, "");
        const encryption = CIPHERS.get(base);
        const bytes = addressBytes(address);
        const cipherKey = hexOrTextKey(keyText);
        if (encryption === undefined) into.fault(source, "its algorithm is not known");
        else if (bytes === null) into.fault(source, "the address is none");
        else if (cipherKey === null)
          into.fault(source, "the key is not written in hex, or is cut in the middle of a byte");
        else {
          into.key({
            kind: "esp",
            source,
            spi: Number(spi),
            from: null,
            to: bytes.length === 4 ? ipv4At(bytes, 0) : ipv6At(bytes, 0),
            encryption,
            cipherKey,
            integrity:
              base === name.toLowerCase() ? { id: 0, icvLength: 0 } : { id: null, icvLength: HMAC_96_BYTES },
            integrityKey: null,
            esn: null,
            oneOfTwo: false,
          });
        }
      }
    },
    end: () => ikeLines.end(),
  };
}
