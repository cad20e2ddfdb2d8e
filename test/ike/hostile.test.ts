import { describe, expect, it } from "vitest";
import { toHex } from "../../src/bytes/hex.js";
import { decodeIke } from "../../src/ike/decode.js";
import type { Payload } from "../../src/ike/message.js";
import { formatOffer } from "../../src/ike/offer.js";
import { suiteOf } from "../../src/ike/suite.js";
import { classifyUdpPayload } from "../../src/ike/udp.js";
import { knownVendorId } from "../../src/ike/vendor.js";
import { SeededRandom } from "../support/capture/random.js";
import { captureFiles, readMessages } from "../support/ike/corpus.js";
import { SAMPLES } from "../support/ike/samples.js";

const MUTATIONS = 24_000;

/** Generous for a busy machine: the run takes a fraction of a second on an idle one. */
const MOST_SECONDS = 30;

/** What a payload takes at least, whatever its length field says. */
const GENERIC_HEADER = 4;

/** Samples, and what captures there are. */
async function seeds(): Promise<Uint8Array[]> {
  const found = Object.values(SAMPLES);
  for (const file of captureFiles()) {
    for (const { bytes } of await readMessages(file)) found.push(bytes);
  }
  return found;
}

/** Decodes and uses the result as its readers would; throws where any of it throws. */
function digest(bytes: Uint8Array): readonly Payload[] {
  classifyUdpPayload(bytes, 0, bytes.length, bytes.length, 500, 500);
  classifyUdpPayload(bytes, 0, bytes.length, bytes.length, 4500, 4500);
  const result = decodeIke(bytes);
  if (!result.ok) return [];
  const { payloads, problem, available } = result.message;
  expect(payloads.length).toBeLessThanOrEqual(256);
  expect(available).toBeLessThanOrEqual(bytes.length);
  if (problem !== null) expect(Number.isInteger(problem.offset) && problem.offset >= 0).toBe(true);
  for (const payload of payloads) {
    if (payload.kind === "vendorId") knownVendorId(payload.data);
    if (payload.kind !== "sa") continue;
    formatOffer(payload);
    suiteOf(payload);
  }
  return payloads;
}

/** The payloads of `original` that end at or before `intact` are the first ones of `after`. */
function expectKept(original: readonly Payload[], after: readonly Payload[], intact: number): void {
  const kept = original.filter(
    ({ kind, offset, length }) => kind !== "encrypted" && offset + Math.max(length, GENERIC_HEADER) <= intact,
  );
  expect(after.slice(0, kept.length)).toEqual(kept);
}

describe("hostile input", () => {
  it("every prefix of every message: nothing escapes, whole payloads stay", async () => {
    for (const bytes of await seeds()) {
      const original = digest(bytes);
      for (let length = 0; length <= bytes.length; length++) {
        const after = digest(bytes.slice(0, length));
        // Comparing deeply at each length of each message would take minutes.
        if (length % 16 === 0 && length >= 28) expectKept(original, after, length);
      }
    }
  });

  it(`${MUTATIONS} seeded mutations: nothing escapes, bounded time, payloads before the fault stay`, async () => {
    const seed = Number(process.env["IKESCOPE_SEED"] ?? Date.now() % 1_000_000);
    const random = new SeededRandom(seed);
    const messages = (await seeds()).filter((bytes) => bytes.length >= 28);
    const started = performance.now();
    for (let run = 0; run < MUTATIONS; run++) {
      const bytes = messages[random.below(messages.length)];
      if (bytes === undefined) throw new Error("no messages");
      const [mutated, first] = mutate(bytes, random);
      try {
        const after = digest(mutated);
        if (first >= 28 && run % 4 === 0) expectKept(digest(bytes), after, first);
      } catch (error) {
        throw new Error(`IKESCOPE_SEED=${seed}, run ${run}: ${toHex(mutated)}`, { cause: error });
      }
    }
    expect((performance.now() - started) / 1000, `seed ${seed}`).toBeLessThan(MOST_SECONDS);
  });

  it("a maximal message of the smallest payloads is bounded", () => {
    const bytes = new Uint8Array(65_507);
    bytes.set(Uint8Array.of(41, 0x20, 34, 8), 16);
    new DataView(bytes.buffer).setUint32(24, bytes.length);
    for (let at = 28; at + 4 <= bytes.length; at += 4) bytes.set(Uint8Array.of(43, 0, 0, 4), at);
    bytes[16] = 43;
    const started = performance.now();
    expect(digest(bytes)).toHaveLength(256);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

it("decodes the largest sample quickly enough for a wire", () => {
  const bytes = SAMPLES["IKE_SA_INIT request"];
  if (bytes === undefined) throw new Error("no sample");
  const runs = 100_000;
  for (let run = 0; run < runs / 10; run++) decodeIke(bytes);
  const before = process.cpuUsage().user;
  for (let run = 0; run < runs; run++) decodeIke(bytes);
  const seconds = (process.cpuUsage().user - before) / 1e6;
  // 390,000 per second of processor time where this was written.
  expect(runs / seconds).toBeGreaterThan(60_000);
});

/** A changed copy, and the offset of the first byte that differs from the original. */
function mutate(bytes: Uint8Array, random: SeededRandom): [mutated: Uint8Array, first: number] {
  switch (random.below(5)) {
    case 0: {
      const length = random.below(bytes.length);
      return [bytes.slice(0, length), length];
    }
    case 1: {
      const tail = Uint8Array.from({ length: 1 + random.below(40) }, () => random.below(256));
      return [Uint8Array.from([...bytes, ...tail]), bytes.length];
    }
    case 2: {
      // Where lengths and types are: the first bytes of payloads, mostly small values.
      return changed(bytes, random.below(bytes.length), random.below(8));
    }
    case 3: {
      const [once, first] = changed(bytes, random.below(bytes.length), random.below(256));
      const [twice, second] = changed(once, random.below(bytes.length), random.below(256));
      return [twice, Math.min(first, second)];
    }
    default:
      return changed(bytes, random.below(bytes.length), random.below(256));
  }
}

function changed(bytes: Uint8Array, at: number, value: number): [mutated: Uint8Array, first: number] {
  const mutated = Uint8Array.from(bytes);
  mutated[at] = value;
  return [mutated, at];
}
