import type { Transform } from "./message.js";
import { TRANSFORM_ATTRIBUTE_V2, transformName } from "./registries/transforms-v2.js";

/** Name of an IKEv2 transform without the registry's prefix: "AES_CBC", "HMAC_SHA2_256_128". PRFs keep theirs. */
export function shortTransformName(type: number, id: number): string {
  return transformName(type, id).replace(/^(ENCR|AUTH)_/, "");
}

/** Key length attribute of an IKEv2 transform, bits; null where it has none. */
export function keyLengthV2(transform: Transform | undefined): number | null {
  const isKeyLength = ({ type }: { type: number }): boolean => type === TRANSFORM_ATTRIBUTE_V2.KEY_LENGTH;
  return transform?.attributes.find(isKeyLength)?.value ?? null;
}
