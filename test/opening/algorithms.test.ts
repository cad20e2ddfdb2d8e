import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../src/bytes/hex.js";
import { ENCR, INTEG, PRF } from "../../src/ike/registries/transforms-v2.js";
import { aesCmac, aesXcbc } from "../../src/opening/aes-mac.js";
import { cipherBy, decrypt } from "../../src/opening/cipher.js";
import { type EspProtection, openEsp, sealEsp } from "../../src/opening/esp-seal.js";
import { integrityBy } from "../../src/opening/integrity.js";
import { nodeCrypto } from "../../src/opening/node/node-crypto.js";
import { prfBy } from "../../src/opening/prf.js";
import type { DirectionKeys, Protection } from "../../src/opening/seal-v2.js";
import { ascii } from "../support/ike/bytes.js";
import { sealedMessage, unsealed } from "../support/keys/sealed.js";

const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => at);

describe("AES-XCBC-MAC (RFC 3566 section 4.6)", () => {
  const key = fromHex("000102030405060708090a0b0c0d0e0f");
  it.each([
    [0, "75f0251d528ac01c4573dfd584d79f29"],
    [3, "5b376580ae2f19afe7219ceef172756f"],
    [16, "d2a246fa349b68a79998a4394ff7a263"],
    [20, "47f51b4564966215b8985c63055ed308"],
    [32, "f54f0ec8d2b9f3d36807734bd5283fd4"],
    [34, "becbb3bccdb518a30677d5481fb6b4d8"],
  ])("of %i bytes", (length, mac) => {
    expect(toHex(aesXcbc(nodeCrypto, key, counting(length)) ?? new Uint8Array(0))).toBe(mac);
  });
});

describe("AES-CMAC (RFC 4493 section 4)", () => {
  const key = fromHex("2b7e151628aed2a6abf7158809cf4f3c");
  const message = fromHex(
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51" +
      "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
  );
  it.each([
    [0, "bb1d6929e95937287fa37d129b756746"],
    [16, "070a16b46b4d4144f79bdd9dd04a287c"],
    [40, "dfa66747de9ae63030ca32611497c827"],
    [64, "51f0bebf7e3b9d92fc49741779363cfe"],
  ])("of %i bytes", (length, mac) => {
    expect(toHex(aesCmac(nodeCrypto, key, message.subarray(0, length)) ?? new Uint8Array(0))).toBe(mac);
  });
});

describe("PRFs with keys of any length", () => {
  const key = "000102030405060708090a0b0c0d0e0fedcb";
  it.each([
    ["AES128_XCBC", PRF.PRF_AES128_XCBC, 16, "47f51b4564966215b8985c63055ed308"],
    ["AES128_XCBC", PRF.PRF_AES128_XCBC, 10, "0fa087af7d866e7653434e602fdde835"],
    ["AES128_XCBC", PRF.PRF_AES128_XCBC, 18, "8cd3c93ae598a9803006ffb67c40e9e4"],
    ["AES128_CMAC", PRF.PRF_AES128_CMAC, 18, "84a348a4a45d235babfffc0d2b4da09a"],
    ["AES128_CMAC", PRF.PRF_AES128_CMAC, 16, "980ae87b5f4c9c5214f5b6a8455e4c2d"],
    ["AES128_CMAC", PRF.PRF_AES128_CMAC, 10, "290d9e112edb09ee141fcf64c0b72f3d"],
  ])("%s (RFC 4434 and 4615, section 4), %i, %i bytes", (_, id, length, expected) => {
    const out = prfBy(id)?.of(nodeCrypto, fromHex(key).subarray(0, length), counting(20));
    expect(toHex(out ?? new Uint8Array(0))).toBe(expected);
  });
});

describe("ciphers, by the vectors of their RFCs", () => {
  it("ChaCha20-Poly1305 for ESP (RFC 7634 appendix A)", () => {
    const cipher = cipherBy(ENCR.ENCR_CHACHA20_POLY1305, null);
    if (cipher === null) throw new Error("no cipher");
    const key = fromHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3");
    const sealed = {
      aad: fromHex("0102030400000005"),
      iv: fromHex("1011121314151617"),
      body: fromHex(
        "24039428b97f417e3c13753a4f05087b67c352e6a7fab1b982d466ef407ae5c614ee8099d52844eb61aa95dfab4c02f72a" +
          "a71e7c4c4f64c9befe2facc638e8f3cbec163fac469b502773f6fb94e664da9165b82829f641e076aaa8266b7fb0f7b11b369907e1ad43",
      ),
    };
    const plain = decrypt(nodeCrypto, cipher, key, sealed);
    expect(toHex(plain ?? new Uint8Array(0)).slice(0, 16)).toBe("45000054a6f20000");
  });

  it("AES-CTR (RFC 3686 section 6, vector 1)", () => {
    const cipher = cipherBy(ENCR.ENCR_AES_CTR, 16);
    if (cipher === null) throw new Error("no cipher");
    const key = fromHex("ae6852f8121067cc4bf7a5765577f39e00000030");
    const sealed = {
      aad: new Uint8Array(0),
      iv: new Uint8Array(8),
      body: fromHex("e4095d4fb7a7b3792d6175a3261311b8"),
    };
    expect(decrypt(nodeCrypto, cipher, key, sealed)).toEqual(ascii("Single block msg"));
  });
});

