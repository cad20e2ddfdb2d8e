import { join } from "node:path";
import { describe, expect } from "vitest";
import { toHex } from "../../src/bytes/hex.js";
import { decodeIke, decodePayloads } from "../../src/ike/decode.js";
import type { IkeMessage, Payload } from "../../src/ike/message.js";
import { asTshark } from "../support/ike/as-tshark.js";
import {
  captureFiles,
  CAPTURES,
  HAVE_CAPTURES,
  NO_CAPTURES,
  OWN_CAPTURES,
  readCapture,
  type CapturedPayload,
} from "../support/ike/corpus.js";
import { decryptSk, HAVE_KEYS, keyRows, NO_KEYS } from "../support/ike/decrypt.js";
import { encodePayloads } from "../support/ike/message.js";
import {
  FIELD_NAMES,
  HAVE_TSHARK,
  NO_TSHARK,
  TSHARK_VERSION,
  tsharkMessages,
  type TsharkMessage,
} from "../support/ike/tshark.js";
import { type Compared, KnownDifferences } from "../support/ike/tshark-differences.js";
import { itIf } from "../support/require.js";
import { runs, sampled } from "../support/sample.js";

interface Comparison {
  readonly compared: number;
  readonly differences: readonly string[];
}

/** A frame of all files that are compared. */
interface FramePosition {
  readonly file: string;
  readonly frame: number;
}

/** Compares message by message; `places` are those of the frames, counted on from file to file. */
function compare(
  messages: ReadonlyMap<number, CapturedPayload>,
  theirs: readonly TsharkMessage[],
  places: readonly FramePosition[],
  known: KnownDifferences,
  decrypt: (message: IkeMessage, bytes: Uint8Array) => readonly Payload[] = () => [],
): Comparison {
  const ours = new Map(messages);
  const differences: string[] = [];
  let compared = 0;
  const differ = (number: number, what: Compared, text: string): void => {
    const { file, frame } = places[number - 1] ?? { file: "?", frame: number };
    if (!known.excuse(file, frame, what)) differences.push(`${file} ${frame}: ${text}`);
  };
  for (const { frame, fields, malformed } of theirs) {
    const message = ours.get(frame);
    ours.delete(frame);
    const result = message === undefined ? null : decodeIke(message.bytes);
    if (result?.ok !== true) {
      differ(frame, "message", "not read as IKE");
      continue;
    }
    compared++;
    const actual = asTshark(result.message, decrypt(result.message, message?.bytes ?? new Uint8Array(0)));
    for (const name of FIELD_NAMES) {
      // In the frame of an IKEv1 message's last fragment tshark goes on with the whole message.
      const isFragment = result.message.payloads[0]?.kind === "fragmentV1";
      const seen = isFragment ? fields[name]?.slice(0, actual[name]?.length) : fields[name];
      const [us, them] = [JSON.stringify(actual[name]), JSON.stringify(seen)];
      if (us === them) continue;
      const note = malformed ? "(malformed to tshark) " : "";
      differ(frame, name, `${note}${name}\n  ours   ${us}\n  theirs ${them}`);
    }
  }
  for (const [frame, { bytes }] of ours) {
    // Of a header that the snap length cut, neither reads anything.
    if (decodeIke(bytes).ok) differ(frame, "message", "IKE to us, not to tshark");
  }
  return { compared, differences };
}

/** All captures of a folder as one, since each small file would take tshark its start. */
async function compareAll(
  folder: string,
  files: readonly string[],
  known: KnownDifferences,
): Promise<Comparison> {
  const ours = new Map<number, CapturedPayload>();
  const places: FramePosition[] = [];
  for (const file of files) {
    const { payloads, frames } = await readCapture(file, folder);
    for (const payload of payloads) ours.set(places.length + payload.frame, payload);
    for (let frame = 1; frame <= frames; frame++) places.push({ file, frame });
  }
  const theirs = await tsharkMessages(files.map((file) => join(folder, file)));
  return compare(ours, theirs, places, known);
}

