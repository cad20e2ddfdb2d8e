import { joinBytes, u32Bytes } from "./bytes.js";
import { type Cipher, decrypt, encrypt } from "./cipher.js";
import { icvFits, icvOf, type Integrity } from "./integrity.js";
import type { CryptoProvider } from "./provider.js";

const HEADER = 8;
const TRAILER = 2;

/** Protection of an ESP SA. */
export interface EspProtection {
  readonly cipher: Cipher;
  /** Null where the cipher brings its own, or there is none. */
  readonly integrity: Integrity | null;
  /** ICV that cannot be checked for want of a key, bytes. */
  readonly uncheckedIcv: number;
}

/** Keys of an ESP SA. */
export interface EspSaKeys {
  readonly cipherKey: Uint8Array;
  readonly integrityKey: Uint8Array | null;
}

/** Content of an ESP packet. */
export interface EspContent {
  /** Without padding and trailer. */
  readonly content: Uint8Array;
  readonly nextHeader: number;
  /** Whether the padding is 1, 2, 3 and so on (RFC 4303 2.4). */
  readonly paddingFits: boolean;
  /** High half of the sequence number with which the ICV fitted; null without extended sequence numbers. */
  readonly high: number | null;
}

export type OpenedEsp =
  | ({ readonly ok: true } & EspContent)
  | { readonly ok: false; readonly reason: "integrity" | "cipher" | "short" };

/**
 * Opens an ESP packet (RFC 4303 2). `highs` are the values of the sequence number's high half to try, null for numbers of 32
 * bits; the first one is taken where nothing checks them.
 */
export function openEsp(
  provider: CryptoProvider,
  protection: EspProtection,
  keys: EspSaKeys,
  packet: Uint8Array,
  highs: readonly (number | null)[],
): OpenedEsp {
  const { cipher, integrity, uncheckedIcv } = protection;
  const ownIcv = cipher.mode === "aead" || cipher.mode === "gmac" ? cipher.icv : 0;
  const icvLength = integrity?.icvLength ?? uncheckedIcv;
  if (packet.length < HEADER + cipher.iv + TRAILER + icvLength + ownIcv)
    return { ok: false, reason: "short" };
  const end = packet.length - icvLength;
  for (const high of highs) {
    if (integrity !== null && !espIcvFits(provider, integrity, keys, packet, high)) continue;
    const padded = decrypt(provider, cipher, keys.cipherKey, {
      aad: espAad(packet, high),
      iv: packet.subarray(HEADER, HEADER + cipher.iv),
      body: packet.subarray(HEADER + cipher.iv, end),
    });
    if (padded !== null) return contentOf(padded, high);
    if (ownIcv === 0) return { ok: false, reason: "cipher" };
  }
  return { ok: false, reason: "integrity" };
}

function espIcvFits(
  provider: CryptoProvider,
  integrity: Integrity,
  { integrityKey }: EspSaKeys,
  packet: Uint8Array,
  high: number | null,
): boolean {
  if (integrityKey === null) return false;
  const end = packet.length - integrity.icvLength;
  const covered = packet.subarray(0, end);
  // The high half stands behind the packet, unseen (RFC 4303 2.2.1).
  const data = high === null ? covered : joinBytes(covered, u32Bytes(high));
  return icvFits(provider, integrity, integrityKey, data, packet.subarray(end));
}

/** SPI and sequence number, with the high half between where it has one (RFC 4106 5). */
function espAad(packet: Uint8Array, high: number | null): Uint8Array {
  const spi = packet.subarray(0, 4);
  const low = packet.subarray(4, HEADER);
  return high === null ? packet.subarray(0, HEADER) : joinBytes(spi, u32Bytes(high), low);
}

function contentOf(padded: Uint8Array, high: number | null): OpenedEsp {
  const trailer = padded.length - TRAILER;
  const padding = padded[trailer] ?? 0;
  const end = trailer - padding;
  if (end < 0) return { ok: false, reason: "cipher" };
  let paddingFits = true;
  for (let count = 1; count <= padding; count++) if (padded[end + count - 1] !== count) paddingFits = false;
  return {
    ok: true,
    content: padded.subarray(0, end),
    nextHeader: padded[trailer + 1] ?? 0,
    paddingFits,
    high,
  };
}

/** Seals what {@link openEsp} opens; padding is 1, 2, 3 and so on, up to the cipher's block and four bytes. */
export function sealEsp(
  provider: CryptoProvider,
  protection: EspProtection,
  keys: EspSaKeys,
  head: {
    readonly spi: number;
    readonly sequence: number;
    readonly high: number | null;
    readonly iv: Uint8Array;
  },
  content: Uint8Array,
  nextHeader: number,
): Uint8Array | null {
  const { cipher, integrity } = protection;
  const block = Math.max(4, cipher.block);
  const over = (content.length + TRAILER) % block;
  const padding = Uint8Array.from({ length: over === 0 ? 0 : block - over }, (_, at) => at + 1);
  const padded = joinBytes(content, padding, Uint8Array.of(padding.length, nextHeader));
  const header = joinBytes(u32Bytes(head.spi), u32Bytes(head.sequence));
  const aad = espAad(header, head.high);
  const body = encrypt(provider, cipher, keys.cipherKey, { aad, iv: head.iv, body: padded });
  if (body === null) return null;
  const covered = joinBytes(header, head.iv, body);
  if (integrity === null) return covered;
  const highBytes = head.high === null ? new Uint8Array(0) : u32Bytes(head.high);
  const icv =
    keys.integrityKey === null ? null : icvOf(provider, integrity, keys.integrityKey, covered, highBytes);
  return icv === null ? null : joinBytes(covered, icv);
}
