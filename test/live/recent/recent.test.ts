import { describe, expect, it } from "vitest";
import { CaptureReader } from "../../../src/capture/reader.js";
import { ByteRing } from "../../../src/live/recent/byte-ring.js";
import type { KeptFrame } from "../../../src/live/recent/kept-frame.js";
import { RecentFrames } from "../../../src/live/recent-frames.js";
import type { RecordSearch } from "../../../src/live/recent/record-search.js";
import { TunnelFrames } from "../../../src/live/recent/tunnel-frames.js";
import { MemoryBytes } from "../../support/capture/memory-bytes.js";
import { type PcapOptions, pcapFile, type WrittenPacket } from "../../support/capture/pcap-writer.js";
import { readAll } from "../../support/capture/read-all.js";

/** Packets that tell their number in their bytes, from `first` on. */
function packets(count: number, length = 100, first = 1): WrittenPacket[] {
  return Array.from({ length: count }, (_, index) => {
    const bytes = new Uint8Array(length + (index % 7));
    new DataView(bytes.buffer).setUint32(0, first + index);
    return { time: 1e15 + index * 1001, nanos: index % 1000, bytes, originalLength: bytes.length + 5 };
  });
}

interface Found {
  readonly frame: number;
  readonly number: number;
  readonly time: number;
  readonly originalLength: number;
}

function found({ record }: RecordSearch): Found {
  const { bytes, start, frame, time, originalLength } = record;
  const number = bytes.slice(start, start + 4).reduce((sum, byte) => sum * 256 + byte, 0);
  return { frame, number, time, originalLength };
}

function all(search: RecordSearch): Found[] {
  const list: Found[] = [];
  while (search.next()) list.push(found(search));
  return list;
}

/** Reads a file through what remembers it, in chunks of the sizes given; the reader must not notice. */
async function pass(recent: RecentFrames, file: Uint8Array, sizes: readonly number[], before = 0) {
  const { records } = await readAll(new CaptureReader(recent.tee(new MemoryBytes(file, sizes), before)));
  return records;
}

const frame = (number: number, length = 100): KeptFrame => ({
  frame: number,
  time: number,
  nanos: 0,
  linkType: 1,
  originalLength: length,
  direction: 0,
  bytes: new Uint8Array(length),
});

describe("a ring of bytes", () => {
  it("holds the newest bytes, in whatever pieces they came", () => {
    const ring = new ByteRing(10);
    const written: number[] = [];
    for (const length of [3, 4, 5, 1, 10, 23, 2, 9]) {
      const chunk = Uint8Array.from({ length }, (_, index) => (written.length + index) & 0xff);
      written.push(...chunk);
      ring.append(chunk);
      const there = new Uint8Array(ring.end - ring.start);
      ring.copy(ring.indexOf(ring.start), there);
      expect([...there]).toEqual(written.slice(-10));
      expect(ring.end).toBe(written.length);
    }
  });

  it("reads numbers across its seam", () => {
    const ring = new ByteRing(6);
    ring.append(Uint8Array.of(0, 0, 0, 0, 0xf1, 2, 3, 4));
    expect(ring.u32(ring.indexOf(4), false)).toBe(0xf1020304);
    expect(ring.u32(ring.indexOf(4), true)).toBe(0x040302f1);
  });
});

