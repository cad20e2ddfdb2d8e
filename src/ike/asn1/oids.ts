/** Attribute types of distinguished names by OID: the short names of RFC 4514 3, then those that OpenSSL prints. */
export const NAME_ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ["2.5.4.3", "CN"],
  ["2.5.4.7", "L"],
  ["2.5.4.8", "ST"],
  ["2.5.4.10", "O"],
  ["2.5.4.11", "OU"],
  ["2.5.4.6", "C"],
  ["2.5.4.9", "STREET"],
  ["0.9.2342.19200300.100.1.25", "DC"],
  ["0.9.2342.19200300.100.1.1", "UID"],
  ["1.2.840.113549.1.9.1", "emailAddress"],
  ["1.2.840.113549.1.9.2", "unstructuredName"],
  ["1.2.840.113549.1.9.8", "unstructuredAddress"],
  ["2.5.4.4", "SN"],
  ["2.5.4.5", "serialNumber"],
  ["2.5.4.12", "title"],
  ["2.5.4.13", "description"],
  ["2.5.4.17", "postalCode"],
  ["2.5.4.41", "name"],
  ["2.5.4.42", "GN"],
  ["2.5.4.43", "initials"],
  ["2.5.4.46", "dnQualifier"],
  ["2.5.4.65", "pseudonym"],
  ["2.5.4.97", "organizationIdentifier"],
]);

/** Signature algorithms by OID, of RFC 7427 appendix A, RFC 8420 appendix A and FIPS 204. */
export const SIGNATURE_ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.1.1.4", "md5WithRSAEncryption"],
  ["1.2.840.113549.1.1.5", "sha1WithRSAEncryption"],
  ["1.2.840.113549.1.1.10", "RSASSA-PSS"],
  ["1.2.840.113549.1.1.11", "sha256WithRSAEncryption"],
  ["1.2.840.113549.1.1.12", "sha384WithRSAEncryption"],
  ["1.2.840.113549.1.1.13", "sha512WithRSAEncryption"],
  ["1.2.840.10040.4.3", "dsa-with-sha1"],
  ["2.16.840.1.101.3.4.3.2", "dsa-with-sha256"],
  ["1.2.840.10045.4.1", "ecdsa-with-SHA1"],
  ["1.2.840.10045.4.3.2", "ecdsa-with-SHA256"],
  ["1.2.840.10045.4.3.3", "ecdsa-with-SHA384"],
  ["1.2.840.10045.4.3.4", "ecdsa-with-SHA512"],
  ["1.3.101.112", "Ed25519"],
  ["1.3.101.113", "Ed448"],
  ["2.16.840.1.101.3.4.3.17", "ML-DSA-44"],
  ["2.16.840.1.101.3.4.3.18", "ML-DSA-65"],
  ["2.16.840.1.101.3.4.3.19", "ML-DSA-87"],
]);

/** Hash algorithms by OID, as the parameters of RSASSA-PSS name them. */
export const HASH_ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ["1.3.14.3.2.26", "SHA1"],
  ["2.16.840.1.101.3.4.2.1", "SHA2_256"],
  ["2.16.840.1.101.3.4.2.2", "SHA2_384"],
  ["2.16.840.1.101.3.4.2.3", "SHA2_512"],
]);

/** Kinds of keys and curves, containers of PKCS #7, purposes and accesses of PKIX, and the extensions of X.509. */
const OTHER_OIDS =
  /^(1\.2\.840\.113549\.1\.1\.[178]|1\.2\.840\.113549\.1\.7\.[1-6]|1\.2\.840\.10045\.2\.1|1\.2\.840\.10045\.3\.1\.[1-7]|1\.3\.132\.0\.\d{1,2}|1\.3\.101\.11[0-3]|1\.3\.6\.1\.5\.5\.(7\.(1|3|48)|8\.2)\.\d{1,2}|2\.5\.29\.\d{1,2}(\.0)?)$/;

/** Whether an object identifier is one that standards give to a form or an algorithm, and so tells of no one. */
export function isKnownOid(oid: string): boolean {
  return (
    NAME_ATTRIBUTES.has(oid) ||
    SIGNATURE_ALGORITHMS.has(oid) ||
    HASH_ALGORITHMS.has(oid) ||
    OTHER_OIDS.test(oid)
  );
}
