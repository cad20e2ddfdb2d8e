import { describe, expect } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { LineSplitter } from "../../src/evidence/lines/splitter.js";
import {
  AnonymizedSource,
  analyze,
  type Judgement,
  type KeyRing,
  Opener,
  Redactor,
} from "../../src/index.js";
import { nodeCrypto } from "../../src/opening/node/node-crypto.js";
import { fitsOf } from "../../src/opening/fits.js";
import { hostNear } from "../support/host/beside.js";
import {
  HAVE_SAMPLES,
  keysOf,
  NO_SAMPLES,
  type Sample,
  samples,
  SAMPLES,
  sampleText,
} from "../support/keys/samples.js";
import { itIf } from "../support/require.js";

const CAPTURE = /\.pcap(ng)?$/;
const OF_HOST = /\.(txt|log|log\.gz)$|syslog$/;
const HOLDS_KEYS = /charon\.(ike4|all4)|pluto\.log|ip-(s-)?xfrm-state\.|decryption_table|esp_sa/;
/** Sources that hold the keys of whole IKE SAs. */
const HOLDS_IKE_KEYS = /charon\.(ike4|all4)|ikev[12]_decryption_table/;
const LOG_OF_DAEMON = /charon\..*log|syslog$|pluto\.log/;

/** Truths of which a log of either end, or the keys of either end, tell by themselves. */
const OF_IKE: ReadonlySet<string> = new Set([
  "authentication-failed",
  "certificate-expired",
  "child-no-proposal-chosen",
  "child-ts-unacceptable",
  "rekey-failed",
]);

/** Sources that do not tell the truth of their sample, and why. */
const NOT_TOLD: ReadonlyMap<string, string> = new Map([
  [
    "s2-cert-expired alice.charon.ike4-chd4.log",
    "bob alone looked at the certificate; alice was told that it failed",
  ],
  ["s2-cert-expired alice.charon.level1-time.log", "the same"],
]);

/** Truths that one of the two captures does not show, whatever stands beside it: absence counts at that host alone. */
const NOT_SHOWN: ReadonlyMap<string, string> = new Map([
  ["j-esp-input-dropped/alice.pcap", "esp-dropped-before-xfrm"],
  ["j-in-dropped/alice.pcap", "host-drops-inbound"],
  ["x-out-policy-missing/bob.pcap", "plaintext-leak"],
]);

/** What stands beside a truth as its cause or consequence. */
const BESIDE: ReadonlyMap<string, readonly string[]> = new Map([
  ["authentication-failed", ["keys-differ"]],
  ["certificate-expired", ["authentication-failed"]],
]);

/** Logs that are for people; those of all details lose nearly all of their lines. */
const REDACTED = /^(?!.*(?:all4|ike4|level2)).*(?:\.(?:txt|log|log\.gz)|syslog)$/;
const KEY = new Uint8Array(32).fill(7);

function redactedText(text: string): string {
  const redactor = new Redactor(KEY);
  const splitter = new LineSplitter();
  const lines = [...splitter.push(new TextEncoder().encode(text)), ...splitter.end()];
  return [...lines.flatMap((line) => redactor.line(line)), ...redactor.end()]
    .map((line) => `${line}\n`)
    .join("");
}

interface Beside {
  /** Whether what names somebody in the capture is replaced, too. */
  readonly isAnonymized?: boolean;
  readonly keys?: KeyRing;
  /** The texts of each host. */
  readonly texts?: readonly (readonly string[])[];
}

async function judged(capture: string, beside: Beside): Promise<Judgement> {
  const { keys, texts = [], isAnonymized = false } = beside;
  const source = await openCaptures([`${SAMPLES}${capture}`]);
  const { judgement } = await analyze(isAnonymized ? new AnonymizedSource(source, KEY) : source, {
    ...(keys === undefined ? {} : { opener: () => new Opener(keys, nodeCrypto) }),
    ...(texts.length === 0
      ? {}
      : { hosts: (near) => Promise.all(texts.map((of) => hostNear(near ?? 0, ...of))) }),
  });
  return judgement;
}

const codesOf = ({ findings }: Judgement): string[] => findings.map(({ code }) => code);
const accusedOf = ({ findings }: Judgement): string[] =>
  findings.filter(({ severity }) => severity !== "info").map(({ code }) => code);

/** What a report says of a capture, but for what it says of the files beside it. */
function told({ status, findings }: Judgement): string[] {
  const own = findings.filter(({ code }) => code !== "evidence-log-partial");
  return [status, ...own.map(({ code, confidence }) => `${code} ${confidence}`).toSorted()];
}

