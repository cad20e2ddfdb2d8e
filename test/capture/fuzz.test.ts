import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { UnpackedBytes } from "../../src/capture/node/unpacked-bytes.js";
import { CaptureReader } from "../../src/capture/reader.js";
import { CaptureError, type CaptureSource } from "../../src/capture/source.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { NOON, numberedPackets } from "../support/capture/packets.js";
import { PcapngWriter, utf8 } from "../support/capture/pcapng-writer.js";
import { SeededRandom } from "../support/capture/random.js";
import { FILE_VARIANTS } from "../support/capture/variants.js";

const ROUNDS = 600;
/** Values that lengths and counts go wrong with. */
const NASTY = [0, 1, 2, 3, 4, 7, 8, 0x7f, 0x80, 0xff, 0xfe];

/** A capture with every kind of block that is read. */
function everyBlock(): Uint8Array {
  const file = new PcapngWriter().section({ options: [[1, utf8("comment")]] });
  file.interface({ resolution: 9, offsetSeconds: 3600, options: [[11, utf8("\0esp")]] });
  for (const packet of numberedPackets(2, 30)) {
    file.packet(packet, { options: [[2, Uint8Array.of(1, 0, 0, 0)]] });
    file.obsoletePacket(packet).simplePacket(packet);
  }
  file.statistics({ received: 9, ifDrop: 1, osDrop: 2 }).block(0xbad, file.u32(1)).block(0x99);
  file.section({ littleEndian: false }).interface({ resolution: 0x80 | 40, offsetSeconds: NOON / 1e6 - 5 });
  return file.packet(numberedPackets(1)[0] ?? { time: NOON, bytes: new Uint8Array(0) }).build();
}

function mutated(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let left = 1 + random.below(4); left > 0; left--) {
    const at = random.below(copy.length);
    copy[at] = random.below(2) === 0 ? random.below(256) : (NASTY[random.below(NASTY.length)] ?? 0);
  }
  return random.below(4) === 0 ? copy.subarray(0, random.below(copy.length + 1)) : copy;
}

/** Reads to the end; every record must be sound, and only CaptureError may be thrown, once. */
async function readHostile(source: CaptureSource, longest: number): Promise<void> {
  let records = 0;
  try {
    do {
      while (source.next()) {
        const { bytes, start, end, originalLength, time, nanos, linkType, direction } = source.record;
        const sound =
          start >= 0 &&
          start <= end &&
          end <= bytes.length &&
          originalLength >= end - start &&
          Number.isFinite(time) &&
          nanos >= 0 &&
          nanos <= 999 &&
          linkType <= 0xffff &&
          direction <= 2;
        if (!sound)
          expect.fail(`unsound record ${JSON.stringify({ ...source.record, bytes: bytes.length })}`);
        records++;
      }
    } while (await source.fill());
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    expect(source.next()).toBe(false);
    expect(await source.fill()).toBe(false);
  }
  expect(records).toBeLessThanOrEqual(longest);
  expect(source.summaries()[0]?.packets).toBe(records);
  await source.close();
}

describe("files with some bytes changed", () => {
  const files = [
    ...FILE_VARIANTS.map(({ name, write }) => ({ name, bytes: write(numberedPackets(4, 20)) })),
    { name: "pcapng with every block", bytes: everyBlock() },
  ];

  it.each(files)("$name: end in CaptureError or at their end, with sound records", async ({ bytes }) => {
    const random = new SeededRandom(20_240_501);
    for (let round = 0; round < ROUNDS; round++) {
      const sizes = [1 + random.below(90), 1 + random.below(90)];
      const file = mutated(bytes, random);
      // The smallest record is 12 bytes: a block without a body would be, were it a packet.
      await readHostile(new CaptureReader(new MemoryBytes(file, sizes)), file.length / 12);
    }
  });

  it("packed with gzip: so do the packed ones", async () => {
    const random = new SeededRandom(4500);
    const bytes = gzipSync(everyBlock());
    for (let round = 0; round < 300; round++) {
      const file = mutated(bytes, random);
      await readHostile(
        new CaptureReader(new UnpackedBytes(new MemoryBytes(file, [1 + random.below(90)]))),
        1e6,
      );
    }
  });

  it("a length that lies costs no memory before its bytes come", async () => {
    const file = new PcapngWriter().section();
    const lying = file
      .raw(file.u32(6))
      .raw(file.u32(64 * 1024 * 1024))
      .raw(new Uint8Array(5000))
      .build();
    const before = process.memoryUsage().arrayBuffers;
    const source = new CaptureReader(new MemoryBytes(lying, [100]));
    while (source.next() || (await source.fill()));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1024 * 1024);
    expect(source.summaries()[0]?.notes[0]?.text).toContain("needs 67108864 bytes, 5008 are there");
  });
});
