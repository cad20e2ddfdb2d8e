import { describe, expect, it } from "vitest";
import { NOON, numberedPackets } from "../support/capture/packets.js";
import {
  concatenated,
  type PcapOptions,
  pcapFile,
  pcapHeader,
  pcapRecord,
} from "../support/capture/pcap-writer.js";
import { readBytes } from "../support/capture/read-all.js";

const VARIANTS: readonly (readonly [name: string, options: PcapOptions])[] = [
  ["little endian, microseconds", { littleEndian: true }],
  ["big endian, microseconds", { littleEndian: false }],
  ["little endian, nanoseconds", { littleEndian: true, nanoseconds: true }],
  ["big endian, nanoseconds", { littleEndian: false, nanoseconds: true }],
  ["little endian, modified", { littleEndian: true, modified: true }],
  ["big endian, modified", { littleEndian: false, modified: true }],
];

describe("a pcap file", () => {
  it.each(VARIANTS)("%s: gives each packet with its time, bytes and frame number", async (_, options) => {
    const packets = numberedPackets(3);
    const { records, summary, fault } = await readBytes(pcapFile(packets, options));
    expect(fault).toBeNull();
    expect(records.map(({ time, bytes }) => ({ time, bytes }))).toEqual(packets);
    expect(records.map(({ frame }) => frame)).toEqual([1, 2, 3]);
    expect(summary).toMatchObject({
      format: "pcap",
      compressed: false,
      linkTypes: [1],
      packets: 3,
      bytes: 180,
      firstTime: NOON,
      lastTime: NOON + 2000,
      cutBySnapLength: 0,
      dropped: null,
      stepBack: null,
      notes: [],
    });
  });

  it("keeps the nanoseconds below a microsecond, and says that the clock has them", async () => {
    const packet = { time: NOON + 7, nanos: 89, bytes: new Uint8Array(1) };
    const { records, summary } = await readBytes(pcapFile([packet], { nanoseconds: true }));
    expect(records[0]).toMatchObject({ time: NOON + 7, nanos: 89 });
    expect(summary.nanosecondTimes).toBe(true);
  });

  it("reads times after 2038, when the seconds no longer fit a signed number", async () => {
    const time = 4_294_967_295_999_999;
    const { records } = await readBytes(pcapFile([{ time, bytes: new Uint8Array(1) }]));
    expect(records[0]?.time).toBe(time);
  });

  it("that holds nothing but its header has no packets, which is noted and no fault", async () => {
    const { records, summary, fault } = await readBytes(pcapHeader());
    expect(fault).toBeNull();
    expect(records).toEqual([]);
    expect(summary).toMatchObject({ packets: 0, firstTime: null, lastTime: null });
    expect(summary.notes).toMatchObject([{ kind: "empty-file", text: "the capture holds no packets" }]);
  });

  it("passes packets of an unknown link type on", async () => {
    const { records, summary } = await readBytes(pcapFile(numberedPackets(1), { network: 65_000 }));
    expect(records[0]?.linkType).toBe(65_000);
    expect(summary.linkTypes).toEqual([65_000]);
  });

  it("counts packets that the snap length cut, and keeps their length on the wire", async () => {
    const cut = { time: NOON, bytes: new Uint8Array(96), originalLength: 1400 };
    const { records, summary } = await readBytes(pcapFile([cut, ...numberedPackets(1)]));
    expect(records[0]?.originalLength).toBe(1400);
    expect(summary.cutBySnapLength).toBe(1);
  });

  it("takes the captured length for the original where that is smaller, as some tools write it", async () => {
    const packet = { time: NOON, bytes: new Uint8Array(60), originalLength: 0 };
    const { records, summary, fault } = await readBytes(pcapFile([packet]));
    expect(fault).toBeNull();
    expect(records[0]?.originalLength).toBe(60);
    expect(summary.cutBySnapLength).toBe(0);
  });

  describe("whose network field tells of a frame check sequence", () => {
    const network = 0x2400_0001; // present, two 16-bit words, Ethernet

    it("has it taken off", async () => {
      const { records } = await readBytes(pcapFile(numberedPackets(1, 64), { network }));
      expect(records[0]).toMatchObject({ linkType: 1, originalLength: 60 });
      expect(records[0]?.bytes).toHaveLength(60);
    });

    it("loses only what the snap length left of it", async () => {
      const packet = { time: NOON, bytes: new Uint8Array(62), originalLength: 64 };
      const { records } = await readBytes(pcapFile([packet], { network }));
      expect(records[0]?.originalLength).toBe(60);
      expect(records[0]?.bytes).toHaveLength(60);
    });

    it("keeps a frame shorter than it as it is", async () => {
      const { records } = await readBytes(pcapFile(numberedPackets(1, 3), { network }));
      expect(records[0]?.bytes).toHaveLength(3);
    });
  });

  it("takes a length in the upper bits for nothing where the mark for it is missing", async () => {
    const { records } = await readBytes(pcapFile(numberedPackets(1, 64), { network: 0x2000_0001 }));
    expect(records[0]).toMatchObject({ linkType: 1, originalLength: 64 });
  });

  it("whose times go back is passed on in its order, with one note of how often and how far", async () => {
    const times = [1_000_000, 5_000_000, 2_000_000, 3_000_000, 0];
    const packets = times.map((time) => ({ time: NOON + time, bytes: new Uint8Array(1) }));
    const { records, summary } = await readBytes(pcapFile(packets));
    expect(records.map(({ time }) => time - NOON)).toEqual(times);
    expect(summary).toMatchObject({ firstTime: NOON, lastTime: NOON + 5_000_000 });
    expect(summary.stepBack).toEqual({ by: 3_000_000, frame: 3, time: NOON + 2_000_000 });
    expect(summary.notes).toMatchObject([
      {
        kind: "time-goes-back",
        text: "the time goes back 2 times from one packet to the next, by 3.0 s at most (at frame 3)",
      },
    ]);
  });
});

