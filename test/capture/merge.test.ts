import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MergedSource } from "../../src/capture/merge.js";
import { CaptureReader } from "../../src/capture/reader.js";
import { CaptureError } from "../../src/capture/source.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { NOON, numberedPackets } from "../support/capture/packets.js";
import { concatenated, pcapFile, type WrittenPacket } from "../support/capture/pcap-writer.js";
import { PcapngWriter } from "../support/capture/pcapng-writer.js";
import { readAll } from "../support/capture/read-all.js";

function merged(files: readonly Uint8Array[], sizes: readonly number[] = []): MergedSource {
  return new MergedSource(
    files.map((file, index) => new CaptureReader(new MemoryBytes(file, sizes, `file ${index}`), index)),
  );
}

function at(...seconds: readonly number[]): WrittenPacket[] {
  return seconds.map((second) => ({ time: NOON + second * 1e6, bytes: new Uint8Array(4).fill(second) }));
}

describe("several captures", () => {
  it("come in the order of time, each record with its file and its frame number there", async () => {
    const { records } = await readAll(merged([pcapFile(at(1, 4, 5)), pcapFile(at(2, 3, 6))]));
    expect(records.map(({ time, capture, frame }) => [(time - NOON) / 1e6, capture, frame])).toEqual([
      [1, 0, 1],
      [2, 1, 1],
      [3, 1, 2],
      [4, 0, 2],
      [5, 0, 3],
      [6, 1, 3],
    ]);
  });

  it("rotated and given in any order come out in the order of time", async () => {
    const { records } = await readAll(
      merged([pcapFile(at(7, 8, 9)), pcapFile(at(1, 2, 3)), pcapFile(at(4, 5, 6))]),
    );
    expect(records.map(({ time }) => (time - NOON) / 1e6)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("of equal times come in the order given", async () => {
    const { records } = await readAll(merged([pcapFile(at(1, 1)), pcapFile(at(1, 1))]));
    expect(records.map(({ capture, frame }) => [capture, frame])).toEqual([
      [0, 1],
      [0, 2],
      [1, 1],
      [1, 2],
    ]);
  });

  it("are to decide: nanoseconds", async () => {
    const one = (nanos: number): Uint8Array =>
      pcapFile([{ time: NOON, nanos, bytes: Uint8Array.of(1) }], { nanoseconds: true });
    const { records } = await readAll(merged([one(7), one(5)]));
    expect(records.map(({ nanos }) => nanos)).toEqual([5, 7]);
  });

  it("of different formats and link types mix", async () => {
    const second = new PcapngWriter().section().interface({ linkType: 101 });
    for (const packet of at(2)) second.packet(packet);
    const { records, summaries } = await readAll(merged([pcapFile(at(1, 3)), second.build()]));
    expect(records.map(({ linkType }) => linkType)).toEqual([1, 101, 1]);
    expect(summaries.map(({ file, format, packets }) => [file, format, packets])).toEqual([
      ["file 0", "pcap", 2],
      ["file 1", "pcapng", 1],
    ]);
  });

  it("one of which goes back in time keeps its order, and the note is its own", async () => {
    const { records, summaries } = await readAll(merged([pcapFile(at(2, 1, 4)), pcapFile(at(3))]));
    expect(records.map(({ time }) => (time - NOON) / 1e6)).toEqual([2, 1, 3, 4]);
    expect(summaries.map(({ notes }) => notes.map(({ kind }) => kind))).toEqual([["time-goes-back"], []]);
  });

  it("none at all is a source that ends at once", async () => {
    const source = merged([]);
    expect(source.next()).toBe(false);
    expect(await source.fill()).toBe(false);
  });

  it("in any number and chunks of any size are what sorting them all would give", async () => {
    const file = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 10 });
    const sizes = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 9 }), sizes, async (files, chunks) => {
        const sorted = files.map((seconds) => seconds.toSorted((a, b) => a - b));
        const { records } = await readAll(
          merged(
            sorted.map((seconds) => pcapFile(at(...seconds))),
            chunks,
          ),
        );
        const wanted = sorted
          .flatMap((seconds, capture) =>
            seconds.map((second, index) => ({ second, capture, frame: index + 1 })),
          )
          .toSorted((a, b) => a.second - b.second || a.capture - b.capture || a.frame - b.frame);
        expect(
          records.map(({ time, capture, frame }) => ({ second: (time - NOON) / 1e6, capture, frame })),
        ).toEqual(wanted);
        expect(records.every(({ bytes, time }) => bytes.every((byte) => byte === (time - NOON) / 1e6))).toBe(
          true,
        );
      }),
      { numRuns: 150 },
    );
  });
});

describe("a fault in one of several captures", () => {
  const broken = concatenated([pcapFile(at(1, 2)), new Uint8Array(16).fill(0xff)]);

  it("is thrown where that file is stepped, and names it", async () => {
    const { records, fault } = await readAll(merged([broken, pcapFile(at(0, 9))]));
    expect(records.map(({ time }) => (time - NOON) / 1e6)).toEqual([0, 1, 2]);
    expect(fault?.file).toBe("file 0");
  });

  it.each([[[]], [[20]]])("leaves the others to whoever goes on (chunks of %j)", async (sizes) => {
    const source = merged([broken, pcapFile(at(0, 9)), Uint8Array.of(1, 2, 3, 4)], sizes);
    const times: number[] = [];
    const faults: string[] = [];
    for (let more = true; more;) {
      try {
        while (source.next()) times.push((source.record.time - NOON) / 1e6);
        more = await source.fill();
      } catch (error) {
        if (!(error instanceof CaptureError)) throw error;
        faults.push(error.file);
      }
    }
    expect(times).toEqual([0, 1, 2, 9]);
    expect(faults.toSorted()).toEqual(["file 0", "file 2"]);
  });
});

describe("closing", () => {
  it("closes every file, those at their end at once, and may be done twice", async () => {
    const short = new MemoryBytes(pcapFile(numberedPackets(1, 4, NOON)));
    const long = new MemoryBytes(pcapFile(numberedPackets(50)), [100]);
    const source = new MergedSource([new CaptureReader(short, 0), new CaptureReader(long, 1)]);
    for (let count = 0; count < 10;) {
      if (source.next()) count++;
      else await source.fill();
    }
    expect([short.closed, long.closed]).toEqual([true, false]);
    await source.close();
    await source.close();
    expect(long.closed).toBe(true);
    expect(source.next()).toBe(false);
    expect(await source.fill()).toBe(false);
  });
});
