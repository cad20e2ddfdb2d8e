import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { UnpackedBytes } from "../../src/capture/node/unpacked-bytes.js";
import { CaptureReader } from "../../src/capture/reader.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { numberedPackets } from "../support/capture/packets.js";
import { concatenated, pcapFile, type WrittenPacket } from "../support/capture/pcap-writer.js";
import { type ReadCapture, readAll } from "../support/capture/read-all.js";
import { SeededRandom } from "../support/capture/random.js";

function readPacked(bytes: Uint8Array, sizes: readonly number[] = []): Promise<ReadCapture> {
  return readAll(new CaptureReader(new UnpackedBytes(new MemoryBytes(bytes, sizes, "trace.pcap.gz"))));
}

/** Packets of random bytes below `values`; with all 256 the packed file is about as long as the other. */
function noise(count: number, length: number, values = 256): WrittenPacket[] {
  const random = new SeededRandom(7);
  return numberedPackets(count, length).map((packet) => ({
    ...packet,
    bytes: packet.bytes.map(() => random.below(values)),
  }));
}

describe("a capture packed with gzip", () => {
  it.each([[[]], [[1]], [[3, 1, 50]]])("is read like the other (chunks of %j)", async (sizes) => {
    const packets = numberedPackets(20);
    const { records, summary, fault } = await readPacked(gzipSync(pcapFile(packets)), sizes);
    expect(fault).toBeNull();
    expect(records.map(({ time, bytes }) => ({ time, bytes }))).toEqual(packets);
    expect(summary).toMatchObject({ file: "trace.pcap.gz", format: "pcap", compressed: true, notes: [] });
  });

  it.each([[[]], [[1]], [[7]], [[16 * 1024]]])(
    "in several members is one file (chunks of %j)",
    async (sizes) => {
      const packets = noise(40, 400);
      const file = pcapFile(packets);
      const members = [file.subarray(0, 10), file.subarray(10, 1000), new Uint8Array(0), file.subarray(1000)];
      const packed = concatenated(members.map((member) => gzipSync(member)));
      const { records, summary, fault } = await readPacked(packed, sizes);
      expect(fault).toBeNull();
      expect(records.map(({ time, bytes }) => ({ time, bytes }))).toEqual(packets);
      expect(summary.notes).toEqual([]);
    },
  );

  it("larger than all buffers is read whole", async () => {
    const packets = noise(3000, 1400);
    const { records, summary } = await readPacked(gzipSync(pcapFile(packets), { level: 1 }), [65_536]);
    expect(records).toHaveLength(3000);
    expect(records[2999]?.bytes).toEqual(packets[2999]?.bytes);
    expect(summary.notes).toEqual([]);
  });

  it("is not unpacked twice, and says what it is", async () => {
    const { fault } = await readPacked(gzipSync(gzipSync(pcapFile([]))));
    expect(fault?.reason).toContain("a gzip file inside of a gzip file");
  });

  it("that is followed by zero bytes ends before them", async () => {
    const packed = concatenated([gzipSync(pcapFile(numberedPackets(3))), new Uint8Array(100_000)]);
    const { records, fault } = await readPacked(packed, [50_000]);
    expect(fault).toBeNull();
    expect(records).toHaveLength(3);
  });

  it("that is followed by other bytes is damaged", async () => {
    const packed = concatenated([gzipSync(pcapFile(numberedPackets(3))), new Uint8Array(100_000).fill(0x5a)]);
    const { fault } = await readPacked(packed, [50_000]);
    expect(fault?.reason).toMatch(/^the gzip data are damaged here or before: /);
  });

  it("cut short gives what can be unpacked, with a note of where", async () => {
    const packed = gzipSync(pcapFile(noise(50, 1000)));
    const { records, summary, fault } = await readPacked(packed.subarray(0, 30_000), [1000]);
    expect(fault).toBeNull();
    expect(records.length).toBeGreaterThan(25);
    expect(summary.notes).toHaveLength(1);
    expect(summary.notes[0]?.text).toMatch(
      /^the gzip data end before their time, at byte 30000 of the packed file; the file ends inside a record: /,
    );
  });

  it("cut anywhere gives packets from the start and a note, or has too little to be a capture", async () => {
    const packets = numberedPackets(5, 40);
    const packed = gzipSync(pcapFile(packets));
    for (let length = 1; length < packed.length; length++) {
      const { records, summary, fault } = await readPacked(packed.subarray(0, length), [9]);
      expect(records.map(({ bytes }) => bytes)).toEqual(
        packets.slice(0, records.length).map(({ bytes }) => bytes),
      );
      if (fault === null) expect(summary.notes.map(({ kind }) => kind)).toContain("cut-short");
      else expect(fault.offset).toBe(0);
    }
  });

  it("that is damaged gives what comes before, then a fault with the packed offset", async () => {
    const packed = Uint8Array.from(gzipSync(pcapFile(noise(100, 1000, 16))));
    packed.fill(0xff, 40_000, 40_100);
    const { records, fault } = await readPacked(packed, [1000]);
    expect(fault?.reason).toMatch(/^the gzip data are damaged here or before: /);
    expect(fault?.offset).toBe(41_000);
    // About 75 packets lie before the damage; zlib keeps its last output, up to 16 KiB, to itself.
    expect(records.length).toBeGreaterThan(55);
    expect(records.length).toBeLessThan(80);
  });

  it("can be closed while it is read", async () => {
    const source = new CaptureReader(
      new UnpackedBytes(new MemoryBytes(gzipSync(pcapFile(noise(50, 1000))), [5000])),
    );
    await source.fill();
    expect(source.next()).toBe(true);
    await source.close();
    expect(source.next()).toBe(false);
    expect(await source.fill()).toBe(false);
  });
});
