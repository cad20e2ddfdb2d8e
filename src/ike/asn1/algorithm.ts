import { toHex } from "../../bytes/hex.js";
import { derElement, derElements, oidText, TAG, type DerElement } from "./der.js";
import { HASH_ALGORITHMS, SIGNATURE_ALGORITHMS } from "./oids.js";

const LONGEST_HEX = 32;

/** First field of RSASSA-PSS-params (RFC 4055 3.1): the hash, context tag 0. */
const PSS_HASH = 0xa0;

/**
 * An AlgorithmIdentifier (RFC 5280 4.1.1.2) by name: "ecdsa-with-SHA256", "RSASSA-PSS with SHA2_256"; an unknown one by
 * its OID, and what is none in hex.
 */
export function algorithmIdentifierText(bytes: Uint8Array): string {
  const [oid, parameters] = childrenOf(bytes);
  const dotted = oid?.tag === TAG.oid ? oidText(oid.content) : null;
  if (dotted === null) return toHex(bytes, 0, Math.min(bytes.length, LONGEST_HEX));
  const name = SIGNATURE_ALGORITHMS.get(dotted) ?? dotted;
  if (name !== "RSASSA-PSS") return name;
  return `${name} with ${pssHash(parameters)}`;
}

/** SHA-1 is the default, which DER leaves out. */
function pssHash(parameters: DerElement | undefined): string {
  const hash = parameters === undefined ? undefined : derElements(parameters.content)?.[0];
  if (hash?.tag !== PSS_HASH) return "SHA1";
  const [oid] = childrenOf(hash.content);
  const dotted = oid?.tag === TAG.oid ? oidText(oid.content) : null;
  return dotted === null ? "an unknown hash" : (HASH_ALGORITHMS.get(dotted) ?? dotted);
}

/** The elements of the sequence that `bytes` begins with. */
function childrenOf(bytes: Uint8Array): readonly DerElement[] {
  const outer = derElement(bytes);
  return outer?.tag === TAG.sequence ? (derElements(outer.content) ?? []) : [];
}