describe("the remembered bytes of a capture", () => {
  const variants: [string, PcapOptions][] = [
    ["little-endian microseconds", {}],
    ["big-endian nanoseconds", { littleEndian: false, nanoseconds: true }],
    ["Kuznetzov's format", { modified: true }],
  ];

  it.each(variants)("give back every record as it was read (%s)", async (_, options) => {
    const recent = new RecentFrames({ bytes: 1 << 20 });
    const records = await pass(recent, pcapFile(packets(500), options), [1000, 17, 3, 4096]);
    const search = recent.search();
    for (const record of records) {
      expect(search.next()).toBe(true);
      const { bytes, start, end, time, nanos, originalLength, linkType, frame } = search.record;
      const copy = { bytes: bytes.slice(start, end), time, nanos, originalLength, linkType, frame };
      expect(copy).toEqual({
        bytes: record.bytes,
        time: record.time,
        nanos: record.nanos,
        originalLength: record.originalLength,
        linkType: record.linkType,
        frame: record.frame,
      });
    }
    expect(search.next()).toBe(false);
  });

  it("begin, once the oldest were overwritten, at a record that is whole and has its right number", async () => {
    const recent = new RecentFrames({ bytes: 64 * 1024 });
    await pass(recent, pcapFile(packets(5000)), [5000, 60_000, 200_000, 33]);
    const there = all(recent.search());
    // Two sync points' distance may be out of reach at the beginning.
    expect(there.length).toBeGreaterThan(200);
    expect(there.length).toBeLessThan(600);
    expect(there.every(({ frame, number }) => frame === number)).toBe(true);
    expect(there.at(-1)?.frame).toBe(5000);
  });

  it("go on with the numbers where the capture began again, and pass over what was cut off", async () => {
    const recent = new RecentFrames({ bytes: 1 << 20 });
    const first = pcapFile(packets(10));
    await pass(recent, first.subarray(0, first.length - 30), [64]);
    await pass(recent, pcapFile(packets(10, 50, 10), { littleEndian: false }), [70], 9);
    expect(all(recent.search()).map(({ frame }) => frame)).toEqual(
      Array.from({ length: 19 }, (_, index) => index + 1),
    );
    expect(all(recent.search()).every(({ frame, number }) => frame === number)).toBe(true);
  });

  it("begin at or shortly before the frame that is asked for", async () => {
    const recent = new RecentFrames({ bytes: 1 << 20 });
    await pass(recent, pcapFile(packets(5000)), [10_000]);
    const [first] = all(recent.search(4000));
    expect(first?.frame).toBeLessThanOrEqual(4000);
    expect(first?.frame).toBeGreaterThan(3500);
  });

  it("may be overwritten while somebody searches them: the search goes on behind", async () => {
    const recent = new RecentFrames({ bytes: 64 * 1024 });
    await pass(recent, pcapFile(packets(400)), [4096]);
    const search = recent.search();
    search.next();
    const stop = 400;
    await pass(recent, pcapFile(packets(200, 100, 401)), [4096], 400);
    const rest = all(search);
    expect(rest.every(({ frame, number }) => frame === number && frame <= stop)).toBe(true);
    expect(rest.at(-1)?.frame).toBe(stop);
    expect(rest[0]?.frame).toBeGreaterThan(2);
  });

  it("that were overwritten all are none", async () => {
    const recent = new RecentFrames({ bytes: 64 * 1024 });
    await pass(recent, pcapFile(packets(100)), [4096]);
    const search = recent.search();
    await pass(recent, pcapFile(packets(5000)), [4096], 100);
    expect(all(search)).toEqual([]);
  });

  it("of something that is no pcap are none, and the reader has its bytes nevertheless", async () => {
    const recent = new RecentFrames();
    const source = recent.tee(new MemoryBytes(new TextEncoder().encode("no capture at all, but text")), 0);
    expect((await source.read())?.length).toBe(27);
    expect(all(recent.search())).toEqual([]);
  });

  it("end where a length lies", async () => {
    const recent = new RecentFrames();
    const file = pcapFile(packets(10));
    new DataView(file.buffer).setUint32(24 + 8 + 3 * 116 + (0 + 1 + 2), 0xffff_ffff, true);
    await pass(recent, file, [50]);
    expect(all(recent.search()).map(({ frame }) => frame)).toEqual([1, 2, 3]);
  });
});

