import { fromHex } from "../../../src/bytes/hex.js";
import { ascii, concat } from "./bytes.js";

/** A DER element of less than 65,536 bytes. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(...parts);
  const { length } = content;
  if (length < 0x80) return concat(Uint8Array.of(tag, length), content);
  if (length < 0x100) return concat(Uint8Array.of(tag, 0x81, length), content);
  return concat(Uint8Array.of(tag, 0x82, length >> 8, length & 0xff), content);
}

/** Object identifiers by their content. */
const OID = {
  country: "550406",
  organization: "55040a",
  commonName: "550403",
  ecdsaWithSha256: "2a8648ce3d040302",
} as const;

/** One attribute of a name in a set of its own. */
export function nameAttribute(oid: string, value: string, tag = 0x0c): Uint8Array {
  return der(0x31, der(0x30, der(0x06, fromHex(oid)), der(tag, ascii(value))));
}

/** C=DE, O=Example, Inc., CN=gw.example */
export const DISTINGUISHED_NAME = der(
  0x30,
  nameAttribute(OID.country, "DE", 0x13),
  nameAttribute(OID.organization, "Example, Inc."),
  nameAttribute(OID.commonName, "gw.example"),
);

/** AlgorithmIdentifier of ecdsa-with-SHA256. */
export const SIGNATURE_ALGORITHM = der(0x30, der(0x06, fromHex(OID.ecdsaWithSha256)));

export interface CertificateOptions {
  readonly subject?: string;
  readonly issuer?: string;
  /** UTCTime, or GeneralizedTime where the year has four digits. */
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** Writes basic constraints with this cA. */
  readonly isAuthority?: boolean;
}

/** As much of a certificate as its outline needs; not signed. */
export function smallCertificate(options: CertificateOptions = {}): Uint8Array {
  const { subject, issuer = "Example CA", notBefore = "250101000000Z", notAfter = "350101000000Z" } = options;
  const toBeSigned = der(
    0x30,
    der(0xa0, der(0x02, Uint8Array.of(2))),
    der(0x02, fromHex("0123456789")),
    SIGNATURE_ALGORITHM,
    der(0x30, nameAttribute(OID.commonName, issuer)),
    der(0x30, time(notBefore), time(notAfter)),
    subject === undefined ? DISTINGUISHED_NAME : der(0x30, nameAttribute(OID.commonName, subject)),
    ...(options.isAuthority === undefined ? [] : [basicConstraints(options.isAuthority)]),
  );
  return der(0x30, toBeSigned, SIGNATURE_ALGORITHM, der(0x03, Uint8Array.of(0)));
}

function time(text: string): Uint8Array {
  return der(text.length > 13 ? 0x18 : 0x17, ascii(text));
}

/** Extensions with a key usage and the basic constraints; cA is FALSE where it is left out (RFC 5280 4.2.1.9). */
function basicConstraints(isAuthority: boolean): Uint8Array {
  const extension = (oid: string, ...value: readonly Uint8Array[]): Uint8Array =>
    der(0x30, der(0x06, fromHex(oid)), der(0x01, Uint8Array.of(0xff)), der(0x04, ...value));
  const flags = isAuthority ? [der(0x01, Uint8Array.of(0xff))] : [];
  return der(
    0xa3,
    der(0x30, extension("551d0f", der(0x03, Uint8Array.of(1, 6))), extension("551d13", der(0x30, ...flags))),
  );
}
