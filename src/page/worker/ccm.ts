import { cbc, ctr } from "@noble/ciphers/aes.js";
import { joinBytes } from "../../opening/bytes.js";
import type { AeadTerms } from "../../opening/provider.js";

const BLOCK = 16;
/** Data that are authenticated only have their length in two bytes up to here (RFC 3610 section 2.2). */
const LONGEST_AAD = 0xfeff;

/** AES-CCM (RFC 3610): ciphertext and ICV. Throws for keys, nonces and lengths that it does not take. */
export function sealCcm(terms: AeadTerms, plain: Uint8Array): Uint8Array {
  const mask = ctr(terms.key, firstCounter(terms)).encrypt(joinBytes(macOf(terms, plain), plain));
  return joinBytes(mask.subarray(BLOCK), mask.subarray(0, terms.icvLength));
}

/** The plaintext of what `sealCcm` gives; null where the ICV is wrong. Throws as that does. */
export function openCcm(terms: AeadTerms, sealed: Uint8Array): Uint8Array | null {
  const length = sealed.length - terms.icvLength;
  const opened = ctr(terms.key, firstCounter(terms)).encrypt(
    joinBytes(new Uint8Array(BLOCK), sealed.subarray(0, length)),
  );
  const plain = opened.subarray(BLOCK);
  const mac = macOf(terms, plain);
  const icv = sealed.subarray(length);
  const isRight = icv.every((byte, index) => byte === ((mac[index] ?? 0) ^ (opened[index] ?? 0)));
  return isRight ? plain : null;
}

/** The counter block that masks the ICV; those of the data follow it (RFC 3610 section 2.3). */
function firstCounter({ nonce }: AeadTerms): Uint8Array {
  const block = new Uint8Array(BLOCK);
  block[0] = lengthBytes(nonce) - 1;
  block.set(nonce, 1);
  return block;
}

/** The whole MAC, before it is cut and masked (RFC 3610 section 2.2). */
function macOf({ key, nonce, aad, icvLength }: AeadTerms, plain: Uint8Array): Uint8Array {
  if (aad.length > LONGEST_AAD) throw new RangeError(`${aad.length} bytes are more than CCM takes here`);
  const first = new Uint8Array(BLOCK);
  const view = new DataView(first.buffer);
  view.setUint32(BLOCK - 4, plain.length);
  first.set(nonce, 1);
  first[0] = (aad.length > 0 ? 0x40 : 0) | (((icvLength - 2) / 2) << 3) | (lengthBytes(nonce) - 1);
  const length = Uint8Array.of(aad.length >> 8, aad.length & 0xff);
  const head = aad.length === 0 ? new Uint8Array(0) : wholeBlocks(joinBytes(length, aad));
  const blocks = joinBytes(first, head, wholeBlocks(plain));
  return cbc(key, new Uint8Array(BLOCK), { disablePadding: true }).encrypt(blocks).slice(-BLOCK);
}

/** Bytes of the length and of the counter: what the nonce leaves of a block. */
function lengthBytes(nonce: Uint8Array): number {
  const bytes = BLOCK - 1 - nonce.length;
  if (bytes < 2 || bytes > 8) throw new RangeError(`a nonce of ${nonce.length} bytes is none of CCM`);
  return bytes;
}

function wholeBlocks(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK);
  whole.set(bytes);
  return whole;
}
