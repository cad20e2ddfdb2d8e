import { beforeAll, describe, expect, it } from "vitest";
import { frameRef } from "../../../src/bytes/frame.js";
import { toHex } from "../../../src/bytes/hex.js";
import { TextBuffer } from "../../../src/bytes/text-buffer.js";
import { decodeIke } from "../../../src/ike/decode.js";
import { messageLine } from "../../../src/report/decode/line.js";
import { LineWriter } from "../../../src/report/decode/line-writer.js";
import type { Sighting } from "../../../src/session/model.js";
import { SeededRandom } from "../../support/capture/random.js";
import { allMessages } from "../../support/ike/corpus.js";
import { ikeMessage } from "../../support/ike/message.js";
import { mutate } from "../../support/ike/mutate.js";
import { nonce, notify, vendorId } from "../../support/ike/payloads-v2.js";
import { SAMPLES } from "../../support/ike/samples.js";
import { seen, SIGHTING } from "../../support/ike/seen.js";
import { SEED } from "../../support/seed.js";
import { runs } from "../../support/sample.js";

const MUTATIONS = runs(100_000, 6);
const ONE_FILE = { files: ["trace.pcap"] };
const REQUEST = SAMPLES["IKE_SA_INIT request"] ?? new Uint8Array();

/** What the writer writes; null where it leaves the message to others. */
function written(writer: LineWriter, bytes: Uint8Array, sighting = SIGHTING): string | null {
  const out = new TextBuffer(16);
  if (!writer.write(bytes, sighting, out)) {
    expect(out.length).toBe(0);
    return null;
  }
  return new TextDecoder().decode(out.content);
}

/** The line of the message decoded; null where it has not even a header. */
function decodedLine(bytes: Uint8Array, sighting = SIGHTING, context = ONE_FILE): string | null {
  const decoded = decodeIke(bytes);
  if (!decoded.ok) return null;
  return messageLine(seen(decoded.message, bytes, sighting), context);
}

/** Samples, and each message of the captures that there are, once. */
let messages: Uint8Array[] = [];

beforeAll(async () => {
  const distinct = new Map<string, Uint8Array>();
  for (const bytes of Object.values(SAMPLES)) distinct.set(toHex(bytes), bytes);
  for (const { bytes } of await allMessages()) distinct.set(toHex(bytes), bytes);
  messages = [...distinct.values()];
});

