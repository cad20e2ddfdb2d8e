import { md5, sha1 } from "@noble/hashes/legacy.js";
import type { Hash } from "@noble/hashes/utils.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { setHex } from "../bytes/hex.js";

/** Hash of a NAT detection: SHA-1 always in IKEv2, the hash of the chosen phase 1 proposal in IKEv1. */
export type NatDetectionHash = "md5" | "sha1" | "sha256" | "sha384" | "sha512";

/** A hash function that is used again: an object of its own for each short message costs more than its one block. */
class ReusedHash<H extends Hash<H>> {
  readonly #begun: H;
  readonly #scratch: H;

  constructor(create: () => H) {
    this.#begun = create();
    this.#scratch = create();
  }

  of(message: Uint8Array): Uint8Array {
    const digest = new Uint8Array(this.#scratch.outputLen);
    // oxlint-disable-next-line no-underscore-dangle -- the library's own way to use an object again
    this.#begun._cloneInto(this.#scratch).update(message).digestInto(digest);
    return digest;
  }
}

const HASHES: Readonly<Record<NatDetectionHash, { readonly of: (message: Uint8Array) => Uint8Array }>> = {
  md5: new ReusedHash(() => md5.create()),
  sha1: new ReusedHash(() => sha1.create()),
  sha256: new ReusedHash(() => sha256.create()),
  sha384: new ReusedHash(() => sha384.create()),
  sha512: new ReusedHash(() => sha512.create()),
};

/**
 * HASH(initiator SPI | responder SPI | address | port), as NAT_DETECTION_* notifies (RFC 7296 2.23) and NAT-D payloads
 * (RFC 3947 3.2) carry it. SPIs are 16 hex digits each, the responder's all zero in the first message; `address` has 4
 * or 16 bytes in network order. Throws RangeError where an SPI is not 8 bytes of hex.
 */
export function natDetectionHash(
  initiatorSpi: string,
  responderSpi: string,
  address: Uint8Array,
  port: number,
  hash: NatDetectionHash = "sha1",
): Uint8Array {
  const message = new Uint8Array(16 + address.length + 2);
  setSpi(message, 0, initiatorSpi);
  setSpi(message, 8, responderSpi);
  message.set(address, 16);
  message[16 + address.length] = port >> 8;
  message[17 + address.length] = port & 0xff;
  return HASHES[hash].of(message);
}

function setSpi(message: Uint8Array, at: number, spi: string): void {
  if (spi.length !== 16 || !/^[0-9a-fA-F]*$/.test(spi)) {
    throw new RangeError(`an IKE SPI has 8 bytes in 16 hex digits, not "${spi}"`);
  }
  setHex(message, at, spi);
}
