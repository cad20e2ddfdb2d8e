import { icvLengthOf } from "../ike/cipher-sizes.js";
import { INTEG } from "../ike/registries/transforms-v2.js";
import { aesCmac, aesXcbc } from "./aes-mac.js";
import { joinBytes } from "./bytes.js";
import type { CryptoProvider, HashName } from "./provider.js";

/** An integrity algorithm that can be computed. */
export interface Integrity {
  /** IKEv2 transform ID. */
  readonly id: number;
  /** Bytes. */
  readonly keyLength: number;
  readonly icvLength: number;
  readonly mac: (provider: CryptoProvider, key: Uint8Array, data: Uint8Array) => Uint8Array | null;
}

type Mac = Integrity["mac"];

const hmac =
  (hash: HashName): Mac =>
  (provider, key, data) =>
    provider.hmac(hash, key, data);

const MACS: ReadonlyMap<number, { readonly keyLength: number; readonly mac: Mac }> = new Map([
  [INTEG.AUTH_HMAC_MD5_96, { keyLength: 16, mac: hmac("md5") }],
  [INTEG.AUTH_HMAC_MD5_128, { keyLength: 16, mac: hmac("md5") }],
  [INTEG.AUTH_HMAC_SHA1_96, { keyLength: 20, mac: hmac("sha1") }],
  [INTEG.AUTH_HMAC_SHA1_160, { keyLength: 20, mac: hmac("sha1") }],
  [INTEG.AUTH_HMAC_SHA2_256_128, { keyLength: 32, mac: hmac("sha256") }],
  [INTEG.AUTH_HMAC_SHA2_384_192, { keyLength: 48, mac: hmac("sha384") }],
  [INTEG.AUTH_HMAC_SHA2_512_256, { keyLength: 64, mac: hmac("sha512") }],
  [INTEG.AUTH_AES_XCBC_96, { keyLength: 16, mac: aesXcbc }],
  [INTEG.AUTH_AES_CMAC_96, { keyLength: 16, mac: aesCmac }],
]);

/** An integrity algorithm by its transform ID; null for one that cannot be computed. `icvLength` where it is not the registry's. */
export function integrityBy(id: number, icvLength?: number): Integrity | null {
  const known = MACS.get(id);
  const length = icvLength ?? icvLengthOf(id);
  return known === undefined || length === null ? null : { id, ...known, icvLength: length };
}

/** Whether `icv` is that of the data. */
export function icvFits(
  provider: CryptoProvider,
  { mac, icvLength }: Integrity,
  key: Uint8Array,
  data: Uint8Array,
  icv: Uint8Array,
): boolean {
  const right = mac(provider, key, data);
  if (right === null || icv.length !== icvLength || right.length < icvLength) return false;
  let difference = 0;
  for (let at = 0; at < icvLength; at++) difference |= (right[at] ?? 0) ^ (icv[at] ?? 0);
  return difference === 0;
}

/** The ICV of the data; null where the key is of no length of the algorithm. */
export function icvOf(
  provider: CryptoProvider,
  { mac, icvLength }: Integrity,
  key: Uint8Array,
  ...parts: readonly Uint8Array[]
): Uint8Array | null {
  return mac(provider, key, joinBytes(...parts))?.subarray(0, icvLength) ?? null;
}
