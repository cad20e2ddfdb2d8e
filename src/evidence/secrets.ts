import { printable } from "../bytes/text.js";

/** Kinds of secrets that a line may hold. */
export type SecretKind =
  | "keys of an IKE SA"
  | "keys of a Child SA"
  | "a pre-shared key or password"
  | "a private key"
  | "a dump of bytes";

/** Characters of a text that are shown. */
const LONGEST_TEXT = 400;

const DUMP_HEADING = /=> \d+ bytes @ 0x|^\| .*(?:enckey|authkey|keymat|SKEYID|sk_[deap])/i;
/** "   0: 9C 61 68" of charon, "|   9c 61 68" of pluto, alone or behind a prefix. */
const DUMP_BODY =
  /^\s*\d+: (?:[0-9A-Fa-f]{2} ){1,16}|^\|\s+(?:[0-9a-fA-F]{2}(?: {1,2}|$)){2,16}\s*(?:\S.*)?$/;
const CHILD_KEY =
  /\b(?:encryption|integrity) (?:initiator|responder) key\b|\bKEYMAT\b|ESP (?:enc|auth)key|\b(?:enc|auth|auth-trunc|aead) [\w(),-]+ 0x[0-9a-fA-F]{8,}/i;
const IKE_KEY =
  /\bSk_\w+|\bSKEYSEED|\bSKEYID|Diffie.Hellman secret|\bDH secret|encryption key Ka|initial IV|^\| ikev[12] [IR] 0x|\bg\^xy/i;
const PASSWORD =
  /\b(?:PSK|XAUTH|EAP|NTLM|RSA|ECDSA|P12)\s+"|\bsecret(?:-\w+)?\s*=\s*"?\S|\bsecret => \d+ bytes|\bpassw(?:or)?d\w*\s*[=:]\s*\S|\bMSK => |PreSharedKey\s*=|AUTH = prf|prf\(secret/i;
const TABLE = /^[0-9a-fA-F]{16},(?:[0-9a-fA-F]{16},)?[0-9a-fA-F]{16,}|^"IPv[46]",.*,"0x[0-9a-fA-F]{8,}"/;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Something of every line that may hold one; most lines have none of it. */
const MAYBE = /=>|0x|[",]|=|-----|\bsk|skey|secret|key|g\^xy|^\s*\d+: |^\|\s/i;

/** The kind of secret that a line holds, or announces for the lines after it; null if it holds none that is known. */
export function secretIn(message: string): SecretKind | null {
  if (!MAYBE.test(message)) return null;
  if (PRIVATE_KEY.test(message)) return "a private key";
  if (CHILD_KEY.test(message)) return "keys of a Child SA";
  if (IKE_KEY.test(message) || TABLE.test(message)) return "keys of an IKE SA";
  if (PASSWORD.test(message)) return "a pre-shared key or password";
  return DUMP_BODY.test(message) || DUMP_HEADING.test(message) ? "a dump of bytes" : null;
}

/** Text of a line for reports: nothing of one that holds a secret, and no byte that a terminal would obey. */
export function safeText(message: string): string {
  if (secretIn(message) !== null) return "(not shown: it may hold a secret)";
  const text = message.trim().replaceAll(/\b(?:0x)?[0-9a-fA-F]{33,}\b/g, "(hidden)");
  const shown = text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}...`;
  return printable(shown);
}