describe("a pcap file that ends inside a record", () => {
  it("gives all before, and a note of where and how much is missing", async () => {
    const whole = pcapFile(numberedPackets(3));
    const { records, summary, fault } = await readBytes(whole.subarray(0, whole.length - 20));
    expect(fault).toBeNull();
    expect(records).toHaveLength(2);
    expect(summary.notes).toMatchObject([
      {
        kind: "cut-short",
        text: "the file ends inside a record: the one at byte 176 needs 76 bytes, 56 are there",
      },
    ]);
  });

  it("in its own header is no capture", async () => {
    const { records, fault } = await readBytes(pcapHeader().subarray(0, 20));
    expect(records).toEqual([]);
    expect(fault?.reason).toBe(
      "the file ends inside a file header: the one at byte 0 needs 24 bytes, 20 are there",
    );
  });
});

describe("a pcap file whose end is zeros", () => {
  const packets = pcapFile(numberedPackets(3));

  it.each([16, 17, 1000, 70_000])(
    "has no packets in %d of them, in whatever pieces they come",
    async (zeros) => {
      const { records, summary, fault } = await readBytes(
        concatenated([packets, new Uint8Array(zeros)]),
        [7, 100, 1000],
      );
      expect(fault).toBeNull();
      expect(records).toHaveLength(3);
      expect(summary).toMatchObject({ packets: 3, stepBack: null });
      expect(summary.notes).toMatchObject([
        {
          kind: "cut-short",
          text: `the file holds nothing but zeros from byte ${packets.length} on: its end was never written`,
        },
      ]);
    },
  );

  it("is damaged where something follows the zeros", async () => {
    const { records, fault } = await readBytes(
      concatenated([packets, new Uint8Array(400), Uint8Array.of(7)]),
    );
    expect(records).toHaveLength(3);
    expect(fault).toMatchObject({
      offset: packets.length,
      reason: `zeros up to byte ${packets.length + 400} stand where a record should`,
    });
  });
});

describe("a record length that lies", () => {
  const [first, second] = numberedPackets(2);
  if (first === undefined || second === undefined) throw new Error("two packets are needed");
  const lying = (captured: number, options: PcapOptions = {}): Uint8Array =>
    concatenated([
      pcapHeader(options),
      pcapRecord(first, options),
      pcapRecord(second, options, { captured }),
      new Uint8Array(5000),
    ]);

  it("is a fault with file, offset and both numbers, after the records before it", async () => {
    const { records, fault } = await readBytes(lying(262_145));
    expect(records.map(({ frame }) => frame)).toEqual([1]);
    expect(fault?.message).toBe(
      "memory: at byte 108: frame 2 says that it holds 262145 bytes; 262144 is the most that this file can have",
    );
    expect(fault).toMatchObject({ file: "memory", offset: 108 });
  });

  it("is measured by the usual snap length even where the file declares a smaller one", async () => {
    const { fault } = await readBytes(pcapFile(numberedPackets(1, 2000), { snapLength: 96 }));
    expect(fault).toBeNull();
  });

  it("is believed up to a larger declared snap length, but not beyond 16 MiB", async () => {
    const large = { time: NOON, bytes: new Uint8Array(300_000) };
    const read = await readBytes(pcapFile([large], { snapLength: 400_000 }), [65_536]);
    expect(read.records[0]?.bytes).toHaveLength(300_000);
    const { fault } = await readBytes(lying(16 * 1024 * 1024 + 1, { snapLength: 0xffff_ffff }));
    expect(fault?.reason).toContain("16777217 bytes; 16777216 is the most");
  });

  it("ends the reading once: the file then counts as ended", async () => {
    const { CaptureReader } = await import("../../src/capture/reader.js");
    const { MemoryBytes } = await import("../support/capture/memory-bytes.js");
    const bytes = new MemoryBytes(lying(0xffff_ffff), [200]);
    const source = new CaptureReader(bytes);
    await source.fill();
    expect(source.next()).toBe(true);
    expect(() => source.next()).toThrow("4294967295");
    expect(source.next()).toBe(false);
    expect(await source.fill()).toBe(false);
    // Nothing of the file was read beyond the chunk that holds the fault.
    expect(bytes.reads).toBe(1);
    expect(source.summaries()[0]).toMatchObject({ packets: 1, notes: [] });
  });
});