describe("the remembered bytes of any capture", () => {
  /** Numbers from 0 to `below`, the same in every run. */
  function numbers(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
  }

  it("are the tail of what was read, whatever the sizes of records and chunks", async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = numbers(seed);
      const list = Array.from({ length: 300 }, (_, index) => {
        const bytes = new Uint8Array(4 + random(random(4) === 0 ? 40_000 : 300)).fill(random(256));
        new DataView(bytes.buffer).setUint32(0, index + 1);
        return { time: 1e15 + index, bytes };
      });
      const recent = new RecentFrames({ bytes: 64 * 1024 + random(100_000) });
      const sizes = Array.from({ length: 20 }, () => 1 + random(random(3) === 0 ? 150_000 : 2000));
      const records = await pass(recent, pcapFile(list), sizes);
      const search = recent.search();
      let last = 0;
      while (search.next()) {
        const { bytes, start, end, frame } = search.record;
        const read = records[frame - 1]?.bytes ?? new Uint8Array(0);
        expect(Buffer.compare(bytes.subarray(start, end), read), `seed ${seed}, frame ${frame}`).toBe(0);
        if (last > 0) expect(frame).toBe(last + 1);
        last = frame;
      }
      expect([0, 300]).toContain(last);
    }
  });

  it("are searched without a fault where they are nothing but noise", async () => {
    for (let seed = 1; seed <= 100; seed++) {
      const random = numbers(seed);
      const noise = Uint8Array.from({ length: 5000 }, () => random(256) & random(256) & random(256));
      noise.set(pcapFile([]), 0);
      const recent = new RecentFrames({ bytes: 1 << 16 });
      for (const before of [0, 1000]) {
        const source = recent.tee(new MemoryBytes(noise, [1 + random(600)]), before);
        while ((await source.read()) !== null);
      }
      for (const { frame, time } of all(recent.search())) {
        expect(frame).toBeGreaterThan(0);
        expect(time).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

describe("the remembered frames of tunnels", () => {
  it("are the newest of each, by number and by bytes", () => {
    const tunnels = new TunnelFrames({ frames: 3, bytes: 5000, total: 1e6 });
    for (let number = 1; number <= 5; number++) tunnels.add("a", true, frame(number));
    expect(tunnels.of("a").map(({ frame: number }) => number)).toEqual([3, 4, 5]);
    tunnels.add("a", true, frame(6, 4000));
    expect(tunnels.of("a").map(({ frame: number }) => number)).toEqual([6]);
  });

  it("stay within the room for all of them, whatever comes", () => {
    const tunnels = new TunnelFrames({ frames: 10, bytes: 10_000, total: 100_000 });
    let random = 1;
    let most = 0;
    for (let number = 1; number <= 50_000; number++) {
      random = (random * 48_271) % 2_147_483_647;
      tunnels.add(random % 500, random % 3 === 0, frame(number, random % 1500));
      most = Math.max(most, tunnels.bytes);
    }
    expect(most).toBeLessThanOrEqual(100_000);
    expect(tunnels.evicted).toBeGreaterThan(0);
    for (let tunnel = 0; tunnel < 500; tunnel++) tunnels.forget(tunnel);
    expect(tunnels.bytes).toBe(0);
  });

  it("of settled tunnels are not driven out by a flood of strangers", () => {
    const tunnels = new TunnelFrames({ frames: 10, bytes: 10_000, total: 200_000 });
    for (let tunnel = 0; tunnel < 50; tunnel++) tunnels.add(`settled ${tunnel}`, true, frame(tunnel));
    for (let number = 1; number <= 100_000; number++) tunnels.add(`stranger ${number}`, false, frame(number));
    for (let tunnel = 0; tunnel < 50; tunnel++) expect(tunnels.of(`settled ${tunnel}`).length).toBe(1);
  });

  it("of a new peer have a place, however many settled tunnels there are", () => {
    const tunnels = new TunnelFrames({ frames: 10, bytes: 10_000, total: 100_000 });
    for (let tunnel = 0; tunnel < 1000; tunnel++) tunnels.add(tunnel, true, frame(tunnel));
    for (let number = 1; number <= 5; number++) tunnels.add("new", false, frame(number));
    for (let tunnel = 0; tunnel < 1000; tunnel++) tunnels.add(tunnel, true, frame(tunnel));
    expect(tunnels.of("new").length).toBe(5);
  });

  it("go with a tunnel that becomes settled", () => {
    const tunnels = new TunnelFrames();
    tunnels.add("a", false, frame(1));
    tunnels.add("a", true, frame(2));
    expect(tunnels.of("a").map(({ frame: number }) => number)).toEqual([1, 2]);
    tunnels.forget("a");
    expect(tunnels.bytes).toBe(0);
  });
});
