import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { analyze, type Judgement, KeyReader, type KeyRing, Opener } from "../../src/index.js";
import { nodeCrypto } from "../../src/opening/node/node-crypto.js";
import { HAVE_SAMPLES, keysOf, NO_SAMPLES, SAMPLES, sampleText } from "../support/keys/samples.js";
import { hostNear } from "../support/host/beside.js";
import { itIf } from "../support/require.js";

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const ETHERNET = 14;
const PROTOCOL_AT = 9;
const ESP = 50;

const folder = mkdtempSync(join(tmpdir(), "ikescope-icv-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A capture of the samples in which of the ESP packets each is changed for which `isChanged` says so, by its number from 0. */
function damaged(sample: string, isChanged: (index: number) => boolean): string {
  const bytes = readFileSync(join(SAMPLES, sample));
  let index = 0;
  for (let at = FILE_HEADER; at + RECORD_HEADER <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 8);
    const packet = at + RECORD_HEADER;
    if (bytes[packet + ETHERNET + PROTOCOL_AT] === ESP) {
      const last = packet + length - 1;
      if (isChanged(index++)) bytes[last] = (bytes[last] ?? 0) ^ 1;
    }
    at = packet + length;
  }
  const file = join(folder, `${index}-${sample.replaceAll("/", "-")}`);
  writeFileSync(file, bytes);
  return file;
}

/** The keys of one text. */
function keysIn(text: string): KeyRing {
  const reader = new KeyReader();
  const keys = reader.file("state.txt");
  keys.text(text);
  keys.end();
  return reader.ring();
}

async function judged(file: string, keys: KeyRing | null, beside: string | null = null): Promise<Judgement> {
  const { judgement } = await analyze(await openCaptures([file]), {
    ...(keys === null ? {} : { opener: () => new Opener(keys, nodeCrypto) }),
    ...(beside === null ? {} : { hosts: async (near) => [await hostNear(near ?? 0, beside)] }),
  });
  return judgement;
}

const STATE = "s2-psk-cbc/alice.ip-xfrm-state.end.txt";
const keys = () => keysIn(sampleText(STATE));
const CODE = "esp-integrity-failed";
const found = ({ findings }: Judgement) => findings.find(({ code }) => code === CODE);

describe("esp-integrity-failed", () => {
  itIf(HAVE_SAMPLES, NO_SAMPLES)(
    "names the packets whose ICV is wrong, a warning while most are right",
    async () => {
      const finding = found(
        await judged(
          damaged("s2-psk-cbc/alice.pcap", (index) => index === 4),
          keys(),
        ),
      );
      expect(finding).toMatchObject({ severity: "warning", confidence: "certain", provenance: "observed" });
      expect(finding?.headline).toMatch(/^1 of \d+ ESP packets tried have a wrong ICV/);
      expect(finding?.evidence).toHaveLength(1);
    },
  );

  itIf(HAVE_SAMPLES, NO_SAMPLES)("is critical where half of them or more are wrong", async () => {
    const file = damaged("s2-psk-cbc/alice.pcap", (index) => index > 3);
    expect(found(await judged(file, keys()))).toMatchObject({ severity: "critical" });
  });

  itIf(HAVE_SAMPLES, NO_SAMPLES)(
    "is silent on packets as they were, without keys, and with keys of others",
    async () => {
      const whole = join(SAMPLES, "s2-psk-cbc/alice.pcap");
      expect(found(await judged(whole, keys()))).toBeUndefined();
      const file = damaged("s2-psk-cbc/alice.pcap", (index) => index === 4);
      expect(found(await judged(file, null))).toBeUndefined();
      expect(found(await judged(file, keysOf("s2-psk-gcm/alice.ip-xfrm-state.end.txt")))).toBeUndefined();
    },
  );

  itIf(HAVE_SAMPLES, NO_SAMPLES)(
    "tells an ICV of 96 bits where the state says 128, and the reverse",
    async () => {
      const wrong = sampleText(STATE).replaceAll(/(hmac\(sha256\) 0x[0-9a-f]+) 128/g, "$1 96");
      const judgement = await judged(join(SAMPLES, "s2-psk-cbc/alice.pcap"), keysIn(wrong));
      expect(found(judgement)).toMatchObject({ severity: "critical", confidence: "likely" });
      expect(found(judgement)?.headline).toContain("sends ICVs of 128 bits, the state says 96");
    },
  );

  itIf(HAVE_SAMPLES, NO_SAMPLES)(
    "is certain by the counter of the receiver's state, and silent where it is 0",
    async () => {
      const state =
        sampleText("s2-psk-cbc/alice.ip-s-xfrm-state.end.txt") +
        sampleText("s2-psk-cbc/alice.ip-xfrm-policy.end.txt");
      const whole = join(SAMPLES, "s2-psk-cbc/alice.pcap");
      expect(found(await judged(whole, null, state))).toBeUndefined();
      const counted = state.replaceAll(/failed 0/g, "failed 2");
      expect(found(await judged(whole, null, counted))).toMatchObject({
        severity: "warning",
        confidence: "certain",
      });
    },
  );
});

describe("keys-differ", () => {
  const LOGS = (sample: string) => ["alice", "bob"].map((end) => `${sample}/${end}.charon.ike4-chd4.log`);
  async function withLogs(capture: string, logs: readonly string[]) {
    const opener = () => new Opener(keysOf(...logs), nodeCrypto);
    const { judgement } = await analyze(await openCaptures([join(SAMPLES, capture)]), { opener });
    return judgement.findings.find(({ code }) => code === "keys-differ");
  }

  for (const end of ["alice", "bob"]) {
    itIf(HAVE_SAMPLES, NO_SAMPLES)(`is certain with the logs of both ends, seen from ${end}`, async () => {
      const finding = await withLogs(`s1-bad-psk-main/${end}.pcap`, LOGS("s1-bad-psk-main"));
      expect(finding).toMatchObject({ severity: "critical", confidence: "certain", phase: "MAIN_MODE" });
      expect(finding?.headline).toContain("the pre-shared keys of");
      expect(finding?.evidence.length).toBeGreaterThan(1);
    });
  }

  for (const [end, opens, closed] of [
    ["alice", "Main Mode 5 of 192.0.2.10", "INFORMATIONAL of 198.51.100.20"],
    ["bob", "INFORMATIONAL of 198.51.100.20", "Main Mode 5 of 192.0.2.10"],
  ] as const) {
    itIf(HAVE_SAMPLES, NO_SAMPLES)(
      `is likely with the log of ${end} alone, which opens one side's messages`,
      async () => {
        for (const capture of ["alice", "bob"]) {
          for (const file of [`${end}.charon.ike4-chd4.log`, `${end}.save-keys/ikev1_decryption_table`]) {
            const finding = await withLogs(`s1-bad-psk-main/${capture}.pcap`, [`s1-bad-psk-main/${file}`]);
            expect(finding).toMatchObject({ severity: "critical", confidence: "likely", phase: "MAIN_MODE" });
            expect(finding?.summary).toMatch(new RegExp(`${opens} is opened with`));
            expect(finding?.summary).toMatch(new RegExp(`${closed} is not encrypted with the key of`));
          }
        }
      },
    );
  }

  itIf(HAVE_SAMPLES, NO_SAMPLES)(
    "is silent where both ends have one key, and where the other end sends nothing under its own",
    async () => {
      for (const sample of ["s1-main", "s1-aggressive", "s1-quick-no-proposal"]) {
        for (const logs of [LOGS(sample), LOGS(sample).slice(0, 1), LOGS(sample).slice(1)]) {
          expect(await withLogs(`${sample}/alice.pcap`, logs)).toBeUndefined();
        }
      }
      const table = "lw-v1-bad-psk/alice.nss-tap-uat/ikev1_decryption_table";
      expect(await withLogs("lw-v1-bad-psk/alice.pcap", [table])).toBeUndefined();
    },
  );
});
