import { toHex, hex32 } from "../bytes/hex.js";
import { INTEG } from "../ike/registries/transforms-v2.js";
import type { EspCandidate } from "./child-keys.js";
import type { Cipher } from "./cipher.js";
import type { Integrity } from "./integrity.js";

/** An ESP stream, with what opens it. */
export interface EspSa {
  readonly source: string;
  readonly destination: string;
  readonly spi: number;
  readonly candidate: EspCandidate;
  /** High half of its sequence numbers; null where they have 32 bits. */
  readonly high: number | null;
}

const BITS = 8;
/** As Wireshark 4 writes them; a name that it does not know makes it refuse the whole table. */
const CBC_NAMES: Readonly<Partial<Record<string, string>>> = {
  aes: "AES-CBC [RFC3602]",
  "3des": "TripleDES-CBC [RFC2451]",
  des: "DES-CBC [RFC2405]",
  blowfish: "BLOWFISH-CBC [RFC2451]",
};
const INTEGRITY_NAMES: ReadonlyMap<string, string> = new Map([
  [`${INTEG.AUTH_HMAC_MD5_96} 96`, "HMAC-MD5-96 [RFC2403]"],
  [`${INTEG.AUTH_HMAC_SHA1_96} 96`, "HMAC-SHA-1-96 [RFC2404]"],
  [`${INTEG.AUTH_HMAC_SHA2_256_128} 96`, "HMAC-SHA-256-96 [draft-ietf-ipsec-ciph-sha-256-00]"],
  [`${INTEG.AUTH_HMAC_SHA2_256_128} 128`, "HMAC-SHA-256-128 [RFC4868]"],
  [`${INTEG.AUTH_HMAC_SHA2_384_192} 192`, "HMAC-SHA-384-192 [RFC4868]"],
  [`${INTEG.AUTH_HMAC_SHA2_512_256} 256`, "HMAC-SHA-512-256 [RFC4868]"],
]);

/**
 * The line of Wireshark's esp_sa table for an ESP SA; null where Wireshark has no name for its algorithms. It holds the keys: it goes
 * where somebody asked for keys, and nowhere else.
 */
export function espSaLine({ source, destination, spi, candidate, high }: EspSa): string | null {
  const { cipher, integrity } = candidate.protection;
  const encryption = encryptionName(cipher);
  const authentication = integrityName(integrity);
  if (encryption === null || authentication === null) return null;
  const { cipherKey, integrityKey } = candidate.keys;
  const columns = [
    source.includes(":") ? "IPv6" : "IPv4",
    source,
    destination,
    hex32(spi),
    encryption,
    hexKey(cipherKey),
    authentication,
    integrity === null ? "" : hexKey(integrityKey),
    high === null ? "32-bit" : "64-bit",
    String(high ?? 0),
  ];
  return `${columns.map((column) => `"${column}"`).join(",")}\n`;
}

function hexKey(key: Uint8Array | null): string {
  return key === null || key.length === 0 ? "" : `0x${toHex(key, 0, key.length)}`;
}

function encryptionName(cipher: Cipher): string | null {
  switch (cipher.mode) {
    case "cbc":
      return CBC_NAMES[cipher.name] ?? null;
    case "ctr":
      return "AES-CTR [RFC3686]";
    case "aead":
      return cipher.name === "aes-gcm" ? `AES-GCM with ${cipher.icv} octet ICV [RFC4106]` : null;
    case "null":
      return "NULL [RFC2410]";
    case "gmac":
      return null;
  }
}

function integrityName(integrity: Integrity | null): string | null {
  if (integrity === null) return "NULL";
  return INTEGRITY_NAMES.get(`${integrity.id} ${integrity.icvLength * BITS}`) ?? null;
}
