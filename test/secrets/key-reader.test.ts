import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inspect } from "node:util";
import { ENCR, INTEG } from "../../src/ike/registries/transforms-v2.js";
import { KeyReader } from "../../src/index.js";
import type { EspKeys, IkeKeysV1, IkeKeysV2, Key } from "../../src/secrets/key.js";
import { SecretBytes } from "../../src/secrets/secret-bytes.js";
import { SeededRandom } from "../support/capture/random.js";
import { charonDump, keyBytes, keyHex, plutoDump, ringOf } from "../support/keys/texts.js";
import { SEED } from "../support/seed.js";

const SPIS = { initiator: "d41c05b406d06c90", responder: "1bdd14538f38d1ef" };
const IKEV2_ROW = `${SPIS.initiator},${SPIS.responder},${keyHex(16, 1)},${keyHex(16, 2)},"AES-CBC-128 [RFC3602]",${keyHex(32, 3)},${keyHex(32, 4)},"HMAC_SHA2_256_128 [RFC4868]"`;

function only<K extends Key["kind"]>(text: string, kind: K): Extract<Key, { kind: K }> {
  const { keys } = ringOf(text);
  expect(keys.map((key) => key.kind)).toEqual([kind]);
  return keys[0] as Extract<Key, { kind: K }>;
}

const revealed = (secret: SecretBytes | null): Uint8Array | null => secret?.reveal() ?? null;

