import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../../src/opening/node/node-crypto.js";
import { toHex } from "../../src/bytes/hex.js";
import { ENCR, INTEG } from "../../src/ike/registries/transforms-v2.js";
import { Opener } from "../../src/index.js";
import { joinBytes } from "../../src/opening/bytes.js";
import { cipherBy } from "../../src/opening/cipher.js";
import { sealEsp } from "../../src/opening/esp-seal.js";
import { fitsOf } from "../../src/opening/fits.js";
import { integrityBy } from "../../src/opening/integrity.js";
import type { AeadCipher, AeadTerms, CryptoProvider } from "../../src/opening/provider.js";
import { scriptCrypto } from "../../src/page/worker/script-crypto.js";
import { xfrmState } from "../support/host/texts.js";
import { keyBytes, ringOf } from "../support/keys/texts.js";
import "../support/seeded-properties.js";

const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });
const data = fc.uint8Array({ maxLength: 200 });
const aesKey = fc.constantFrom(16, 24, 32).chain(bytes);
const blocks = fc.integer({ min: 0, max: 12 }).chain((count) => bytes(16 * count));

/** Terms as IKE and ESP have them (RFC 4106, RFC 4309, RFC 7634). */
function termsOf(cipher: AeadCipher): fc.Arbitrary<AeadTerms> {
  return fc.record({
    key: cipher === "chacha20-poly1305" ? bytes(32) : aesKey,
    nonce: bytes(cipher === "aes-ccm" ? 11 : 12),
    aad: fc.uint8Array({ maxLength: 64 }),
    icvLength: cipher === "chacha20-poly1305" ? fc.constant(16) : fc.constantFrom(8, 12, 16),
  });
}

describe("cryptography in script is that of Node", () => {
  it.each(["md5", "sha1", "sha256", "sha384", "sha512"] as const)("%s, and HMAC with it", (name) => {
    fc.assert(
      fc.property(data, data, data, (key, one, other) => {
        expect(scriptCrypto.hash(name, one, other)).toEqual(nodeCrypto.hash(name, one, other));
        expect(scriptCrypto.hmac(name, key, one, other)).toEqual(nodeCrypto.hmac(name, key, one, other));
      }),
    );
  });

  it("AES in CBC, in counter mode and by blocks, either way", () => {
    fc.assert(
      fc.property(aesKey, bytes(16), blocks, data, (key, iv, whole, any) => {
        const sealed = scriptCrypto.encryptCbc("aes", key, iv, whole);
        expect(sealed).toEqual(nodeCrypto.encryptCbc("aes", key, iv, whole));
        expect(scriptCrypto.decryptCbc("aes", key, iv, sealed ?? whole)).toEqual(whole);
        expect(scriptCrypto.applyCtr(key, iv, any)).toEqual(nodeCrypto.applyCtr(key, iv, any));
        expect(scriptCrypto.encryptAesBlocks(key, whole)).toEqual(nodeCrypto.encryptAesBlocks(key, whole));
      }),
    );
  });

  it("triple DES in CBC, either way, and DES, which is triple DES with one key thrice", () => {
    const whole = fc.integer({ min: 0, max: 12 }).chain((count) => bytes(8 * count));
    fc.assert(
      fc.property(bytes(24), bytes(8), whole, (key, iv, data64) => {
        const sealed = scriptCrypto.encryptCbc("3des", key, iv, data64);
        expect(sealed).toEqual(nodeCrypto.encryptCbc("3des", key, iv, data64));
        expect(scriptCrypto.decryptCbc("3des", key, iv, sealed ?? data64)).toEqual(data64);
        const single = key.subarray(0, 8);
        const thrice = joinBytes(single, single, single);
        expect(scriptCrypto.encryptCbc("des", single, iv, data64)).toEqual(
          nodeCrypto.encryptCbc("3des", thrice, iv, data64),
        );
      }),
    );
    const [key, iv] = [new Uint8Array(24), new Uint8Array(8)];
    expect(scriptCrypto.decryptCbc("3des", key.subarray(1), iv, iv)).toBeNull();
    expect(scriptCrypto.decryptCbc("3des", key, key, iv)).toBeNull();
    expect(scriptCrypto.decryptCbc("3des", key, iv, new Uint8Array(9))).toBeNull();
  });

  it.each(["aes-gcm", "aes-ccm", "chacha20-poly1305"] as const)("%s, with a wrong ICV refused", (cipher) => {
    fc.assert(
      fc.property(termsOf(cipher), data, fc.nat(), (terms, plain, at) => {
        const sealed = nodeCrypto.sealAead(cipher, terms, plain) ?? new Uint8Array(0);
        expect(scriptCrypto.sealAead(cipher, terms, plain)).toEqual(sealed);
        expect(scriptCrypto.openAead(cipher, terms, sealed)).toEqual(plain);
        const broken = sealed.slice();
        const place = at % broken.length;
        broken[place] = (broken[place] ?? 0) ^ 1;
        expect(scriptCrypto.openAead(cipher, terms, broken)).toBeNull();
      }),
    );
  });

  it("gives null for keys, blocks and lengths that no cipher takes, as Node does", () => {
    const [key, iv] = [new Uint8Array(15), new Uint8Array(16)];
    const whole = new Uint8Array(16);
    for (const provider of [scriptCrypto, nodeCrypto]) {
      expect(provider.decryptCbc("aes", key, iv, whole)).toBeNull();
      expect(provider.decryptCbc("aes", whole, iv, new Uint8Array(17))).toBeNull();
      expect(provider.applyCtr(key, iv, whole)).toBeNull();
      expect(provider.encryptAesBlocks(key, whole)).toBeNull();
      for (const cipher of ["aes-gcm", "aes-ccm", "chacha20-poly1305"] as const) {
        const terms = { key, nonce: new Uint8Array(12), aad: iv, icvLength: 16 };
        expect(provider.openAead(cipher, terms, whole)).toBeNull();
        expect(provider.openAead(cipher, { ...terms, key: new Uint8Array(32) }, key)).toBeNull();
      }
    }
  });
});

