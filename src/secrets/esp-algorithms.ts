import { encryptionSizes } from "../ike/cipher-sizes.js";
import { ENCR } from "../ike/registries/transforms-v2.js";

/** Whether an encryption algorithm brings its own ICV (RFC 5282, RFC 4543, RFC 7634). */
export function isCombined(encryption: number): boolean {
  if (encryption === ENCR.ENCR_NULL_AUTH_AES_GMAC) return true;
  return (encryptionSizes(encryption)?.icv ?? null) !== null;
}