describe("lines written from bytes are those of decoded messages", () => {
  it("of every message at hand, when its payloads are new and when they are known", () => {
    const writer = new LineWriter(ONE_FILE);
    let count = 0;
    for (let pass = 0; pass < 2; pass++) {
      for (const bytes of messages) {
        const line = written(writer, bytes);
        if (line !== null) expect(line).toBe(decodedLine(bytes));
        if (line !== null) count++;
      }
    }
    // The others are broken, empty, cut, or fragments of IKEv1.
    expect(count).toBeGreaterThan(messages.length * 2 * 0.8);
  });

  it(`of ${MUTATIONS} seeded mutations, whatever was seen before`, () => {
    const random = new SeededRandom(SEED);
    const writer = new LineWriter(ONE_FILE);
    let count = 0;
    for (let run = 0; run < MUTATIONS; run++) {
      const [mutated] = mutate(messages[run % messages.length] ?? REQUEST, random);
      const line = written(writer, mutated);
      if (line === null) continue;
      count++;
      if (line !== decodedLine(mutated)) {
        throw new Error(`IKESCOPE_SEED=${SEED}, run ${run}: ${toHex(mutated)} gives ${line}`);
      }
    }
    expect(count).toBeGreaterThan(MUTATIONS / 4);
  }, 60_000);

  it("of a payload that differs from a known one in the last byte that counts", () => {
    const writer = new LineWriter(ONE_FILE);
    const identified = (text: string): string | null =>
      written(writer, ikeMessage({ exchange: 34, payloads: [vendorId(new TextEncoder().encode(text))] }));
    expect(identified("strongSwan-1")).toContain('VID("strongSwan-1")');
    expect(identified("strongSwan-2")).toContain('VID("strongSwan-2")');
  });

  it("of a notify whose data is on the line, and of one whose data is not", () => {
    const writer = new LineWriter(ONE_FILE);
    const notified = (type: number, data: number[]): string | null =>
      written(
        writer,
        ikeMessage({ exchange: 34, payloads: [notify(type, { data: Uint8Array.from(data) })] }),
      );
    expect(notified(17, [0, 14])).toContain("N(INVALID_KE_PAYLOAD: MODP_2048)");
    expect(notified(17, [0, 31])).toContain("N(INVALID_KE_PAYLOAD: CURVE25519)");
    expect(notified(16390, [1, 2])).toMatch(/N\(COOKIE\)$/);
    expect(notified(16390, [3, 4])).toMatch(/N\(COOKIE\)$/);
  });

  it.each<[string, Partial<Sighting>]>([
    ["between IPv6 addresses", { source: { address: "2001:db8::1", port: 500 } }],
    ["in several frames", { frames: [frameRef(0, 3), frameRef(0, 4)] }],
    ["in more frames than are kept", { frames: [frameRef(0, 3), frameRef(0, 400)], framesLeftOut: 99 }],
    ["with nanoseconds", { nanos: 7 }],
    ["at the beginning of a second", { time: 1_700_000_001_000_000 }],
    ["before 1970", { time: -1 }],
    ["after the year 9999", { time: 9e17 }],
  ])("of a message %s", (_, changes) => {
    const sighting = { ...SIGHTING, ...changes };
    expect(written(new LineWriter(ONE_FILE), REQUEST, sighting)).toBe(decodedLine(REQUEST, sighting));
  });

  it("of several files, whose names are no commands for a terminal", () => {
    const files = { files: ["one.pcap", "\u001b[2Jtwo.pcap"] };
    const writer = new LineWriter(files);
    for (const capture of [0, 1, 2]) {
      const sighting = { ...SIGHTING, frames: [frameRef(capture, 7)] };
      expect(written(writer, REQUEST, sighting)).toBe(decodedLine(REQUEST, sighting, files));
    }
  });
});

describe("lines that are left to others", () => {
  it("those of messages with more payloads than are decoded, though each of them is known", () => {
    const writer = new LineWriter(ONE_FILE);
    const payloads = (count: number) => Array.from({ length: count }, () => nonce(new Uint8Array(16)));
    expect(written(writer, ikeMessage({ exchange: 34, payloads: payloads(256) }))).not.toBeNull();
    expect(written(writer, ikeMessage({ exchange: 34, payloads: payloads(257) }))).toBeNull();
  });

  it.each([
    ["cut short", REQUEST.subarray(0, -1)],
    ["with bytes behind it", Uint8Array.from([...REQUEST, 0])],
    [
      "of another version",
      ikeMessage({ exchange: 34, versionByte: 0x30, payloads: [nonce(new Uint8Array(16))] }),
    ],
    ["without a payload", ikeMessage({ exchange: 37 })],
    ["of fewer bytes than a header", new Uint8Array(27)],
  ])("that of a message %s", (_, bytes) => {
    expect(written(new LineWriter(ONE_FILE), bytes)).toBeNull();
  });
});

describe("the line of a message that is not whole", () => {
  const part = REQUEST.subarray(0, 60);

  it("says how much the snap length left, and calls nothing malformed", () => {
    const line = decodedLine(part, { ...SIGHTING, bytes: REQUEST.length });
    expect(line).toContain(`[60 of ${REQUEST.length} bytes captured]`);
    expect(line).not.toContain("malformed");
  });

  it("calls it malformed where the datagram was sent that short", () => {
    expect(decodedLine(part, { ...SIGHTING, bytes: part.length })).toContain("malformed");
  });
});