/** The texts of each host that a sample has files of. */
function textsOf({ name, files }: Sample, wanted = OF_HOST): string[][] {
  const texts = files.filter((file) => wanted.test(file));
  const hosts = [...new Set(texts.map((file) => file.split(".")[0]))];
  return hosts.map((host) =>
    texts.filter((file) => file.split(".")[0] === host).map((file) => sampleText(`${name}/${file}`)),
  );
}

/** What a source alone leads to, as keys and as a text of its host. */
async function alone(capture: string, sample: Sample, file: string) {
  const path = `${sample.name}/${file}`;
  const text = OF_HOST.test(file) ? [await judged(capture, { texts: [[sampleText(path)]] })] : [];
  const keys = HOLDS_KEYS.test(file) ? [await judged(capture, { keys: keysOf(path) })] : [];
  return { text, keys };
}

const all = samples().filter(({ files }) => files.some((file) => CAPTURE.test(file)));

describe("samples of real daemons and a real kernel", () => {
  itIf(HAVE_SAMPLES, NO_SAMPLES)("are all there", () => expect(all.length).toBeGreaterThanOrEqual(50));

  for (const sample of all) {
    const { name, truth, files } = sample;
    const captures = files.filter((file) => CAPTURE.test(file)).map((file) => `${name}/${file}`);
    const sources = files.filter((file) => HOLDS_KEYS.test(file) || OF_HOST.test(file));

    itIf(HAVE_SAMPLES, NO_SAMPLES)(
      `${name}: ${truth.join(", ") || "healthy"}, and each source alone accuses of nothing else`,
      async () => {
        const keys = keysOf(
          ...sources.filter((file) => HOLDS_KEYS.test(file)).map((file) => `${name}/${file}`),
        );
        for (const capture of captures) {
          const without = await judged(capture, {});
          const allowed = [
            ...truth,
            ...truth.flatMap((code) => BESIDE.get(code) ?? []),
            ...accusedOf(without),
          ];
          const whole = await judged(capture, { keys, texts: textsOf(sample) });
          for (const code of truth) {
            if (code === "key-does-not-fit" || NOT_SHOWN.get(capture) === code) continue;
            expect([capture, codesOf(whole)]).toEqual([capture, expect.arrayContaining([code])]);
          }
          if (truth.length === 0) expect([capture, whole.status]).toEqual([capture, without.status]);
          expect([capture, accusedOf(whole).filter((code) => !allowed.includes(code))]).toEqual([
            capture,
            [],
          ]);
          for (const file of sources) {
            const { text, keys: opened } = await alone(capture, sample, file);
            for (const one of [...text, ...opened]) {
              expect([capture, file, accusedOf(one).filter((code) => !allowed.includes(code))]).toEqual([
                capture,
                file,
                [],
              ]);
            }
            const tells = [
              ...(LOG_OF_DAEMON.test(file) ? text : []),
              ...(HOLDS_IKE_KEYS.test(file) ? opened : []),
            ];
            if (NOT_TOLD.has(`${name} ${file}`)) continue;
            for (const one of tells) {
              const told = truth.filter((code) => OF_IKE.has(code));
              expect([capture, file, codesOf(one)]).toEqual([capture, file, expect.arrayContaining(told)]);
            }
          }
        }
      },
      240_000,
    );
  }

  itIf(HAVE_SAMPLES, NO_SAMPLES)(
    "have the same verdict when capture and texts are anonymized with one key",
    async () => {
      for (const sample of all) {
        const own = /^(?:alice|bob)\.pcap/;
        const texts = textsOf(sample, REDACTED);
        for (const file of sample.files.filter((name) => own.test(name))) {
          const capture = `${sample.name}/${file}`;
          const plain = told(await judged(capture, { texts }));
          const redacted = texts.map((of) => of.map(redactedText));
          expect([capture, told(await judged(capture, { texts: redacted, isAnonymized: true }))]).toEqual([
            capture,
            plain,
          ]);
        }
      }
    },
    240_000,
  );

  itIf(HAVE_SAMPLES, NO_SAMPLES)(
    "key-does-not-fit: `keys` says it of each key that opens nothing",
    async () => {
      const ring = keysOf("e-wrong-keys/ikev2_decryption_table", "e-gcm-without-salt/ikev2_decryption_table");
      const opener = new Opener(ring, nodeCrypto);
      await analyze(await openCaptures([`${SAMPLES}e-wrong-keys/alice.pcap`]), { opener: () => opener });
      const kinds = fitsOf(ring, opener).map(({ fit }) => fit.kind);
      expect(kinds.filter((kind) => kind !== "opens")).toHaveLength(3);
    },
  );
});
