import { join } from "node:path";
import { describe, expect } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import {
  analyze,
  type Judgement,
  type KeyRing,
  Opener,
  renderHtml,
  renderJson,
  renderMarkdown,
  renderText,
} from "../../src/index.js";
import { nodeCrypto } from "../../src/opening/node/node-crypto.js";
import type { Key } from "../../src/secrets/key.js";
import { SecretBytes } from "../../src/secrets/secret-bytes.js";
import { formsOf, leakIn, PASSWORDS } from "../support/keys/leaks.js";
import { HAVE_SAMPLES, keysOf, NO_SAMPLES, SAMPLES, samples } from "../support/keys/samples.js";
import { itIf } from "../support/require.js";

async function judged(capture: string, ring: KeyRing | null): Promise<Judgement> {
  const source = await openCaptures([join(SAMPLES, capture)]);
  const { judgement } = await analyze(
    source,
    ring === null ? {} : { opener: () => new Opener(ring, nodeCrypto) },
  );
  return judgement;
}

const codesOf = ({ findings }: Judgement): string[] => findings.map(({ code }) => code);

function findingOf(judgement: Judgement, code: string) {
  return judgement.findings.find((finding) => finding.code === code);
}

/** Samples, the codes that keys make certain, and what the summary says then. */
const CERTAIN: readonly (readonly [sample: string, code: string, says: readonly RegExp[]])[] = [
  [
    "s2-bad-psk",
    "authentication-failed",
    [/IDi\(FQDN: alice\.example\)/, /SHARED_KEY_MIC/, /pre-shared key/],
  ],
  ["s2-cert-expired", "certificate-expired", [/CN=alice\.example/, /expired on 2020-02-01/]],
  ["s2-no-proposal-child", "child-no-proposal-chosen", [/offers ESP:AES_CBC_128\/HMAC_SHA1_96/]],
  ["s1-quick-no-proposal", "child-no-proposal-chosen", [/offers ESP:AES_CBC_128\/HMAC_SHA1\/TUNNEL/]],
  ["s2-ts-unacceptable", "child-ts-unacceptable", [/TSi\(10\.1\.0\.0\/24\) TSr\(10\.2\.0\.0\/24\)/]],
  ["s2-ts-narrowed", "child-ts-narrowed", [/TSr\(10\.2\.0\.0\/16\).*grants.*TSr\(10\.2\.0\.0\/24\)/]],
  ["s2-rekey-pfs-mismatch", "rekey-failed", [/is NO_PROPOSAL_CHOSEN/]],
  [
    "s2-rekey-pfs-mismatch",
    "child-no-proposal-chosen",
    [/differ in the PFS group/, /give 198\.51\.100\.20 PFS with MODP_2048|take PFS out at/],
  ],
];

describe("with keys a verdict is certain", () => {
  for (const [name, code, says] of CERTAIN) {
    itIf(HAVE_SAMPLES, NO_SAMPLES)(
      `${code} of ${name}, seen from either end, with either end's log`,
      async () => {
        for (const capture of ["alice", "bob"]) {
          for (const log of ["alice", "bob"]) {
            const judgement = await judged(
              `${name}/${capture}.pcap`,
              keysOf(`${name}/${log}.charon.ike4-chd4.log`),
            );
            const finding = findingOf(judgement, code);
            expect([capture, log, codesOf(judgement)]).toEqual([
              capture,
              log,
              expect.arrayContaining([code]),
            ]);
            if (code !== "certificate-expired") {
              expect(finding).toMatchObject({ confidence: "certain", provenance: "observed" });
            }
            for (const words of says) expect(finding?.summary).toMatch(words);
            expect(finding?.evidence.length).toBeGreaterThan(0);
          }
        }
      },
    );
  }

  itIf(HAVE_SAMPLES, NO_SAMPLES)("of Libreswan, with its log or with its tables", async () => {
    const refused = await judged(
      "lw-v2-no-proposal-child/alice.pcap",
      keysOf("lw-v2-no-proposal-child/alice.pluto.log.gz"),
    );
    expect(findingOf(refused, "child-no-proposal-chosen")).toMatchObject({ confidence: "certain" });
    const selectors = await judged(
      "lw-v1-quick-ts/alice.pcap",
      keysOf("lw-v1-quick-ts/alice.nss-tap-uat/ikev1_decryption_table"),
    );
    expect(findingOf(selectors, "child-ts-unacceptable")).toMatchObject({ confidence: "certain" });
  });
});

