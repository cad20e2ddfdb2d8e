import { PROTOCOL, protocolName } from "./registries/protocols.js";
import type { Suite } from "./suite.js";

/**
 * A chosen suite for people, in the form of an offer's line: "AES_CBC_256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048";
 * "ESP:" and the like stand before it where it is not IKE's.
 */
export function formatSuite(suite: Suite): string {
  const { encryption, keyLength, integrity, prf, hash, group, additionalGroups, authMethod, esn } = suite;
  const protocol = suite.protocol === PROTOCOL.IKE ? "" : `${protocolName(suite.version, suite.protocol)}:`;
  const size = keyLength === null ? "" : `_${keyLength}`;
  const cipher = encryption === null ? [] : [`${encryption.name}${size}`];
  const others = [integrity, prf, hash, group, ...additionalGroups, authMethod, esn].filter(
    (algorithm) => algorithm !== null,
  );
  return protocol + [...cipher, ...others.map(({ name }) => name)].join("/");
}
