import type { Suite } from "./suite.js";

/** A suite for people, as daemons log it: "AES_CBC_256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048". */
export function formatSuite(suite: Suite): string {
  const { encryption, keyLength, integrity, prf, hash, group, additionalGroups, authMethod, esn } = suite;
  const cipher =
    encryption === null ? null : `${encryption.name}${keyLength === null ? "" : `_${keyLength}`}`;
  return [cipher, integrity, prf, hash, group, ...additionalGroups, authMethod, esn]
    .map((part) => (part === null || typeof part === "string" ? part : part.name))
    .filter((name) => name !== null)
    .join("/");
}
