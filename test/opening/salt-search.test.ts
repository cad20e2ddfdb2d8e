import { describe, expect, it } from "vitest";
import { decodeIke } from "../../src/ike/decode.js";
import { ENCR } from "../../src/ike/registries/transforms-v2.js";
import { cipherBy } from "../../src/opening/cipher.js";
import { nodeCrypto } from "../../src/opening/node/node-crypto.js";
import { type SaltTarget, SALTS, searchSalt } from "../../src/opening/salt-search.js";
import { SaltlessKeys } from "../../src/opening/saltless.js";
import { SecretBytes } from "../../src/secrets/secret-bytes.js";
import { wiresharkIkev2Line } from "../../src/secrets/wireshark-ikev2-line.js";
import { joinBytes } from "../../src/opening/bytes.js";
import { INITIATOR_SPI, RESPONDER_SPI } from "../support/ike/message.js";
import { keyBytes, ringOf } from "../support/keys/texts.js";
import { sealedMessage } from "../support/keys/sealed.js";

/** One of the first values that are tried, whatever the order of bytes of the machine. */
const SALT = new Uint8Array(Uint32Array.of(1234).buffer);
const SPIS = { initiator: INITIATOR_SPI, responder: RESPONDER_SPI };
const NOTIFY = Uint8Array.of(0, 0, 0, 8, 0, 0, 0, 14);

/** What is kept of a message under AES-GCM for a search, from keys without salt. */
function targetOf(keyBits: number, key: Uint8Array, plain = NOTIFY): SaltTarget | undefined {
  const cipher = cipherBy(ENCR.ENCR_AES_GCM_16, keyBits / 8);
  if (cipher === null) throw new Error("no such cipher");
  const suite = { cipher, integrity: null, prf: null };
  const whole = { cipherKey: joinBytes(keyBytes(keyBits / 8, 5), SALT), integrityKey: null };
  const bytes = sealedMessage(suite, whole, { iv: keyBytes(8, 3), plain });
  const decoded = decodeIke(bytes, 0, bytes.length);
  const [given] = ringOf(
    `${INITIATOR_SPI},${RESPONDER_SPI},00,00,"AES-GCM-128 with 16 octet ICV",,,"NONE"`,
  ).keys;
  if (!decoded.ok || given?.kind !== "ikev2") throw new Error("the message is none");
  const keys = new SaltlessKeys();
  keys.note(given, "initiator", suite, { cipherKey: key, integrityKey: null }, decoded.message, bytes);
  return keys.all()[0]?.targets.initiator;
}

describe("the search for a salt", () => {
  it.each([128, 256])("finds it, of a key of %s bits, and only by the right key", (bits) => {
    const key = keyBytes(bits / 8, 5);
    const target = targetOf(bits, key);
    if (target === undefined) throw new Error("nothing to search by");
    const found = searchSalt(nodeCrypto, target).next();
    expect(found.done).toBe(true);
    expect(found.done === true ? found.value?.reveal() : null).toEqual(SALT);
    const other = searchSalt(nodeCrypto, { ...target, key: new SecretBytes(keyBytes(bits / 8, 6)) }).next();
    expect(other.done).toBe(false);
    expect(other.done === false ? other.value : SALTS).toBeLessThan(SALTS / 1000);
  });

  it("is not begun with a message that holds no payload", () => {
    expect(targetOf(256, keyBytes(32, 5), new Uint8Array(0))).toBeUndefined();
  });

  it("is not begun where more or less than the salt is missing", () => {
    for (const length of [16, 31, 36]) expect(targetOf(256, keyBytes(length, 5))).toBeUndefined();
  });

  it("gives keys that are read again as what they are", () => {
    const [skEi, skEr] = [1, 2].map((seed) => new SecretBytes(keyBytes(36, seed)));
    if (skEi === undefined || skEr === undefined) throw new Error("no keys");
    const { keys, faults } = ringOf(wiresharkIkev2Line({ spis: SPIS, skEi, skEr, icvLength: 16 }));
    expect(faults).toEqual([]);
    const [key] = keys;
    expect(key?.kind === "ikev2" && [key.skEi?.reveal(), key.skEr?.reveal()]).toEqual([
      skEi.reveal(),
      skEr.reveal(),
    ]);
    expect(key?.kind === "ikev2" && key.suite).toEqual({
      encryption: ENCR.ENCR_AES_GCM_16,
      keyLength: 256,
      integrity: 0,
    });
  });
});
