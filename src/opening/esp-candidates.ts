import type { EspCandidate } from "./child-keys.js";
import type { KeyedStream } from "./esp-stream.js";

/** High halves of 64-bit sequence numbers that are tried first: a capture may begin in the first 2^34 packets. */
const FIRST_HIGHS: readonly number[] = [0, 1, 2, 3];
/** Bytes of a key of HMAC-SHA2-256 and of its ICVs (RFC 4868 2.3; the 96 bits of its drafts). */
const SHA256_KEY = 32;
const SHA256_ICVS = [12, 16] as const;

/** NAT changes addresses, so that only those of the other direction speak against a key; the SPI and the ICV decide. */
export function isFor({ from, to }: EspCandidate, { source, destination }: KeyedStream): boolean {
  return from === null || to === null || from !== destination || to !== source;
}

/**
 * The same with an ICV of HMAC-SHA2-256 of 96 bits instead of 128, or the reverse: Linux before 2.6.33 and drafts before RFC 4868 cut
 * it to 96, and two ends that differ in it drop everything of each other.
 */
export function withOtherIcv(candidate: EspCandidate): EspCandidate[] {
  const { integrity } = candidate.protection;
  if (integrity === null || integrity.keyLength !== SHA256_KEY) return [];
  const [short, long] = SHA256_ICVS;
  const icvLength = integrity.icvLength === long ? short : long;
  return [
    {
      ...candidate,
      protection: { ...candidate.protection, integrity: { ...integrity, icvLength } },
    },
  ];
}

/** Lengths of the ICV as the source of the key states it and as it was found to be; null where they agree. */
export function statedIcv(
  fitting: EspCandidate,
  candidates: readonly EspCandidate[],
): { readonly stated: number; readonly found: number } | null {
  const stated = candidates.find(({ key }) => key === fitting.key)?.protection.integrity?.icvLength;
  const found = fitting.protection.integrity?.icvLength;
  return stated === undefined || found === undefined || stated === found || candidates.includes(fitting)
    ? null
    : { stated, found };
}

/** Whether something in the packet tells that it was opened with the right key. */
export function isChecked({ protection }: EspCandidate): boolean {
  const { cipher, integrity } = protection;
  return integrity !== null || cipher.mode === "aead" || cipher.mode === "gmac";
}

/** High halves of the sequence number to try; sources say wrongly that there are none, and Wireshark's tables say nothing. */
export function highsOf({ esn }: EspCandidate, known: number | null): readonly (number | null)[] {
  if (known !== null) return [known, known + 1, null];
  return esn === true ? [...FIRST_HIGHS, null] : [null, ...FIRST_HIGHS];
}