describe("with keys or without", () => {
  const withLogs = samples().filter(({ files }) =>
    files.some((file) => file.startsWith("alice.charon.ike4")),
  );

  itIf(HAVE_SAMPLES, NO_SAMPLES)("a healthy tunnel is accused of nothing", async () => {
    for (const { name, files, truth } of withLogs.filter((sample) => sample.truth.length === 0)) {
      const log = files.find((file) => file.startsWith("alice.charon.ike4"));
      const [without, opened] = [
        await judged(`${name}/alice.pcap`, null),
        await judged(`${name}/alice.pcap`, keysOf(`${name}/${log}`)),
      ];
      expect([name, truth, opened.status, codesOf(opened)]).toEqual([
        name,
        truth,
        without.status,
        codesOf(without),
      ]);
    }
  });

  itIf(HAVE_SAMPLES, NO_SAMPLES)("keys of something else change nothing", async () => {
    const foreign = keysOf(
      "j-esp-input-dropped/alice.charon.ike4-chd4.log",
      "lw-v2-psk/alice.nss-tap-uat/ikev2_decryption_table",
      "lw-v1-main/alice.nss-tap-uat/ikev1_decryption_table",
      "e-wrong-keys/esp_sa",
    );
    for (const { name } of samples().filter((sample) => sample.files.includes("alice.pcap"))) {
      if (["j-esp-input-dropped", "lw-v2-psk", "lw-v1-main"].includes(name)) continue;
      const without = await judged(`${name}/alice.pcap`, null);
      const given = await judged(`${name}/alice.pcap`, foreign);
      expect([name, ...renderJson(given, "0")].join("")).toBe([name, ...renderJson(without, "0")].join(""));
    }
  });

  itIf(HAVE_SAMPLES, NO_SAMPLES)("keys of which one bit is wrong change nothing", async () => {
    for (const name of ["s2-bad-psk", "s2-no-proposal-child", "s2-psk-gcm", "s1-main"]) {
      const right = keysOf(`${name}/alice.charon.ike4-chd4.log`);
      const wrong = { ...right, keys: right.keys.map(withOneBitWrong) };
      const without = await judged(`${name}/alice.pcap`, null);
      const given = await judged(`${name}/alice.pcap`, wrong);
      expect([name, ...renderJson(given, "0")].join("")).toBe([name, ...renderJson(without, "0")].join(""));
    }
  });
});

function withOneBitWrong(key: Key): Key {
  const changed = Object.entries(key).map(([field, value]: [string, unknown]) => {
    if (!(value instanceof SecretBytes) || value.length === 0) return [field, value];
    const bytes = value.reveal().slice();
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    return [field, new SecretBytes(bytes)];
  });
  return Object.fromEntries(changed) as Key;
}

describe("no report", () => {
  itIf(HAVE_SAMPLES, NO_SAMPLES)(
    "of any sample and format holds a key",
    async () => {
      for (const { name, files } of samples()) {
        const sources = files.filter((file) =>
          /charon\.(ike4|all4)|pluto\.log|xfrm-state|decryption_table|esp_sa/.test(file),
        );
        const ring = keysOf(...sources.map((file) => `${name}/${file}`));
        const forms = formsOf(ring);
        for (const capture of files.filter((file) => /\.pcap(ng)?$/.test(file))) {
          const judgement = await judged(`${name}/${capture}`, ring);
          const texts = [
            renderText(judgement, { colour: false, width: 100 }),
            [...renderJson(judgement, "0")].join(""),
            renderMarkdown(judgement),
            renderHtml(judgement, "0"),
          ];
          for (const text of texts) {
            expect([name, capture, leakIn(text, forms)]).toEqual([name, capture, null]);
            for (const password of PASSWORDS) expect(text).not.toContain(password);
          }
        }
      }
    },
    240_000,
  );
});
