import { beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../src/bytes/hex.js";
import { TextBuffer } from "../../src/bytes/text-buffer.js";
import { decodeIke, decodePayloads } from "../../src/ike/decode.js";
import type { Field } from "../../src/ike/describe/field.js";
import { describeHeader } from "../../src/ike/describe/header.js";
import { summarizePayload } from "../../src/ike/describe/payload.js";
import type { IkeHeader, IkeMessage, Payload } from "../../src/ike/message.js";
import { formatOffer } from "../../src/ike/offer.js";
import { suiteOf } from "../../src/ike/suite.js";
import { classifyUdpPayload } from "../../src/ike/udp.js";
import { messageJson } from "../../src/report/decode/json.js";
import { messageLine } from "../../src/report/decode/line.js";
import { LineWriter } from "../../src/report/decode/line-writer.js";
import { writeTree } from "../../src/report/decode/tree.js";
import { SeededRandom } from "../support/capture/random.js";
import { allMessages } from "../support/ike/corpus.js";
import { decryptSk, HAVE_KEYS, type KeyRow, keyRows, type Plaintext } from "../support/ike/decrypt.js";
import { ikeMessage, type PayloadBytes } from "../support/ike/message.js";
import {
  configuration,
  deleteSas,
  identification,
  notify,
  trafficSelectors,
  vendorId,
} from "../support/ike/payloads-v2.js";
import { MOST_FOR_FOURFOLD, timesOfQuarter } from "../support/growth.js";
import { mutate } from "../support/ike/mutate.js";
import { SAMPLES } from "../support/ike/samples.js";
import { seen, SIGHTING } from "../support/ike/seen.js";
import { runs, sampled } from "../support/sample.js";
import { SEED } from "../support/seed.js";

/** IKESCOPE_MUTATIONS asks for more. */
const MUTATIONS = Number(process.env["IKESCOPE_MUTATIONS"] ?? runs(200_000, 200));
const PLAINTEXT_MUTATIONS = runs(20_000, 40);

/** One of so many messages is cut at every byte in `npm test`. */
const SHARE = 400;

/** Characters of a value (256) or a line's token, with the mark of the cut and a length behind it. */
const LONGEST_VALUE = 300;
const LONGEST_TOKEN = 700;
/** A tree, or the object of a message: 256 payloads of the longest fields would be more, and no datagram holds them. */
const LONGEST_TREE = 8_000_000;

/** What a payload takes at least, whatever its length field says. */
const GENERIC_HEADER = 4;

/** Samples, and each message of the captures that there are, once. */
let seeds: Uint8Array[] = [];
/** What is inside of those whose keys are at hand. */
let plaintexts: Plaintext[] = [];

beforeAll(async () => {
  const distinct = new Map<string, Uint8Array>();
  for (const bytes of Object.values(SAMPLES)) distinct.set(toHex(bytes), bytes);
  for (const { bytes } of await allMessages()) distinct.set(toHex(bytes), bytes);
  seeds = [...distinct.values()];
  plaintexts = HAVE_KEYS ? seeds.flatMap(insideOf(keyRows())) : [];
});

function insideOf(rows: readonly KeyRow[]): (bytes: Uint8Array) => Plaintext[] {
  return (bytes) => {
    const decoded = decodeIke(bytes);
    const inside = decoded.ok ? decryptSk(decoded.message, bytes, rows) : null;
    return inside === null || inside.bytes.length === 0 ? [] : [inside];
  };
}

const ONE_FILE = { files: ["trace.pcap"] };
const lines = new LineWriter(ONE_FILE);
const out = new TextBuffer(64 * 1024);

/** Decodes and prints as readers would; throws where any of it throws or grows without bound. */
function digest(bytes: Uint8Array): readonly Payload[] {
  classifyUdpPayload(bytes, 0, bytes.length, bytes.length, 500, 500);
  classifyUdpPayload(bytes, 0, bytes.length, bytes.length, 4500, 4500);
  out.cut(0);
  lines.write(bytes, SIGHTING, out);
  demandHarmless();
  const result = decodeIke(bytes);
  if (!result.ok) return [];
  checkFields(describeHeader(result.message), bytes.length);
  show(result.message, bytes);
  return result.message.payloads;
}

/** All forms in which a message is printed, and what they are made of. */
function show(message: IkeMessage, bytes: Uint8Array): void {
  const { header, payloads, problem, available } = message;
  demand(payloads.length <= 256, "too many payloads");
  demand(available <= bytes.length, "more available than there is");
  demand(problem === null || (Number.isInteger(problem.offset) && problem.offset >= 0), "no offset");
  const whole = seen(message, bytes);
  const object = messageJson(whole, ONE_FILE);
  for (const { fields } of object.payloads) checkFields(fields, bytes.length);
  const json = JSON.stringify(object);
  demand(json.length < LONGEST_TREE, `an object of ${json.length} characters`);
  out.cut(0);
  writeTree(whole, ONE_FILE, out);
  demand(out.length < LONGEST_TREE, `a tree of ${out.length} bytes`);
  demandHarmless();
  messageLine(whole, ONE_FILE);
  const version = header.majorVersion === 1 ? 1 : 2;
  for (const payload of payloads) checkToken(payload, version);
}

function checkToken(payload: Payload, version: 1 | 2): void {
  const token = summarizePayload(payload, version);
  demand(token.length > 0 && token.length < LONGEST_TOKEN, `a token of ${token.length} characters`);
  if (payload.kind !== "sa") return;
  formatOffer(payload);
  suiteOf(payload);
}

/** What was written commands no terminal. */
function demandHarmless(): void {
  for (const byte of out.content) {
    if (byte < 0x20 ? byte !== 0x0a : byte === 0x7f) throw new Error(`a byte ${byte} is printed`);
  }
}

/** Values are bounded, and fields lie within the bytes; of a payload whose length lies, its own length field does not. */
function checkFields(fields: readonly Field[], end: number): void {
  demand(fields.length < 300, `${fields.length} fields`);
  for (const { name, value, offset, length, children } of fields) {
    demand(value.length < LONGEST_VALUE, `${name} of ${value.length} characters`);
    if (offset !== undefined && length !== undefined && name !== "Payload length") {
      demand(
        offset >= 0 && length >= 0 && (length === 0 || offset + length <= end),
        `${name} at ${offset}+${length} of ${end}`,
      );
    }
    if (children !== undefined) checkFields(children, end);
  }
}

function behindHeader(bytes: Uint8Array): Plaintext {
  return { firstType: bytes[16] ?? 0, bytes: bytes.subarray(28) };
}

function headerOf(bytes: Uint8Array = new Uint8Array(28)): IkeHeader {
  const decoded = decodeIke(bytes);
  if (!decoded.ok) throw new Error("no header");
  return decoded.message.header;
}

/** Cheaper than expect() by far where it runs millions of times. */
function demand(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/** The payloads of `original` that end at or before `intact` are the first ones of `after`. */
function expectKept(original: readonly Payload[], after: readonly Payload[], intact: number): void {
  const kept = original.filter(
    ({ kind, offset, length }) => kind !== "encrypted" && offset + Math.max(length, GENERIC_HEADER) <= intact,
  );
  expect(after.slice(0, kept.length)).toEqual(kept);
}

describe("hostile input, decoded and printed", () => {
  it("every prefix of a message: nothing escapes, whole payloads stay", () => {
    for (const bytes of sampled(seeds, SHARE)) {
      const original = digest(bytes);
      for (let length = 0; length <= bytes.length; length++) {
        const after = digest(bytes.slice(0, length));
        // Comparing deeply at each length of each message would take minutes.
        if (length % 32 === 0 && length >= 28) expectKept(original, after, length);
      }
    }
  }, 240_000);

  it(
    `${MUTATIONS} seeded mutations: nothing escapes, payloads before the fault stay`,
    () => {
      const random = new SeededRandom(SEED);
      const messages = seeds.filter((bytes) => bytes.length >= 28);
      for (let run = 0; run < MUTATIONS; run++) {
        const bytes = messages[run % messages.length];
        if (bytes === undefined) throw new Error("no messages");
        const [mutated, first] = mutate(bytes, random);
        try {
          const after = digest(mutated);
          if (first >= 28 && run % 64 === 0) expectKept(digest(bytes), after, first);
        } catch (error) {
          throw new Error(`IKESCOPE_SEED=${SEED}, run ${run}: ${toHex(mutated)}`, { cause: error });
        }
      }
    },
    Math.max(240_000, MUTATIONS),
  );

  it(`${PLAINTEXT_MUTATIONS} mutations of decrypted plaintext, by both versions`, () => {
    const random = new SeededRandom(SEED);
    const header = headerOf(SAMPLES["IKE_SA_INIT request"]);
    const chains = [
      ...plaintexts,
      ...Object.values(SAMPLES)
        .filter((bytes) => bytes.length > 32)
        .map(behindHeader),
    ];
    for (let run = 0; run < PLAINTEXT_MUTATIONS; run++) {
      const chain = chains[run % chains.length];
      if (chain === undefined) throw new Error("no samples");
      const [mutated] = mutate(chain.bytes, random);
      const version = run % 8 === 0 ? 1 : 2;
      try {
        const { payloads, problem } = decodePayloads(version, chain.firstType, mutated);
        const message = { header: { ...header, majorVersion: version }, payloads, problem };
        show({ ...message, available: mutated.length }, mutated);
      } catch (error) {
        throw new Error(`IKESCOPE_SEED=${SEED}, run ${run}: ${toHex(mutated)}`, { cause: error });
      }
    }
  });

  const room = 65_000;
  it.each<[string, (room: number) => PayloadBytes]>([
    [
      "SPIs of one byte",
      (bytes) =>
        deleteSas(
          3,
          Array.from({ length: bytes }, () => Uint8Array.of(1)),
        ),
    ],
    ["numbers of two bytes", (bytes) => notify(16431, { data: new Uint8Array(bytes) })],
    [
      "attributes without value",
      (bytes) =>
        configuration(
          1,
          Array.from({ length: bytes / 4 }, () => [1, new Uint8Array(0)]),
        ),
    ],
    ["selectors without data", (bytes) => selectorsOf(Math.floor((bytes / room) * 255))],
    ["a vendor ID", (bytes) => vendorId(new Uint8Array(bytes))],
    ["a name", (bytes) => identification(2, new Uint8Array(bytes).fill(0x61))],
    ["a distinguished name of nothing but sets", (bytes) => identification(9, nestedSets(bytes))],
  ])("as much of %s as fits in a payload costs four times a quarter of it", async (_, payloadOf) => {
    const [quarter, whole] = [room / 4, room].map((bytes) =>
      ikeMessage({ exchange: 34, payloads: [payloadOf(bytes)] }),
    ) as [Uint8Array, Uint8Array];
    expect(digest(whole)).toHaveLength(1);
    expect(
      await timesOfQuarter(
        () => void digest(quarter),
        () => void digest(whole),
      ),
    ).toBeLessThan(MOST_FOR_FOURFOLD);
  });

  it("a maximal message of the smallest payloads has 256 of them", () => {
    const bytes = new Uint8Array(65_507);
    bytes.set(Uint8Array.of(43, 0x20, 34, 8), 16);
    new DataView(bytes.buffer).setUint32(24, bytes.length);
    for (let at = 28; at + 4 <= bytes.length; at += 4) bytes.set(Uint8Array.of(43, 0, 0, 4), at);
    expect(digest(bytes)).toHaveLength(256);
  });
});

function selectorsOf(count: number): PayloadBytes {
  return trafficSelectors(
    Array.from({ length: count }, () => ({ form: "other", type: 99, protocol: 0, data: new Uint8Array(0) })),
  );
}

/** A sequence of empty sets, which is no name. */
function nestedSets(length: number): Uint8Array {
  const sets = Uint8Array.from({ length: length - 4 }, (_, at) => (at % 2 === 0 ? 0x31 : 0));
  return Uint8Array.of(0x30, 0x82, sets.length >> 8, sets.length & 0xff, ...sets);
}