describe("a cipher that is not there", () => {
  it("is what a key is told to lack, and not that it does not fit", () => {
    const spi = 0xc0ffee01;
    const cipher = cipherBy(ENCR.ENCR_CAMELLIA_CBC, 16);
    const integrity = integrityBy(INTEG.AUTH_HMAC_SHA1_96);
    if (cipher === null || integrity === null) throw new Error("no such algorithm");
    const keys = { cipherKey: keyBytes(16, 1), integrityKey: keyBytes(20, 2) };
    const protection = { cipher, integrity, uncheckedIcv: 0 };
    const head = { spi, sequence: 1, high: null, iv: keyBytes(16, 3) };
    const packet = sealEsp(nodeCrypto, protection, keys, head, new Uint8Array(40), 4);
    if (packet === null) throw new Error("not sealed");
    const ring = ringOf(
      xfrmState({ src: "192.0.2.10", dst: "198.51.100.20", spi }).replace(
        /\tauth-trunc[^\n]*\n\tenc[^\n]*\n|\taead[^\n]*\n/,
        `\tauth-trunc hmac(sha1) 0x${toHex(keys.integrityKey)} 96\n\tenc cbc(camellia) 0x${toHex(keys.cipherKey)}\n`,
      ),
    );
    const fitWith = (provider: CryptoProvider) => {
      const opener = new Opener(ring, provider);
      opener.esp.packet(packet, 0, packet.length, {
        source: () => "192.0.2.10",
        destination: () => "198.51.100.20",
        frame: 1,
        time: 0,
      });
      return fitsOf(ring, opener).map(({ fit }) => fit.kind);
    };
    expect(fitWith(nodeCrypto)).toEqual(["opens"]);
    expect(fitWith(scriptCrypto)).toEqual(["suite not supported"]);
  });
});
