import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../../bytes/hex.js";
import type { Micros } from "../../bytes/time.js";
import { derElement, derElements, TAG, type DerElement } from "./der.js";
import { distinguishedName } from "./name.js";
import { derTime } from "./time.js";

/** The fields of an X.509 certificate that a tree shows. */
export interface CertificateOutline {
  /** Hex digits, as certificate tools print them. */
  readonly serial: string;
  readonly issuer: string;
  readonly subject: string;
  readonly notBefore: CertificateTime;
  readonly notAfter: CertificateTime;
  /** Basic constraints say that it may sign others, or it signed itself. */
  readonly isAuthority: boolean;
}

/** One end of a validity. */
export interface CertificateTime {
  /** As encoded: "230424152603Z" or "20500101000000Z". */
  readonly encoded: string;
  /** Null where it is no time that RFC 5280 4.1.2.5 allows. */
  readonly time: Micros | null;
}

const LONGEST_SERIAL = 20;
const LONGEST_TIME = 20;

/** Context tag 0, which holds the version. */
const VERSION = 0xa0;

/** Context tag 3, which holds the extensions. */
const EXTENSIONS = 0xa3;
/** Content of 2.5.29.19, basic constraints. */
const BASIC_CONSTRAINTS = "551d13";

const utf8 = new TextDecoder();

/** Bytes of a fingerprint by which a certificate is known again. */
const FINGERPRINT_BYTES = 8;

/** The first 16 hex digits of the certificate's SHA-256, as `openssl x509 -fingerprint -sha256` begins. */
export function certificateFingerprint(bytes: Uint8Array): string {
  return toHex(sha256(bytes).subarray(0, FINGERPRINT_BYTES));
}

/**
 * Names, serial number, validity and kind of a DER certificate (RFC 5280 4.1); null where the bytes are none. Its
 * signature and what else it holds are not looked at. Never throws.
 */
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
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    isAuthority: equal(issuer.content, subject.content) || isCertificateAuthority(fields),
  };
}

/** The cA boolean of the basic constraints (RFC 5280 4.2.1.9). */
function isCertificateAuthority(fields: readonly DerElement[]): boolean {
  const wrapped = fields.find(({ tag }) => tag === EXTENSIONS);
  const list = wrapped === undefined ? null : derElement(wrapped.content);
  for (const extension of (list === null ? null : derElements(list.content)) ?? []) {
    const parts = derElements(extension.content);
    const [oid, value] = [parts?.[0], parts?.at(-1)];
    if (oid === undefined || value === undefined || toHex(oid.content) !== BASIC_CONSTRAINTS) continue;
    const flag = derElement(derElement(value.content)?.content ?? new Uint8Array(0));
    return flag?.tag === TAG.boolean && (flag.content[0] ?? 0) !== 0;
  }
  return false;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function nameText({ whole }: DerElement): string {
  return distinguishedName(whole) ?? "not a name";
}

function timeOf(element: DerElement): CertificateTime {
  return { encoded: utf8.decode(element.content.subarray(0, LONGEST_TIME)), time: derTime(element) };
}
