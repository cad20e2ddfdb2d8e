import { describe, expect, it } from "vitest";
import { DIRECTION } from "../../src/capture/source.js";
import { NOON, numberedPackets } from "../support/capture/packets.js";
import type { WrittenPacket } from "../support/capture/pcap-writer.js";
import { PcapngWriter, utf8, type WrittenOption } from "../support/capture/pcapng-writer.js";
import { readBytes } from "../support/capture/read-all.js";

const COMMENT = 1;
const FLAGS = 2;
const FILTER = 11;

const packet = (after = 0, length = 60): WrittenPacket => ({
  time: NOON + after,
  bytes: new Uint8Array(length),
});
/** A file that has got as far as its first interface. */
const begun = (): PcapngWriter => new PcapngWriter().section().interface();

describe("a pcapng file", () => {
  it.each([true, false])(
    "gives each packet with its time, bytes and frame number (little endian: %s)",
    async (littleEndian) => {
      const packets = numberedPackets(3, 61);
      const file = new PcapngWriter().section({ littleEndian }).interface();
      for (const each of packets) file.packet(each);
      const { records, summary, fault } = await readBytes(file.build());
      expect(fault).toBeNull();
      expect(records.map(({ time, bytes }) => ({ time, bytes }))).toEqual(packets);
      expect(records.map(({ frame }) => frame)).toEqual([1, 2, 3]);
      expect(summary).toMatchObject({ format: "pcapng", packets: 3, bytes: 183, linkTypes: [1], notes: [] });
    },
  );

  it("of several sections reads each in its own byte order and with its own interfaces", async () => {
    const file = new PcapngWriter();
    file.section({ littleEndian: true }).interface({ linkType: 1 }).interface({ linkType: 113 });
    file.packet(packet(1), { interface: 1 });
    file.section({ littleEndian: false }).interface({ linkType: 101, resolution: 9 });
    file.packet({ ...packet(2), nanos: 345 });
    const { records, summary } = await readBytes(file.build());
    expect(records.map(({ linkType, time, nanos }) => ({ linkType, time, nanos }))).toEqual([
      { linkType: 113, time: NOON + 1, nanos: 0 },
      { linkType: 101, time: NOON + 2, nanos: 345 },
    ]);
    expect(summary.linkTypes).toEqual([1, 113, 101]);
    expect(summary.nanosecondTimes).toBe(true);
  });

  it("adds an interface's time offset", async () => {
    const file = new PcapngWriter().section().interface({ offsetSeconds: -3600 }).packet(packet());
    const { records } = await readBytes(file.build());
    expect(records[0]?.time).toBe(NOON);
  });

  it("tells which way a packet went where its flags say so", async () => {
    const flags = (value: number): WrittenOption[] => [[FLAGS, Uint8Array.of(value, 0, 0, 0)]];
    const file = begun();
    for (const value of [0, 1, 2, 3, 0b1110]) file.packet(packet(), { options: flags(value) });
    file.packet(packet());
    const { records } = await readBytes(file.build());
    const { unknown, inbound, outbound } = DIRECTION;
    expect(records.map(({ direction }) => direction)).toEqual([
      unknown,
      inbound,
      outbound,
      unknown,
      outbound,
      unknown,
    ]);
  });

  it("sums the drops that the latest statistics of each interface report, over all sections", async () => {
    const file = new PcapngWriter().section().interface().interface().packet(packet());
    file.statistics({ interface: 0, ifDrop: 5 }).statistics({ interface: 1, ifDrop: 1, osDrop: 2 });
    file.statistics({ interface: 0, ifDrop: 7 });
    file.section({ littleEndian: false }).interface().statistics({ osDrop: 100 });
    const { summary } = await readBytes(file.build());
    expect(summary.dropped).toBe(110);
    expect(summary.notes).toMatchObject([
      { kind: "drops", text: "the capture itself says that 110 packets were dropped" },
    ]);
  });

  it("that reports no drops is told from one that does not say", async () => {
    const silent = await readBytes(begun().packet(packet()).statistics({ received: 9 }).build());
    const none = await readBytes(begun().packet(packet()).statistics({ received: 9, osDrop: 0 }).build());
    expect([silent.summary.dropped, none.summary.dropped]).toEqual([null, 0]);
    expect(none.summary.notes).toMatchObject([]);
  });

  it("names its capture filters", async () => {
    const filter = (text: string): WrittenOption[] => [[FILTER, utf8(`\0${text}`)]];
    const file = new PcapngWriter().section();
    file.interface({ options: filter("udp port 500 or udp port 4500") });
    file.interface({ options: filter("udp port 500 or udp port 4500") });
    file.interface({ options: [[FILTER, Uint8Array.of(1, 6, 0, 0, 0)]] });
    expect((await readBytes(file.packet(packet()).build())).summary.filters).toEqual([
      "udp port 500 or udp port 4500",
    ]);
  });

  it("passes comments on with what they are about", async () => {
    const comment = (text: string): WrittenOption[] => [[COMMENT, utf8(text)]];
    const file = new PcapngWriter().section({ options: comment("from the gateway\0") });
    file
      .interface({ options: comment("outside") })
      .packet(packet())
      .packet(packet(), { options: comment("hier ↯") });
    expect((await readBytes(file.build())).summary.notes).toMatchObject([
      { kind: "comment", text: "capture: from the gateway" },
      { kind: "comment", text: "interface 0: outside" },
      { kind: "comment", text: "frame 2: hier ↯" },
    ]);
  });

  it("passes few and short comments on, however many and long they are", async () => {
    const file = begun();
    for (let index = 0; index < 25; index++) {
      file.packet(packet(), { options: [[COMMENT, utf8("x".repeat(2000))]] });
    }
    const { notes } = (await readBytes(file.build())).summary;
    expect(notes).toHaveLength(21);
    expect(notes[0]?.text).toBe(`frame 1: ${"x".repeat(300)}…`);
    expect(notes[20]?.text).toBe("5 further comments not shown");
  });

  it("ignores options that run out of their block, and keeps those before", async () => {
    const runaway = Uint8Array.of(COMMENT, 0, 0xff, 0xff);
    const file = begun();
    const flags = file.options([[FLAGS, Uint8Array.of(1, 0, 0, 0)]]).subarray(0, 8);
    const fields = [file.u32(0), file.u64(0n), file.u32(0), file.u32(0)];
    const { records, summary, fault } = await readBytes(file.block(6, ...fields, flags, runaway).build());
    expect(fault).toBeNull();
    expect(records[0]?.direction).toBe(DIRECTION.inbound);
    expect(summary.notes).toMatchObject([]);
  });
});

