import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FileBytes } from "../../src/capture/node/file-bytes.js";
import { decryptionSecrets } from "../../src/capture/pcapng-secrets.js";
import { ENCR, INTEG } from "../../src/ike/registries/transforms-v2.js";
import { cipherBy } from "../../src/opening/cipher.js";
import { espSaLine } from "../../src/opening/esp-sa-line.js";
import { integrityBy } from "../../src/opening/integrity.js";
import { ikescope } from "../support/command.js";
import { keyBytes, ringOf } from "../support/keys/texts.js";
import { HAVE_SAMPLES, NO_SAMPLES, SAMPLES } from "../support/keys/samples.js";
import { itIf } from "../support/require.js";

const folder = mkdtempSync(join(tmpdir(), "ikescope-with-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function secretsIn(file: string): Promise<number> {
  return (await decryptionSecrets(await FileBytes.open(file))).length;
}

describe("an evidence file", () => {
  const capture = `${SAMPLES}s2-psk-cbc/alice.pcap`;
  const log = `${SAMPLES}s2-psk-cbc/alice.charon.ike4-chd4.log`;

  itIf(HAVE_SAMPLES, NO_SAMPLES)(
    "holds keys and whole ESP where --with-keys asks for it, for its owner alone",
    async () => {
      const file = join(folder, "with.pcapng");
      const { code, stderr } = await ikescope([capture, "--keys", log, "--evidence", file, "--with-keys"]);
      expect(code).toBe(0);
      expect(stderr).toContain("holds the keys of 2 ESP SAs");
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(await secretsIn(file)).toBe(1);
      const fits = await ikescope(["keys", "embedded", file]);
      expect(fits.stdout.match(/opens \d+ packets? of ESP/g)).toHaveLength(2);
    },
  );

  itIf(HAVE_SAMPLES, NO_SAMPLES)("holds no keys without it", async () => {
    const file = join(folder, "without.pcapng");
    await ikescope([capture, "--keys", log, "--evidence", file]);
    expect(await secretsIn(file)).toBe(0);
  });

  it("cannot hold keys that nobody gave", async () => {
    for (const args of [["--with-keys"], ["--with-keys", "--evidence", join(folder, "none.pcapng")]]) {
      const { code, stderr } = await ikescope(["any.pcap", ...args]);
      expect(code).toBe(2);
      expect(stderr).toContain("--with-keys puts keys into the file of --evidence");
    }
  });
});

describe("lines of esp_sa", () => {
  it.each([
    [ENCR.ENCR_AES_CBC, 16, INTEG.AUTH_HMAC_SHA2_256_128, undefined],
    [ENCR.ENCR_AES_CBC, 32, INTEG.AUTH_HMAC_SHA2_256_128, 12],
    [ENCR.ENCR_AES_CBC, 24, INTEG.AUTH_HMAC_SHA2_512_256, undefined],
    [ENCR.ENCR_AES_CBC, 16, INTEG.AUTH_HMAC_SHA2_384_192, undefined],
    [ENCR.ENCR_3DES, null, INTEG.AUTH_HMAC_SHA1_96, undefined],
    [ENCR.ENCR_AES_CTR, 16, INTEG.AUTH_HMAC_MD5_96, undefined],
    [ENCR.ENCR_AES_GCM_16, 32, null, undefined],
    [ENCR.ENCR_AES_GCM_8, 16, null, undefined],
  ] as const)("are read again as what they are: %s with %s bytes, %s, ICV of %s", (id, bytes, check, icv) => {
    const cipher = cipherBy(id, bytes);
    const integrity = check === null ? null : integrityBy(check, icv);
    if (cipher === null) throw new Error("no such cipher");
    const keys = {
      cipherKey: keyBytes(cipher.key + cipher.salt, 3),
      integrityKey: integrity === null ? null : keyBytes(integrity.keyLength, 4),
    };
    const [given] = ringOf('"IPv4","*","*","*","NULL","","NULL",""').keys;
    if (given === undefined) throw new Error("no key");
    const line = espSaLine({
      source: "192.0.2.1",
      destination: "192.0.2.2",
      spi: 0xabc,
      high: 2,
      candidate: {
        key: given,
        by: "",
        protection: { cipher, integrity, uncheckedIcv: 0 },
        keys,
        esn: true,
        from: null,
        to: null,
      },
    });
    const { keys: read, faults } = ringOf(line ?? "");
    expect(faults).toEqual([]);
    const esp = read[0];
    if (esp?.kind !== "esp") throw new Error("the line is not read");
    expect(esp).toMatchObject({ spi: 0xabc, from: "192.0.2.1", to: "192.0.2.2", encryption: id, esn: true });
    expect(esp.cipherKey.reveal()).toEqual(keys.cipherKey);
    expect(esp.integrityKey?.reveal() ?? null).toEqual(keys.integrityKey);
    if (integrity !== null) expect(esp.integrity).toEqual({ id: check, icvLength: integrity.icvLength });
  });

  it("are none for what Wireshark has no name for", () => {
    const cipher = cipherBy(ENCR.ENCR_CHACHA20_POLY1305, 32);
    const [given] = ringOf('"IPv4","*","*","*","NULL","","NULL",""').keys;
    if (cipher === null || given === undefined) throw new Error("no key");
    const protection = { cipher, integrity: null, uncheckedIcv: 0 };
    const keys = { cipherKey: keyBytes(36, 1), integrityKey: null };
    const candidate = { key: given, by: "", protection, keys, esn: false, from: null, to: null };
    expect(espSaLine({ source: "a", destination: "b", spi: 1, high: null, candidate })).toBeNull();
  });
});
