import { createDecipheriv, createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { toHex } from "../../../src/bytes/hex.js";
import { V2_FLAG, type IkeMessage } from "../../../src/ike/message.js";
import { CAPTURES } from "./corpus.js";

const OPENSWAN_KEYS = join(CAPTURES, "mcr+Openswan/keys/ikev2_decryption_table.sha1");
export const HAVE_KEYS = existsSync(OPENSWAN_KEYS);
export const NO_KEYS = `no file ${OPENSWAN_KEYS}`;

const IV_LENGTH = 16;
const ICV_LENGTH = 12;

/** A row of Wireshark's table of IKEv2 keys, all AES-CBC-128 with HMAC-SHA1-96; hex. */
export interface KeyRow {
  readonly initiatorSpi: string;
  readonly responderSpi: string;
  readonly encryption: { readonly initiator: string; readonly responder: string };
  readonly integrity: { readonly initiator: string; readonly responder: string };
  /** The row as Wireshark's preference takes it. */
  readonly line: string;
}

/** The keys of Openswan's unit tests, and the pair of tcpdump's ikev2pI2-secrets.txt, which has the same. */
export function keyRows(): KeyRow[] {
  const lines = readFileSync(OPENSWAN_KEYS, "utf8").split("\n").filter(Boolean);
  const tcpdump = (lines[0] ?? "").replace(/^[^,]*,[^,]*/, "0001020304050607,c02e7a3031a03188");
  return [...lines, tcpdump].map((line) => {
    const [initiatorSpi = "", responderSpi = "", ei = "", er = "", , ai = "", ar = ""] = line.split(",");
    return {
      initiatorSpi,
      responderSpi,
      encryption: { initiator: ei, responder: er },
      integrity: { initiator: ai, responder: ar },
      line,
    };
  });
}

/** The payloads inside an SK payload. */
export interface Plaintext {
  readonly firstType: number;
  /** Without padding. */
  readonly bytes: Uint8Array;
}

/**
 * Decrypts a message whose last payload is SK (RFC 7296 3.14). Null where no key fits: the integrity check value, which
 * covers the whole message, has to be right.
 */
export function decryptSk(message: IkeMessage, whole: Uint8Array, rows: readonly KeyRow[]): Plaintext | null {
  const { header, payloads, available } = message;
  const sk = payloads.at(-1);
  if (sk?.kind !== "encrypted" || sk.fragment !== null || header.majorVersion !== 2) return null;
  const row = rows.find(
    ({ initiatorSpi, responderSpi }) =>
      initiatorSpi === header.initiatorSpi && responderSpi === header.responderSpi,
  );
  if (row === undefined) return null;
  const side = (header.flags & V2_FLAG.initiator) === 0 ? "responder" : "initiator";
  const icvAt = available - ICV_LENGTH;
  const hmac = createHmac("sha1", Buffer.from(row.integrity[side], "hex"));
  const expected = hmac
    .update(whole.subarray(0, icvAt))
    .digest("hex")
    .slice(0, ICV_LENGTH * 2);
  if (expected !== toHex(whole, icvAt, available)) return null;
  const iv = sk.body.subarray(0, IV_LENGTH);
  const decipher = createDecipheriv("aes-128-cbc", Buffer.from(row.encryption[side], "hex"), iv);
  decipher.setAutoPadding(false);
  const ciphertext = sk.body.subarray(IV_LENGTH, sk.body.length - ICV_LENGTH);
  const padded = Uint8Array.from([...decipher.update(ciphertext), ...decipher.final()]);
  const padding = (padded.at(-1) ?? 0) + 1;
  return { firstType: sk.innerType, bytes: padded.subarray(0, padded.length - padding) };
}
