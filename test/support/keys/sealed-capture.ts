import { toHex } from "../../../src/bytes/hex.js";
import { ENCR, INTEG } from "../../../src/ike/registries/transforms-v2.js";
import { cipherBy } from "../../../src/opening/cipher.js";
import { integrityBy } from "../../../src/opening/integrity.js";
import { pcapFile } from "../capture/pcap-writer.js";
import { INITIATOR_SPI, RESPONDER_SPI } from "../ike/message.js";
import type { DroppedFile } from "../judging-page.js";
import { concat, ethernet, ipv4, u16, u8, udp } from "../packet/index.js";
import { sealedMessage } from "./sealed.js";
import { keyBytes } from "./texts.js";

export const CIPHER_KEY = keyBytes(16, 1);
export const INTEGRITY_KEY = keyBytes(32, 2);
/** The keys as Wireshark's ikev2_decryption_table has them. */
export const TABLE = `${INITIATOR_SPI},${RESPONDER_SPI},${toHex(CIPHER_KEY)},${toHex(CIPHER_KEY)},"AES-CBC-128 [RFC3602]",${toHex(INTEGRITY_KEY)},${toHex(INTEGRITY_KEY)},"HMAC_SHA2_256_128 [RFC4868]"\n`;

/** A request with a notify inside that names no SA: NO_PROPOSAL_CHOSEN. */
function sealedCapture(): Uint8Array {
  const cipher = cipherBy(ENCR.ENCR_AES_CBC, 16);
  if (cipher === null) throw new Error("no cipher");
  const suite = { cipher, integrity: integrityBy(INTEG.AUTH_HMAC_SHA2_256_128) };
  const keys = { cipherKey: CIPHER_KEY, integrityKey: INTEGRITY_KEY };
  const plain = concat(u8(0, 0), u16(8), u8(0, 0), u16(14));
  const payload = sealedMessage(suite, keys, { iv: keyBytes(16, 3), plain });
  const datagram = udp({ sourcePort: 500, destinationPort: 500, payload });
  const packet = ipv4({ source: "192.0.2.10", destination: "198.51.100.20", payload: datagram });
  const bytes = ethernet({ payload: packet });
  return pcapFile([{ time: 1_764_000_000_000_000, bytes }]);
}

/** A capture of one sealed message, and the file of its keys. */
export const SEALED: DroppedFile = { name: "a.pcap", bytes: sealedCapture() };
export const KEYS: DroppedFile = { name: "keys.csv", bytes: new TextEncoder().encode(TABLE) };
