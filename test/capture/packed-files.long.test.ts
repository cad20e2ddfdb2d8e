import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { CaptureError } from "../../src/capture/source.js";
import { NOON } from "../support/capture/packets.js";
import { concatenated, pcapFile, type WrittenPacket } from "../support/capture/pcap-writer.js";
import { PcapngWriter } from "../support/capture/pcapng-writer.js";
import { SeededRandom } from "../support/capture/random.js";
import { SEED } from "../support/seed.js";

const MIB = 1024 * 1024;
/** As long as the memory of the kernel that packets are read into. */
const PLACE_BYTES = 1.5 * MIB;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-packed-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Packets of bytes that nothing can pack, about `size` bytes of them. */
function incompressible(size: number): WrittenPacket[] {
  const length = 1400;
  const random = new SeededRandom(SEED);
  return Array.from({ length: Math.ceil(size / (length + 16)) }, (_, index) => ({
    time: NOON + index,
    bytes: new Uint8Array(length).map(() => random.below(256)),
  }));
}

function pcapng(packets: readonly WrittenPacket[]): Uint8Array {
  const writer = new PcapngWriter().section().interface();
  for (const packet of packets) writer.packet(packet);
  return writer.build();
}

function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 1 });
}

/** Packs to a file of that size: the name of the file in the gzip header is as long as it must be. */
function gzipTo(size: number, bytes: Uint8Array): Uint8Array {
  const packed = gzip(bytes);
  const name = new Uint8Array(size - packed.length).fill(0x78);
  name[name.length - 1] = 0;
  const head = Uint8Array.from(packed.subarray(0, 10));
  head[3] = 8;
  return concatenated([head, name, packed.subarray(10)]);
}

interface Read {
  readonly packets: number;
  /** Of all packets, their times and lengths. */
  readonly digest: string;
  readonly notes: readonly string[];
  readonly fault: CaptureError | null;
}

/** Reads a file as the command does: what it holds lies, or is unpacked to, the place that is given. */
async function read(bytes: Uint8Array): Promise<Read> {
  const file = join(folder, "capture");
  writeFileSync(file, bytes);
  const source = await openCaptures([file], { buffer: new Uint8Array(PLACE_BYTES) });
  const hash = createHash("sha256");
  let packets = 0;
  let fault: CaptureError | null = null;
  try {
    do {
      while (source.next()) {
        const { record } = source;
        packets++;
        hash.update(`${record.frame} ${record.time} ${record.originalLength} `);
        hash.update(record.bytes.subarray(record.start, record.end));
      }
    } while (await source.fill());
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    fault = error;
  }
  const notes = source.summaries().flatMap((summary) => summary.notes.map(({ kind }) => kind));
  await source.close();
  return { packets, digest: hash.digest("hex"), notes, fault };
}

/** Each length that a buffer on the way has, one byte less, and one byte more. */
const BORDERS: readonly number[] = [16 * 1024, 0.5 * MIB, MIB, 1.5 * MIB, 2 * MIB, 6 * MIB].flatMap(
  (size) => [size - 1, size, size + 1],
);

describe.each([
  ["pcap", pcapFile],
  ["pcapng", pcapng],
] as const)("a packed %s file", (_format, write) => {
  it.each([...BORDERS, 20 * MIB])("of %i packed bytes holds what the plain one does", async (size) => {
    const plain = write(incompressible(size * 0.9));
    const packed = gzipTo(size, plain);
    expect(packed).toHaveLength(size);
    const expected = await read(plain);
    expect(expected.fault).toBeNull();
    expect(await read(packed)).toEqual(expected);
  });

  it("in members of all sizes holds what the plain one does", async () => {
    const plain = write(incompressible(8 * MIB));
    const borders = [0, 1, 70_000, 1.5 * MIB, 1.5 * MIB + 1, 4 * MIB, plain.length];
    const members = borders.slice(1).map((end, index) => gzip(plain.subarray(borders[index], end)));
    expect(await read(concatenated(members))).toEqual(await read(plain));
  });

  it.each([2 * MIB, 7 * MIB])("cut at %i bytes gives all packets before the cut, and says so", async (at) => {
    const packets = incompressible(8 * MIB);
    const cut = await read(gzip(write(packets)).subarray(0, at));
    expect(cut.fault).toBeNull();
    expect(cut.notes).toContain("cut-short");
    // A stored block is told as it comes: at most the packet that was cut is missing.
    expect(cut.packets).toBeGreaterThan(at / 1450);
    const whole = await read(write(packets.slice(0, cut.packets)));
    expect(cut.digest).toBe(whole.digest);
  });

  it("damaged behind 3 MiB gives packets up to there, and says how much before it may be lost", async () => {
    const packets = incompressible(4 * MIB);
    const plain = write(packets);
    const second = Uint8Array.from(gzip(plain.subarray(3 * MIB)));
    // The first block of the second member is of a kind that there is not.
    second.fill(0xff, 10);
    const damaged = await read(concatenated([gzip(plain.subarray(0, 3 * MIB)), second]));
    expect(damaged.fault?.reason).toMatch(
      /^the gzip data are damaged here or before: .*the last 16 KiB or less/,
    );
    const whole = await read(write(packets.slice(0, damaged.packets)));
    expect(damaged.digest).toBe(whole.digest);
    expect(damaged.packets * 1450).toBeGreaterThan(3 * MIB - 16 * 1024);
  });
});
