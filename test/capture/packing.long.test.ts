import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { PACKED_FORMS } from "../../src/capture/packed-forms.js";
import { ToolSeats } from "../../src/capture/node/tool-bytes.js";
import { UnpackedBytes } from "../../src/capture/node/unpacked-bytes.js";
import { CaptureReader } from "../../src/capture/reader.js";
import { CaptureError } from "../../src/capture/source.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { NOON } from "../support/capture/packets.js";
import { concatenated, pcapFile } from "../support/capture/pcap-writer.js";
import { PcapngWriter } from "../support/capture/pcapng-writer.js";
import { SeededRandom } from "../support/capture/random.js";
import { type ReadCapture, readAll } from "../support/capture/read-all.js";
import "../support/seeded-properties.js";

const LIMIT = 64 * 1024 * 1024;

/** The forms whose tool this system has: packing needs the same one. */
const FORMS = PACKED_FORMS.filter(({ unpacker }) => {
  if (unpacker === null) return true;
  try {
    execFileSync(unpacker.program, ["--version"], { stdio: "ignore", input: "" });
    return true;
  } catch {
    return false;
  }
}).map(({ name }) => name);

function pack(form: string, bytes: Uint8Array): Uint8Array {
  if (form === "gzip") return gzipSync(bytes, { level: 1 });
  return execFileSync(form, ["-c", "-1"], {
    input: bytes,
    maxBuffer: LIMIT,
    stdio: ["pipe", "pipe", "ignore"],
  });
}

/** A capture of `count` packets of random lengths and bytes, about half of which can be packed. */
function capture(format: "pcap" | "pcapng", count: number, seed: number): Uint8Array {
  const random = new SeededRandom(seed);
  const packets = Array.from({ length: count }, (_, index) => {
    const values = index % 2 === 0 ? 256 : 4;
    return {
      time: NOON + index * 7,
      bytes: new Uint8Array(random.below(1500)).map(() => random.below(values)),
    };
  });
  if (format === "pcap") return pcapFile(packets);
  const writer = new PcapngWriter().section().interface();
  for (const packet of packets) writer.packet(packet);
  return writer.build();
}

function read(bytes: Uint8Array, chunks: readonly number[]): Promise<ReadCapture> {
  return readAll(new CaptureReader(new UnpackedBytes(new MemoryBytes(bytes, chunks))));
}

/** Every record, as text: to compare bytes one by one takes longer than to unpack them. */
function recordsTold(records: ReadCapture["records"]): string {
  return JSON.stringify(
    records.map(({ bytes, ...rest }) => ({ ...rest, bytes: Buffer.from(bytes).toString("base64") })),
  );
}

/** What must be the same: every record, and what is said of the end. */
function told({ records, summary, fault }: ReadCapture): unknown {
  return { records: recordsTold(records), notes: summary.notes, fault: fault?.reason };
}

const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 });
const chunkSizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 51, max: 70_000 })), {
  minLength: 1,
  maxLength: 5,
});

describe.each(FORMS)("a capture packed with %s", (form) => {
  it("in pieces, and split anywhere, is the plain one", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("pcap", "pcapng"),
        fc.integer({ min: 0, max: 300 }),
        fc.nat(),
        cuts,
        chunkSizes,
        async (format, count, seed, at, chunks) => {
          const plain = capture(format, count, seed);
          const borders = [0, ...at.map((part) => Math.floor(part * plain.length)).toSorted((a, b) => a - b)];
          const pieces = borders.map((from, index) => pack(form, plain.subarray(from, borders[index + 1])));
          expect(told(await read(concatenated(pieces), chunks))).toEqual(told(await read(plain, [])));
        },
      ),
      { numRuns: form === "gzip" ? 60 : 12 },
    );
  });

  it("cut anywhere gives packets from the start, and says that it was cut, or that it cannot be read", async () => {
    const plain = capture("pcap", 120, 7);
    const packed = pack(form, plain);
    const whole = await read(plain, []);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: packed.length - 1 }), chunkSizes, async (length, chunks) => {
        const { records, summary, fault } = await read(packed.subarray(0, length), chunks);
        expect(recordsTold(records)).toBe(recordsTold(whole.records.slice(0, records.length)));
        const kinds = summary.notes.map(({ kind }) => kind);
        expect(fault !== null || kinds.includes("cut-short")).toBe(true);
      }),
      { numRuns: form === "gzip" ? 60 : 15 },
    );
  });

  it("with wrong bits gives what it can, never fails otherwise, and does not hang", async () => {
    const packed = pack(form, capture("pcap", 120, 7));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: packed.length * 8 - 1 }), { minLength: 1, maxLength: 8 }),
        async (bits) => {
          const wrong = Uint8Array.from(packed);
          for (const bit of bits) wrong[bit >> 3] = (wrong[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          // Any error but a CaptureError is thrown on.
          await read(wrong, [4096]);
        },
      ),
      { numRuns: form === "gzip" ? 60 : 15 },
    );
  });

  it("that unpacks to a hundred times as much is read in pieces", async () => {
    const zeros = { time: NOON, bytes: new Uint8Array(1400) };
    const packed = pack(form, pcapFile(Array.from({ length: 40_000 }, () => zeros)));
    expect(packed.length).toBeLessThan(600_000);
    const bytes = new UnpackedBytes(new MemoryBytes(packed));
    let longest = 0;
    let total = 0;
    for (let chunk = await bytes.read(); chunk !== null; chunk = await bytes.read()) {
      longest = Math.max(longest, chunk.length);
      total += chunk.length;
    }
    expect(total).toBe(24 + 40_000 * 1416);
    expect(longest).toBeLessThanOrEqual(256 * 1024);
  });

  it("can be closed while it is read", async () => {
    const bytes = new UnpackedBytes(new MemoryBytes(pack(form, capture("pcap", 300, 7)), [5000]));
    expect(await bytes.read()).not.toBeNull();
    await bytes.close();
    expect(await bytes.read()).toBeNull();
  });
});

describe("files that need a tool", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ikescope-tools-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const zstd = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 0, 1, 0, 0);

  it("say which one is missing", async () => {
    const path = process.env["PATH"];
    process.env["PATH"] = folder;
    try {
      const { fault } = await read(zstd, []);
      expect(fault?.reason).toBe(
        "a file packed with zstd, and the program zstd is missing here: install it, or unpack the file elsewhere",
      );
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("are refused, not started, where too many are read at once", async () => {
    const seats = new ToolSeats();
    while (seats.take());
    const bytes = new UnpackedBytes(new MemoryBytes(zstd), seats);
    await expect(bytes.read()).rejects.toMatchObject({
      reason: expect.stringContaining("unpack them first"),
    });
  });

  it.runIf(FORMS.includes("xz") && FORMS.includes("gzip"))("are merged with others", async () => {
    const files = ["gzip", "xz", "plain"].map((form, index) => {
      const plain = pcapFile([{ time: NOON + index, bytes: Uint8Array.of(index) }]);
      const file = join(folder, form);
      writeFileSync(file, form === "plain" ? plain : pack(form, plain));
      return file;
    });
    const { records } = await readAll(await openCaptures(files));
    expect(records.map(({ capture: from }) => from)).toEqual([0, 1, 2]);
  });

  it("tell a fault of reading as what it is", async () => {
    const broken = new MemoryBytes(new Uint8Array(0));
    const fault = new CaptureError("x", 9, "the disk reports an error");
    let reads = 0;
    broken.read = () => (reads++ === 0 ? Promise.resolve(zstd) : Promise.reject(fault));
    await expect(new UnpackedBytes(broken).read()).rejects.toBe(fault);
  });
});