/** One of so many of our own captures is compared in `npm test`. */
const SHARE = 8;

const isCutShort = (file: string): boolean => file.includes("cut-short");

// In the log of a passing run too: what was proven is proven against this version.
console.log(`IKE is compared with tshark ${TSHARK_VERSION}`);

describe(`differential against tshark ${TSHARK_VERSION}`, () => {
  itIf(HAVE_TSHARK, NO_TSHARK)(
    "every IKE message of the laboratory's captures",
    async () => {
      const files = sampled(
        captureFiles(OWN_CAPTURES).filter((file) => !isCutShort(file)),
        SHARE,
      );
      const { compared, differences } = await compareAll(OWN_CAPTURES, files, new KnownDifferences());
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThan(runs(800, 4 * SHARE));
    },
    120_000,
  );

  itIf(HAVE_TSHARK, NO_TSHARK)(
    "the messages of captures that end within a record, each by itself: mergecap stops at them",
    async () => {
      const files = captureFiles(OWN_CAPTURES).filter(isCutShort);
      expect(files.length).toBeGreaterThan(1);
      for (const file of sampled(files, SHARE)) {
        const { compared, differences } = await compareAll(OWN_CAPTURES, [file], new KnownDifferences());
        expect(differences).toEqual([]);
        expect(compared).toBeGreaterThan(4);
      }
    },
    120_000,
  );

  itIf(HAVE_TSHARK && HAVE_CAPTURES, HAVE_TSHARK ? NO_CAPTURES : NO_TSHARK)(
    "every IKE message of the public captures",
    async () => {
      const known = new KnownDifferences();
      const { compared, differences } = await compareAll(CAPTURES, captureFiles(), known);
      expect(differences).toEqual([]);
      expect(known.unmet).toEqual([]);
      expect(compared).toBeGreaterThan(140);
    },
    120_000,
  );

  itIf(HAVE_TSHARK && HAVE_KEYS, HAVE_TSHARK ? NO_KEYS : NO_TSHARK)(
    "what is inside of IKEv2 messages whose keys are known",
    async () => {
      const rows = keyRows();
      const inside = (message: IkeMessage, bytes: Uint8Array): readonly Payload[] => {
        const plaintext = decryptSk(message, bytes, rows);
        if (plaintext === null) return [];
        const { payloads, problem } = decodePayloads(2, plaintext.firstType, plaintext.bytes);
        expect(problem).toBeNull();
        expect(toHex(encodePayloads(payloads, 2))).toBe(toHex(plaintext.bytes));
        return payloads;
      };
      const ours = new Map<number, CapturedPayload>();
      const places: FramePosition[] = [];
      const files: string[] = [];
      const kinds = new Set<string>();
      for (const file of captureFiles().filter((name) => /Openswan|ikev2pI2\.pcap$/.test(name))) {
        const { payloads, frames } = await readCapture(file);
        const decrypted = payloads.filter(({ bytes }) => {
          const result = decodeIke(bytes);
          const found = result.ok ? inside(result.message, bytes) : [];
          for (const { kind } of found) kinds.add(kind);
          return found.length > 0;
        });
        if (decrypted.length === 0) continue;
        files.push(join(CAPTURES, file));
        for (const payload of payloads) ours.set(places.length + payload.frame, payload);
        for (let frame = 1; frame <= frames; frame++) places.push({ file, frame });
      }
      const theirs = await tsharkMessages(
        files,
        rows.map(({ line }) => line),
      );
      const { compared, differences } = compare(ours, theirs, places, new KnownDifferences(), inside);
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThan(15);
      expect([...kinds].toSorted()).toEqual([
        "authentication",
        "certificate",
        "delete",
        "identification",
        "ke",
        "nonce",
        "notify",
        "sa",
        "trafficSelectors",
      ]);
    },
    120_000,
  );
});
