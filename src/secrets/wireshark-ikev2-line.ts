import { toHex } from "../bytes/hex.js";
import type { IkeSpis } from "./key.js";
import type { SecretBytes } from "./secret-bytes.js";

/** Keys of an IKE SA under AES-GCM, salts behind the keys. */
export interface GcmKeys {
  readonly spis: IkeSpis;
  readonly skEi: SecretBytes;
  readonly skEr: SecretBytes;
  readonly icvLength: number;
}

const SALT = 4;
const BITS = 8;

/**
 * A line of Wireshark's ikev2_decryption_table. It holds the keys: it goes into a file that somebody asked for, and nowhere else.
 */
export function wiresharkIkev2Line({ spis, skEi, skEr, icvLength }: GcmKeys): string {
  const bits = (skEi.length - SALT) * BITS;
  const [ei, er] = [skEi, skEr].map((secret) => toHex(secret.reveal(), 0, secret.length));
  return `${spis.initiator},${spis.responder},${ei},${er},"AES-GCM-${bits} with ${icvLength} octet ICV [RFC5282]",,,"NONE [RFC4306]"\n`;
}