describe("Wireshark's tables", () => {
  it("of IKEv2 hold keys of both directions, and the suite", () => {
    const key: IkeKeysV2 = only(`# comment\n${IKEV2_ROW}\n`, "ikev2");
    expect(key.spis).toEqual(SPIS);
    expect(key.source).toEqual({ file: "keys", line: 2, form: "ikev2_decryption_table" });
    expect([key.skEi, key.skEr, key.skAi, key.skAr].map(revealed)).toEqual([
      keyBytes(16, 1),
      keyBytes(16, 2),
      keyBytes(32, 3),
      keyBytes(32, 4),
    ]);
    expect(key.suite).toEqual({
      encryption: ENCR.ENCR_AES_CBC,
      keyLength: 128,
      integrity: INTEG.AUTH_HMAC_SHA2_256_128,
    });
  });

  it("of combined modes have no integrity keys", () => {
    const row = `${SPIS.initiator},${SPIS.responder},${keyHex(36, 1)},${keyHex(36, 2)},"AES-GCM-256 with 16 octet ICV [RFC5282]",,,"NONE [RFC4306]"`;
    const key = only(row, "ikev2");
    expect(key.skAi?.length).toBe(0);
    expect(key.suite).toEqual({ encryption: ENCR.ENCR_AES_GCM_16, keyLength: 256, integrity: 0 });
  });

  it("of IKEv1 hold a cookie and the cipher's key", () => {
    const key: IkeKeysV1 = only(`fde5985ad9cd6ab0,${keyHex(16, 5)}`, "ikev1");
    expect(key.cookie).toBe("fde5985ad9cd6ab0");
    expect(revealed(key.cipherKey)).toEqual(keyBytes(16, 5));
  });

  it.each([
    ["8 columns", "", null],
    ["10 columns, 32 bits", ',"32-bit","0"', false],
    ["10 columns, 64 bits", ',"64-bit","0"', true],
  ])("of ESP: %s", (_, more, esn) => {
    const row = `"IPv4","192.0.2.10","198.51.100.20","0xc26c08eb","AES-CBC [RFC3602]","0x${keyHex(16, 1)}","HMAC-SHA-256-128 [RFC4868]","0x${keyHex(32, 2)}"${more}`;
    expect(only(row, "esp")).toMatchObject({
      spi: 0xc26c08eb,
      from: "192.0.2.10",
      to: "198.51.100.20",
      encryption: ENCR.ENCR_AES_CBC,
      integrity: { id: INTEG.AUTH_HMAC_SHA2_256_128, icvLength: 16 },
      esn,
    });
  });

  it("of ESP: AES-GCM as strongSwan's save-keys writes it, which Wireshark refuses", () => {
    const row = `"IPv4","192.0.2.10","198.51.100.20","0xc54aaf4d","AES-GCM [RFC4106]","0x${keyHex(36, 1)}","ANY 128 bit authentication [no checking]","0x"`;
    expect(only(row, "esp")).toMatchObject({
      encryption: ENCR.ENCR_AES_GCM_16,
      integrity: { id: 0 },
      integrityKey: null,
    });
  });

  it("of ESP: any SPI and address, and keys in plain text", () => {
    const row = `"IPv6","*","2001:DB8:0::1","*","TripleDES-CBC [RFC2451]","abcdefghijklmnopqrstuvwx","HMAC-MD5-96 [RFC2403]","0123456789abcdef"`;
    const key: EspKeys = only(row, "esp");
    expect(key).toMatchObject({ spi: null, from: null, to: "2001:db8::1", encryption: ENCR.ENCR_3DES });
    expect(key.cipherKey.length).toBe(24);
  });

  it.each([
    ["a column is missing", IKEV2_ROW.replace(',"AES-CBC-128 [RFC3602]"', ""), /7 columns, 8 needed/],
    ["the row is cut", IKEV2_ROW.slice(0, 90), /columns, 8 needed|unclosed quotes/],
    [
      "half a byte is missing",
      IKEV2_ROW.replace(keyHex(16, 1), keyHex(16, 1).slice(1)),
      /cut in the middle of a byte/,
    ],
    ["Ka is cut", "fde5985ad9cd6ab0,001122", /3 bytes, no cipher's length/],
    [
      "an algorithm is unknown",
      `"IPv4","*","*","0x1000","ROT13","0x00","HMAC-MD5-96","0x00"`,
      /encryption algorithm is not known/,
    ],
  ])("say why where %s", (_, row, reason) => {
    const { keys, faults } = ringOf(row);
    expect(keys).toEqual([]);
    expect(faults.map((fault) => fault.reason)).toEqual([expect.stringMatching(reason)]);
  });
});

describe("a log of charon", () => {
  const secrets = [
    ["Sk_d secret", keyBytes(32, 1)],
    ["Sk_ai secret", keyBytes(32, 2)],
    ["Sk_ar secret", keyBytes(32, 3)],
    ["Sk_ei secret", keyBytes(16, 4)],
    ["Sk_er secret", keyBytes(16, 5)],
    ["Sk_pi secret", keyBytes(32, 6)],
    ["Sk_pr secret", keyBytes(32, 7)],
  ] as const;
  const natd = Uint8Array.from([
    0xd4,
    0x1c,
    5,
    0xb4,
    6,
    0xd0,
    0x6c,
    0x90,
    ...keyBytes(8, 9),
    192,
    0,
    2,
    10,
    1,
    0xf4,
  ]);

  it.each([
    ["without time", "13[IKE] "],
    ["with time and name", "2026-11-28T20:12:00.105 13[IKE] <site|1> "],
    ["with levels", "Nov 28 20:12:00 13[IKE4] <site|1> "],
    ["of syslog", "Nov 28 20:12:00 alice charon: 13[IKE] "],
    ["of the journal, without thread", "Nov 28 20:12:00 alice charon-systemd[314]: "],
  ])("%s gives the keys of an IKE SA, and the SPI that stands before them", (_, prefix) => {
    const text = [["natd_chunk", natd] as const, ...secrets]
      .map(([name, bytes]) => charonDump(prefix, name, bytes))
      .join("\n");
    const key = only(text, "ikev2");
    expect(key).toMatchObject({ spis: null, nearSpi: "d41c05b406d06c90" });
    expect([key.skD, key.skAi, key.skAr, key.skEi, key.skEr].map(revealed)).toEqual(
      secrets.slice(0, 5).map(([, bytes]) => bytes),
    );
  });

  it("keeps apart what threads log at the same time", () => {
    const rows = (thread: string, seed: number): string[] =>
      secrets.flatMap(([name, { length }], at) =>
        charonDump(`${thread}[IKE] `, name, keyBytes(length, seed + at)).split("\n"),
      );
    const [first, second] = [rows("07", 20), rows("08", 40)];
    const mixed = first.flatMap((row, at) => [row, second[at] ?? ""]);
    const { keys, faults } = ringOf(mixed.join("\n"));
    expect(faults).toEqual([]);
    expect(keys.map((key) => (key.kind === "ikev2" ? revealed(key.skD) : null))).toEqual([
      keyBytes(32, 20),
      keyBytes(32, 40),
    ]);
  });

  it("says that a dump is cut", () => {
    const text = secrets.map(([name, bytes]) => charonDump("13[IKE] ", name, bytes)).join("\n");
    const { keys, faults } = ringOf(text.replace(/^.* 16: .*$/m, ""));
    expect(faults.map(({ reason }) => reason)).toEqual(['the dump of "sk_d secret" is cut']);
    expect(keys).toHaveLength(1);
  });

  it("gives both keys of a Child SA to both of its SPIs, for it does not say which is whose", () => {
    const prefix = "16[CHD] ";
    const text = [
      `${prefix}  using AES_CBC for encryption`,
      `${prefix}  using HMAC_SHA2_256_128 for integrity`,
      charonDump(prefix, "encryption initiator key", keyBytes(16, 1)),
      charonDump(prefix, "encryption responder key", keyBytes(16, 2)),
      charonDump(prefix, "integrity initiator key", keyBytes(32, 3)),
      charonDump(prefix, "integrity responder key", keyBytes(32, 4)),
      `${prefix}adding inbound ESP SA`,
      `${prefix}  SPI 0xc6e0222a, src 198.51.100.20 dst 192.0.2.10`,
    ].join("\n");
    const { keys } = ringOf(text);
    expect(keys).toMatchObject([
      { kind: "esp", spi: 0xc6e0222a, oneOfTwo: true, from: "198.51.100.20" },
      { kind: "esp", spi: 0xc6e0222a, oneOfTwo: true, to: "192.0.2.10" },
    ]);
  });

  it("gives the keys of an IKEv1 phase 1", () => {
    const text = ["SKEYID", "SKEYID_d", "SKEYID_a", "SKEYID_e"]
      .map((name, at) => charonDump("05[IKE] ", name, keyBytes(32, at)))
      .concat(
        charonDump("05[IKE] ", "encryption key Ka", keyBytes(16, 9)),
        charonDump("05[IKE] ", "initial IV", keyBytes(16, 10)),
      );
    const key = only(text.join("\n"), "ikev1");
    expect([key.cipherKey, key.skeyidD, key.initialIv].map(revealed)).toEqual([
      keyBytes(16, 9),
      keyBytes(32, 1),
      keyBytes(16, 10),
    ]);
  });
});

describe("a log of pluto", () => {
  const prefix = "Nov 28 20:16:07.687354: ";

  it("gives the two lines of an IKE SA as one", () => {
    const line = (side: string, seed: number): string =>
      `${prefix}| ikev2 ${side} 0x${SPIS.initiator} 0x${SPIS.responder} sha256:0x${keyHex(32, seed)} aes128:0x${keyHex(16, seed + 1)}`;
    const key = only(`${line("I", 1)}\n${prefix}| other\n${line("R", 3)}`, "ikev2");
    expect(key.spis).toEqual(SPIS);
    expect([key.skAi, key.skEi, key.skAr, key.skEr].map(revealed)).toEqual([
      keyBytes(32, 1),
      keyBytes(16, 2),
      keyBytes(32, 3),
      keyBytes(16, 4),
    ]);
  });

  it.each([
    ["AES_CBC:16", "HMAC_SHA2_256_128:32", 16, 32, ENCR.ENCR_AES_CBC, INTEG.AUTH_HMAC_SHA2_256_128],
    ["AES_GCM_16:36", "NONE:0", 36, 0, ENCR.ENCR_AES_GCM_16, 0],
  ])("gives the keys of a Child SA with %s", (cipher, check, length, checkLength, encryption, integrity) => {
    const text = [
      plutoDump(prefix, "ESP enckey", keyBytes(length, 1)),
      plutoDump(prefix, "ESP authkey", keyBytes(checkLength, 2)),
      ...(checkLength === 0 ? [`${prefix}|                                                        `] : []),
      `${prefix}| kernel: NIC esp-hw-offload not for connection 'net' not available on interface e0`,
      `${prefix}| kernel: add_sa() level=0 outbound tunnel 10.1.0.0/24-ALL->192.0.2.10[48d69bc]==>198.51.100.20-ALL->10.2.0.0/24 +esn replay_window=128 ${check} ${cipher}`,
    ].join("\n");
    const key = only(text, "esp");
    expect(key).toMatchObject({
      spi: 0x048d69bc,
      from: "192.0.2.10",
      to: "198.51.100.20",
      encryption,
      esn: true,
    });
    expect(key.integrity.id).toBe(integrity);
    expect(revealed(key.cipherKey)).toEqual(keyBytes(length, 1));
  });
});

describe("ip xfrm state", () => {
  const state = (algorithms: string, more = ""): string =>
    `src 192.0.2.10 dst 198.51.100.20\n\tproto esp spi 0xc26c08eb${more} reqid 1 mode tunnel\n\treplay-window 0 flag af-unspec\n${algorithms}\tanti-replay context: seq 0x0, oseq 0x5, bitmap 0x00000000\n`;

  it.each([
    ["plain", "", ""],
    ["with -s", "(3261860075)", " (128 bits)"],
  ])("%s gives cipher and integrity", (_, more, bits) => {
    const text = state(
      `\tauth-trunc hmac(sha256) 0x${keyHex(32, 1)}${bits} 128\n\tenc cbc(aes) 0x${keyHex(16, 2)}${bits}\n`,
      more,
    );
    expect(only(text, "esp")).toMatchObject({
      spi: 0xc26c08eb,
      encryption: ENCR.ENCR_AES_CBC,
      integrity: { id: INTEG.AUTH_HMAC_SHA2_256_128, icvLength: 16 },
    });
  });

  it.each([
    ["rfc4106(gcm(aes))", 64, ENCR.ENCR_AES_GCM_8],
    ["rfc4106(gcm(aes))", 128, ENCR.ENCR_AES_GCM_16],
    ["rfc4309(ccm(aes))", 96, ENCR.ENCR_AES_CCM_12],
    ["rfc4543(gcm(aes))", 128, ENCR.ENCR_NULL_AUTH_AES_GMAC],
    ["rfc7539esp(chacha20,poly1305)", 128, ENCR.ENCR_CHACHA20_POLY1305],
  ])("knows %s with an ICV of %i bits", (name, bits, encryption) => {
    expect(only(state(`\taead ${name} 0x${keyHex(36, 1)} ${bits}\n`), "esp")).toMatchObject({ encryption });
  });

  it.each([
    ["<<Keys hidden>>", /hidden/],
    ["[hash:c903423cd26e2190d18b36a0a425568e]", /hash stands in place/],
    ["0x3763cd3b...", /shortened/],
  ])("says that %s is no key", (text, reason) => {
    const { keys, faults } = ringOf(state(`\tauth-trunc hmac(sha256) ${text} 128\n\tenc cbc(aes) ${text}\n`));
    expect(keys).toEqual([]);
    expect(faults.map((fault) => fault.reason)).toEqual([expect.stringMatching(reason)]);
  });
});

describe("tcpdump's -E", () => {
  it("gives keys by SPI and destination", () => {
    const { keys } = ringOf(
      `0x12345678@192.0.2.20 3des-cbc-hmac96:0x${keyHex(24, 1)}\n0x00001000@2001:db8::1 aes128-cbc:0123456789abcdef`,
    );
    expect(keys).toMatchObject([
      {
        spi: 0x12345678,
        to: "192.0.2.20",
        encryption: ENCR.ENCR_3DES,
        integrity: { id: null, icvLength: 12 },
      },
      { spi: 0x1000, to: "2001:db8::1", encryption: ENCR.ENCR_AES_CBC, integrity: { id: 0, icvLength: 0 } },
    ]);
  });
});

describe("whatever is given", () => {
  const pieces = [
    IKEV2_ROW,
    `fde5985ad9cd6ab0,${keyHex(16, 5)}`,
    `"IPv4","192.0.2.10","*","0x1000","AES-GCM [RFC4106]","0x${keyHex(20, 1)}","NULL","0x"`,
    charonDump("13[IKE] ", "Sk_d secret", keyBytes(32, 1)),
    charonDump("13[CHD] ", "encryption initiator key", keyBytes(16, 1)),
    "13[CHD]   using AES_CBC for encryption\n13[CHD]   SPI 0xc6e0222a, src 198.51.100.20 dst 192.0.2.10",
    plutoDump("x: ", "ESP enckey", keyBytes(16, 1)),
    "src 192.0.2.10 dst 198.51.100.20\n\tproto esp spi 0x1000 reqid 1 mode tunnel\n\tenc cbc(aes) 0x00",
    "0x12345678@192.0.2.20 3des-cbc:0x00",
  ].join("\n");

  it("is read the same in whatever pieces it comes", () => {
    const whole = ringOf(pieces);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
        const reader = new KeyReader();
        const file = reader.file("keys");
        for (let at = 0, step = 0; at < pieces.length; step++) {
          const size = sizes[step % sizes.length] ?? 1;
          file.text(pieces.slice(at, at + size));
          at += size;
        }
        file.end();
        expect(JSON.stringify(reader.ring())).toBe(JSON.stringify(whole));
      }),
      { numRuns: 50 },
    );
  });

  it("never throws, and shows no key byte in text, JSON or the inspector", () => {
    const random = new SeededRandom(SEED);
    for (let run = 0; run < 800; run++) {
      const letters = pieces.split("");
      for (let change = random.below(8); change >= 0; change--) {
        const at = random.below(letters.length);
        const kind = random.below(3);
        if (kind === 0) letters.splice(at, 1 + random.below(60));
        else if (kind === 1) letters[at] = String.fromCharCode(random.below(256));
        else letters.splice(at, 0, ...letters.slice(at, at + random.below(200)));
      }
      const ring = ringOf(letters.join(""));
      // A change may make a key of an SPI, which is no secret where it stands as an SPI.
      const shown = `${JSON.stringify(ring)}${inspect(ring, { depth: 9, showHidden: true })}`.replaceAll(
        /(?:initiator|responder|cookie)"?: ?["'][0-9a-f]{16}["']/g,
        "",
      );
      for (const key of ring.keys) {
        for (const value of Object.values(key)) {
          if (!(value instanceof SecretBytes) || value.length < 8) continue;
          expect(shown).not.toContain(Buffer.from(value.reveal()).toString("hex"));
          expect(String(value)).toBe(`<${value.length} secret bytes>`);
        }
      }
    }
  });

  it("takes lines of any length, and cuts them", () => {
    const { keys } = ringOf(`${"a".repeat(200_000)}\n${IKEV2_ROW}\n${"0".repeat(1_000_000)}`);
    expect(keys).toHaveLength(1);
  });
});