describe("packets of other blocks", () => {
  it("simple ones come with the time of the packet before, cut by the interface's snap length; noted once", async () => {
    const file = new PcapngWriter().section().interface({ snapLength: 40 }).packet(packet(5, 40));
    file.simplePacket({ time: 0, bytes: new Uint8Array(40), originalLength: 1400 });
    file.simplePacket({ time: 0, bytes: new Uint8Array(21) });
    const { records, summary } = await readBytes(file.build());
    expect(
      records.map(({ time, originalLength, bytes }) => [time - NOON, originalLength, bytes.length]),
    ).toEqual([
      [5, 40, 40],
      [5, 1400, 40],
      [5, 21, 21],
    ]);
    expect(summary.notes).toMatchObject([
      {
        kind: "no-timestamps",
        text: "2 packets without a time (each is given the time of the packet before)",
      },
    ]);
  });

  it("obsolete ones are read like enhanced ones", async () => {
    const file = new PcapngWriter().section({ littleEndian: false }).interface().interface({ linkType: 113 });
    file.obsoletePacket(packet(9, 33), { interface: 1, options: [[FLAGS, Uint8Array.of(0, 0, 0, 2)]] });
    const { records } = await readBytes(file.build());
    expect(records[0]).toMatchObject({
      time: NOON + 9,
      linkType: 113,
      direction: DIRECTION.outbound,
      frame: 1,
    });
    expect(records[0]?.bytes).toHaveLength(33);
  });
});

describe("blocks that hold no packets", () => {
  const NAME_RESOLUTION = 4;
  const DECRYPTION_SECRETS = 10;
  const JOURNAL = 9;
  const CUSTOM = 0xbad;
  const CUSTOM_NOT_COPIED = 0x40000bad;

  it("are skipped: names and secrets without a word", async () => {
    const file = begun();
    file
      .block(NAME_RESOLUTION, file.u32(0))
      .block(DECRYPTION_SECRETS, file.u32(1), file.u32(0))
      .packet(packet());
    const { records, summary } = await readBytes(file.build());
    expect(records.map(({ frame }) => frame)).toEqual([1]);
    expect(summary.notes).toMatchObject([]);
  });

  it("count as frames where Wireshark counts them: custom blocks and journal entries", async () => {
    const file = begun().packet(packet());
    file.block(CUSTOM, file.u32(32_473)).block(CUSTOM_NOT_COPIED, file.u32(32_473)).packet(packet());
    file.block(JOURNAL, utf8("MESSAGE=hi \n")).packet(packet());
    const { records, summary } = await readBytes(file.build());
    expect(records.map(({ frame }) => frame)).toEqual([1, 4, 6]);
    expect(summary.packets).toBe(3);
  });

  it("of an unknown type are noted once", async () => {
    const file = begun().packet(packet());
    file.block(0x77).block(0x80000001, new Uint8Array(400)).packet(packet());
    const { records, summary } = await readBytes(file.build());
    expect(records.map(({ frame }) => frame)).toEqual([1, 2]);
    expect(summary.notes).toMatchObject([
      {
        kind: "unknown-block",
        text: "2 blocks of a type not known here skipped (the first of type 0x00000077)",
      },
    ]);
  });
});
