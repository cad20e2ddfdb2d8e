import { distinguishedName } from "../../asn1/name.js";
import { type Field, hexText, listed, numbered } from "../../describe/field.js";
import { type IkeVersion, type PayloadView, bodyOffset } from "../../describe/view.js";
import type { CertificateRequestPayload } from "./type.js";
import { CERT_ENCODING, certificateEncodingName } from "../../registries/certificates.js";

const SHA1_LENGTH = 20;

/** Certificate Request payload (RFC 7296 3.7, RFC 2408 3.10). */
export const certificateRequestView: PayloadView<CertificateRequestPayload> = {
  describe: (payload, version) => {
    const { encoding, authority } = payload;
    const name = certificateEncodingName(version, encoding);
    return [
      {
        name: "Certificate encoding",
        value: numbered(name, encoding),
        offset: bodyOffset(payload),
        length: 1,
      },
      ...authorityFields(payload, version, authority),
    ];
  },
  summarize: ({ encoding, authority }, version) => {
    const name = certificateEncodingName(version, encoding);
    if (authority.length === 0) return `CERTREQ(${name})`;
    const hashes = version === 2 ? authorityHashes(encoding, authority) : null;
    if (hashes !== null) return `CERTREQ(${name}: ${hashes.length})`;
    return `CERTREQ(${name}){${authority.length}}`;
  },
};

/**
 * RFC 7296 3.7: for the encodings of X.509, the SHA-1 hashes of the public keys of trusted authorities, one after the
 * other. Null where the encoding or the length says that they are none.
 */
function authorityHashes(encoding: number, authority: Uint8Array): Uint8Array[] | null {
  if (!HASHED_ENCODINGS.includes(encoding) || authority.length % SHA1_LENGTH !== 0) return null;
  const count = authority.length / SHA1_LENGTH;
  return Array.from({ length: count }, (_, index) =>
    authority.subarray(index * SHA1_LENGTH, (index + 1) * SHA1_LENGTH),
  );
}

const HASHED_ENCODINGS: readonly number[] = [
  CERT_ENCODING.X509_SIGNATURE,
  CERT_ENCODING.HASH_AND_URL_X509,
  CERT_ENCODING.HASH_AND_URL_BUNDLE,
];

function authorityFields(
  payload: CertificateRequestPayload,
  version: IkeVersion,
  authority: Uint8Array,
): Field[] {
  if (authority.length === 0) return [];
  const at = bodyOffset(payload, 1);
  const hashes = version === 2 ? authorityHashes(payload.encoding, authority) : null;
  if (hashes !== null) {
    return listed(hashes, (hash, index) => ({
      name: "Authority key hash",
      value: hexText(hash),
      offset: at + index * SHA1_LENGTH,
      length: SHA1_LENGTH,
    }));
  }
  const value = distinguishedName(authority) ?? hexText(authority);
  return [{ name: "Certificate authority", value, offset: at, length: authority.length }];
}
