import { toHex } from "../../bytes/hex.js";
import { derElement, derElements, TAG, type DerElement } from "./der.js";
import { distinguishedName } from "./name.js";

/** What a tree shows of an X.509 certificate. */
export interface CertificateOutline {
  /** Hex digits, as certificate tools print them. */
  readonly serial: string;
  readonly issuer: string;
  readonly subject: string;
  /** As encoded: "230424152603Z" or "20500101000000Z". */
  readonly notBefore: string;
  readonly notAfter: string;
}

const LONGEST_SERIAL = 20;
const LONGEST_TIME = 20;

/** Context tag 0, which holds the version. */
const VERSION = 0xa0;

const utf8 = new TextDecoder();

/** Names, serial number and validity of a DER certificate (RFC 5280 4.1); null where the bytes are none. Never throws. */
export function certificateOutline(bytes: Uint8Array): CertificateOutline | null {
  const outer = derElement(bytes);
  const toBeSigned = outer?.tag === TAG.sequence ? derElement(outer.content) : null;
  const fields = toBeSigned?.tag === TAG.sequence ? derElements(toBeSigned.content) : null;
  if (fields === null) return null;
  // version (may be left out), serial number, algorithm, issuer, validity, subject
  const [serial, , issuer, validity, subject] = fields[0]?.tag === VERSION ? fields.slice(1) : fields;
  if (serial === undefined || issuer === undefined || validity === undefined || subject === undefined)
    return null;
  const [notBefore, notAfter] = derElements(validity.content) ?? [];
  if (notBefore === undefined || notAfter === undefined) return null;
  return {
    serial: toHex(serial.content.subarray(0, LONGEST_SERIAL)),
    issuer: nameText(issuer),
    subject: nameText(subject),
    notBefore: timeText(notBefore.content),
    notAfter: timeText(notAfter.content),
  };
}

function nameText({ whole }: DerElement): string {
  return distinguishedName(whole) ?? "not a name";
}

function timeText(content: Uint8Array): string {
  return utf8.decode(content.subarray(0, LONGEST_TIME));
}
