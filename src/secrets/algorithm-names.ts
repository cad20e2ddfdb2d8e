import { ENCR, INTEG } from "../ike/registries/transforms-v2.js";
import type { EspIntegrity } from "./key.js";

/** An encryption algorithm by a name. */
export interface NamedEncryption {
  readonly id: number;
  /** Bits, where the name says so. */
  readonly keyLength: number | null;
}

/** ICV lengths of the algorithms of RFC 4106 and RFC 4309 by the number that stands in their names, octets. */
const GCM_BY_ICV: ReadonlyMap<number, number> = new Map([
  [8, ENCR.ENCR_AES_GCM_8],
  [12, ENCR.ENCR_AES_GCM_12],
  [16, ENCR.ENCR_AES_GCM_16],
]);
const CCM_BY_ICV: ReadonlyMap<number, number> = new Map([
  [8, ENCR.ENCR_AES_CCM_8],
  [12, ENCR.ENCR_AES_CCM_12],
  [16, ENCR.ENCR_AES_CCM_16],
]);

/** AES-GCM or AES-CCM with an ICV of so many bytes; null for lengths that no RFC has. */
export function gcmOf(icvLength: number): number | null {
  return GCM_BY_ICV.get(icvLength) ?? null;
}

export function ccmOf(icvLength: number): number | null {
  return CCM_BY_ICV.get(icvLength) ?? null;
}

/** An encryption algorithm as Wireshark's tables name it, of IKEv2 and of ESP; null where the name is not known. */
export function wiresharkEncryption(name: string): NamedEncryption | null {
  const plain = plainName(name);
  if (plain === "NULL") return { id: ENCR.ENCR_NULL, keyLength: null };
  if (/^(3DES|TRIPLEDES|TRIPPLEDES)(-CBC)?$/.test(plain)) return { id: ENCR.ENCR_3DES, keyLength: null };
  if (/^DES-CBC$/.test(plain)) return { id: ENCR.ENCR_DES, keyLength: null };
  if (/^BLOWFISH-CBC$/.test(plain)) return { id: ENCR.ENCR_BLOWFISH, keyLength: null };
  if (/^CAST5-CBC$/.test(plain)) return { id: ENCR.ENCR_CAST, keyLength: null };
  if (plain.startsWith("CHACHA20-POLY1305")) return { id: ENCR.ENCR_CHACHA20_POLY1305, keyLength: null };
  const match = /^(AES|CAMELLIA)-(CBC|CTR|GCM|CCM)(?:-(128|192|256))?(?: WITH (\d+) OCTET ICV)?$/.exec(plain);
  if (match === null) return null;
  const [, family, mode, bits, icv] = match;
  const keyLength = bits === undefined ? null : Number(bits);
  const id = idOf(family === "CAMELLIA", mode ?? "", icv === undefined ? 16 : Number(icv));
  return id === null ? null : { id, keyLength };
}

function idOf(isCamellia: boolean, mode: string, icvLength: number): number | null {
  switch (mode) {
    case "CBC":
      return isCamellia ? ENCR.ENCR_CAMELLIA_CBC : ENCR.ENCR_AES_CBC;
    case "CTR":
      return isCamellia ? ENCR.ENCR_CAMELLIA_CTR : ENCR.ENCR_AES_CTR;
    case "GCM":
      return isCamellia ? null : gcmOf(icvLength);
    case "CCM":
      return isCamellia ? null : ccmOf(icvLength);
    default:
      return null;
  }
}

/** Integrity algorithms by hash and bits of ICV, as names join them. */
const INTEGRITY_BY_NAME: ReadonlyMap<string, number> = new Map([
  ["MD5-96", INTEG.AUTH_HMAC_MD5_96],
  ["MD5-128", INTEG.AUTH_HMAC_MD5_128],
  ["SHA1-96", INTEG.AUTH_HMAC_SHA1_96],
  ["SHA1-160", INTEG.AUTH_HMAC_SHA1_160],
  ["SHA256-128", INTEG.AUTH_HMAC_SHA2_256_128],
  ["SHA384-192", INTEG.AUTH_HMAC_SHA2_384_192],
  ["SHA512-256", INTEG.AUTH_HMAC_SHA2_512_256],
  ["XCBC-96", INTEG.AUTH_AES_XCBC_96],
  ["CMAC-96", INTEG.AUTH_AES_CMAC_96],
]);

/** The integrity algorithm of a hash (or of XCBC or CMAC) whose ICV is cut to so many bits; null where there is none such. */
export function integrityOf(hash: string, bits: number): EspIntegrity | null {
  const id = INTEGRITY_BY_NAME.get(`${hash}-${bits}`);
  if (id !== undefined) return { id, icvLength: bits / 8 };
  // Linux before 2.6.33 and others after it cut SHA-256 to 96 bits (draft-ietf-ipsec-ciph-sha-256-00).
  const whole = WHOLE.get(hash);
  return whole === undefined || bits % 8 !== 0 || bits < 32 || bits > 512
    ? null
    : { id: whole, icvLength: bits / 8 };
}

const WHOLE: ReadonlyMap<string, number> = new Map([
  ["MD5", INTEG.AUTH_HMAC_MD5_96],
  ["SHA1", INTEG.AUTH_HMAC_SHA1_96],
  ["SHA256", INTEG.AUTH_HMAC_SHA2_256_128],
  ["SHA384", INTEG.AUTH_HMAC_SHA2_384_192],
  ["SHA512", INTEG.AUTH_HMAC_SHA2_512_256],
  ["XCBC", INTEG.AUTH_AES_XCBC_96],
  ["CMAC", INTEG.AUTH_AES_CMAC_96],
]);

/** An integrity algorithm as Wireshark's tables name it; null where the name is not known. */
export function wiresharkIntegrity(name: string): EspIntegrity | null {
  const plain = plainName(name).replaceAll("_", "-");
  if (plain === "NULL" || plain === "NONE") return { id: 0, icvLength: 0 };
  const any = /^ANY (\d+) BIT AUTHENTICATION$/.exec(plain)?.[1];
  if (any !== undefined) return { id: null, icvLength: Number(any) / 8 };
  const hmac = /^HMAC-(MD5|SHA-?1|SHA-?(?:2-)?(?:256|384|512))-(\d+)$/.exec(plain);
  if (hmac === null) return null;
  return integrityOf((hmac[1] ?? "").replace("SHA2-", "SHA-").replaceAll("-", ""), Number(hmac[2]));
}

/** Encryption and integrity as strongSwan and Libreswan log them: registry names without prefix ("AES_CBC", "HMAC_SHA2_256_128"). */
export function loggedEncryption(name: string): number | null {
  if (name === "3DES_CBC") return ENCR.ENCR_3DES;
  const entry = Object.entries(ENCR).find(([known]) => known === `ENCR_${name}`);
  return entry?.[1] ?? null;
}

export function loggedIntegrity(name: string): number | null {
  if (name === "NONE") return 0;
  const entry = Object.entries(INTEG).find(([known]) => known === `AUTH_${name}`);
  return entry?.[1] ?? null;
}

/** Without the reference in brackets, in capitals. */
function plainName(name: string): string {
  const whole = name.trim();
  const opened = whole.endsWith("]") ? whole.indexOf("[", whole.lastIndexOf("]", whole.length - 2) + 1) : -1;
  return (opened < 0 ? whole : whole.slice(0, opened).trimEnd()).toUpperCase();
}