/** Every suite of IKE that can be computed; those of OpenSSL's legacy provider are not. */
const ENCRYPTIONS: readonly (readonly [string, number, number | null])[] = [
  ["AES_CBC_128", ENCR.ENCR_AES_CBC, 16],
  ["AES_CBC_192", ENCR.ENCR_AES_CBC, 24],
  ["AES_CBC_256", ENCR.ENCR_AES_CBC, 32],
  ["CAMELLIA_CBC_256", ENCR.ENCR_CAMELLIA_CBC, 32],
  ["3DES", ENCR.ENCR_3DES, null],
  ["AES_CTR_128", ENCR.ENCR_AES_CTR, 16],
  ["AES_CTR_256", ENCR.ENCR_AES_CTR, 32],
  ["AES_GCM_8_128", ENCR.ENCR_AES_GCM_8, 16],
  ["AES_GCM_12_192", ENCR.ENCR_AES_GCM_12, 24],
  ["AES_GCM_16_256", ENCR.ENCR_AES_GCM_16, 32],
  ["AES_CCM_8_128", ENCR.ENCR_AES_CCM_8, 16],
  ["AES_CCM_12_192", ENCR.ENCR_AES_CCM_12, 24],
  ["AES_CCM_16_256", ENCR.ENCR_AES_CCM_16, 32],
  ["CHACHA20_POLY1305", ENCR.ENCR_CHACHA20_POLY1305, null],
  ["NULL", ENCR.ENCR_NULL, null],
];

const INTEGRITIES = [
  INTEG.AUTH_HMAC_MD5_96,
  INTEG.AUTH_HMAC_SHA1_96,
  INTEG.AUTH_AES_XCBC_96,
  INTEG.AUTH_HMAC_MD5_128,
  INTEG.AUTH_HMAC_SHA1_160,
  INTEG.AUTH_AES_CMAC_96,
  INTEG.AUTH_HMAC_SHA2_256_128,
  INTEG.AUTH_HMAC_SHA2_384_192,
  INTEG.AUTH_HMAC_SHA2_512_256,
];

const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });

/** A suite of that cipher, with keys. */
function suites(
  id: number,
  keyBytes: number | null,
): fc.Arbitrary<{ suite: Protection; keys: DirectionKeys }> {
  const cipher = cipherBy(id, keyBytes);
  if (cipher === null) throw new Error("no cipher");
  const cipherKey = bytes(cipher.key + cipher.salt);
  if (cipher.mode === "aead") {
    return cipherKey.map((key) => ({
      suite: { cipher, integrity: null },
      keys: { cipherKey: key, integrityKey: null },
    }));
  }
  return fc.constantFrom(...INTEGRITIES).chain((integrityId) => {
    const integrity = integrityBy(integrityId);
    return fc.tuple(cipherKey, bytes(integrity?.keyLength ?? 0)).map(([key, integrityKey]) => ({
      suite: { cipher, integrity },
      keys: { cipherKey: key, integrityKey },
    }));
  });
}

describe.each(ENCRYPTIONS)("an IKE message under %s", (_, id, keyBytes) => {
  it("opens to what was sealed, and to nothing once a byte is another", () => {
    fc.assert(
      fc.property(
        suites(id, keyBytes),
        bytes(16),
        fc.uint8Array({ maxLength: 600 }),
        fc.nat(),
        (made, iv, plain, at) => {
          for (const fragment of [null, { number: 2, total: 3 }]) {
            const sealed = sealedMessage(made.suite, made.keys, { iv, plain, fragment });
            expect(unsealed(made.suite, made.keys, sealed)).toEqual({ ok: true, plain });
            const other = sealed.slice();
            const place = at % other.length;
            other[place] = (other[place] ?? 0) ^ 0x40;
            expect(unsealed(made.suite, made.keys, other).ok).toBe(false);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

const ESP_ONLY: readonly (readonly [string, number, number | null])[] = [
  ["NULL_AUTH_AES_GMAC", ENCR.ENCR_NULL_AUTH_AES_GMAC, 16],
];

describe.each([...ENCRYPTIONS, ...ESP_ONLY])("an ESP packet under %s", (_, id, keyBytes) => {
  it("opens to what was sealed, with 32-bit and 64-bit sequence numbers", () => {
    const cipher = cipherBy(id, keyBytes);
    if (cipher === null) throw new Error("no cipher");
    const isCombined = cipher.mode === "aead" || cipher.mode === "gmac";
    fc.assert(
      fc.property(
        bytes(cipher.key + cipher.salt),
        fc.constantFrom(...INTEGRITIES),
        bytes(64),
        bytes(cipher.iv),
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.constantFrom(null, 0, 3),
        (cipherKey, integrityId, material, iv, content, high) => {
          const integrity = isCombined ? null : integrityBy(integrityId);
          const protection: EspProtection = { cipher, integrity, uncheckedIcv: 0 };
          const keys = { cipherKey, integrityKey: material.subarray(0, integrity?.keyLength ?? 0) };
          const head = { spi: 0x1234_5678, sequence: 77, high, iv };
          const packet = sealEsp(nodeCrypto, protection, keys, head, content, 4);
          if (packet === null) throw new Error("not sealed");
          const opened = openEsp(nodeCrypto, protection, keys, packet, [null, 0, 1, 2, 3]);
          expect(opened).toMatchObject({ ok: true, content, nextHeader: 4, paddingFits: true, high });
          const wrong = packet.slice();
          wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
          expect(openEsp(nodeCrypto, protection, keys, wrong, [null, 0, 1, 2, 3])).toMatchObject({
            ok: false,
            reason: "integrity",
          });
        },
      ),
      { numRuns: 30 },
    );
  });
});
