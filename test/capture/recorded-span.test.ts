import { describe, expect, it } from "vitest";
import { ClockedSource } from "../../src/capture/clocked.js";
import { CaptureReader } from "../../src/capture/reader.js";
import { PcapngWriter as Writer } from "../../src/capture/pcapng-writer.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { NOON, numberedPackets } from "../support/capture/packets.js";
import { concatenated } from "../support/capture/pcap-writer.js";
import { PcapngWriter } from "../support/capture/pcapng-writer.js";
import { readAll, readBytes } from "../support/capture/read-all.js";

const SECOND = 1_000_000;
const FROM = NOON - 3 * SECOND;
const UNTIL = NOON + 20 * SECOND;
/** Of three packets, as dumpcap closes a file. */
const WHOLE = { start: FROM, end: UNTIL, received: 3, ifDrop: 0 };

function threePackets(resolution?: number, little = true): PcapngWriter {
  const writer = new PcapngWriter().section({ littleEndian: little });
  writer.interface(resolution === undefined ? {} : { resolution });
  for (const packet of numberedPackets(3)) writer.packet(packet);
  return writer;
}

describe("the statistics of an interface", () => {
  it.each([
    [6, true],
    [9, true],
    [9, false],
    [0x80 | 20, true],
  ])(
    "tell from when until when was captured (if_tsresol %i, little-endian: %j)",
    async (resolution, little) => {
      const { summary } = await readBytes(threePackets(resolution, little).statistics(WHOLE).build());
      expect(summary.recorded).toEqual({ from: FROM, until: UNTIL });
      expect(summary.notes).toMatchObject([
        {
          kind: "recorded-on",
          text: "the sniffer ran on for 20.0 s after the last packet (interface statistics)",
        },
      ]);
    },
  );

  it.each([
    ["say nothing of times", { received: 3 }],
    ["say nothing of packets", { start: FROM, end: UNTIL }],
    ["count more packets than the file has, as after a cut", { ...WHOLE, received: 40 }],
    ["count fewer", { ...WHOLE, received: 2 }],
    ["end before the last packet", { ...WHOLE, end: NOON }],
    ["begin after the first packet", { ...WHOLE, start: NOON + 1 }],
    ["are on another scale than the packets", { ...WHOLE, end: NOON * 1000 }],
  ])("are not believed if they %s", async (_what, statistics) => {
    const { summary } = await readBytes(threePackets().statistics(statistics).build());
    expect(summary.recorded).toBeNull();
    expect(summary.notes).toEqual([]);
  });

  it("may count the packets that were dropped, too", async () => {
    const { summary } = await readBytes(
      threePackets()
        .statistics({ ...WHOLE, received: 5, osDrop: 2 })
        .build(),
    );
    expect(summary).toMatchObject({ recorded: { from: FROM, until: UNTIL }, dropped: 2 });
  });

  it("of several interfaces tell the time in which all of them were captured", async () => {
    const writer = new PcapngWriter().section().interface().interface();
    for (const packet of numberedPackets(3)) writer.packet(packet, { interface: 1 });
    writer
      .statistics({ ...WHOLE, received: 0, start: FROM + 1 })
      .statistics({ ...WHOLE, interface: 1, end: UNTIL - 1 });
    expect((await readBytes(writer.build())).summary.recorded).toEqual({ from: FROM + 1, until: UNTIL - 1 });
  });

  it("of one interface of two tell nothing", async () => {
    const writer = new PcapngWriter().section().interface().interface();
    for (const packet of numberedPackets(3)) writer.packet(packet);
    expect((await readBytes(writer.statistics(WHOLE).build())).summary.recorded).toBeNull();
  });

  it("of two sections are those of the packets of both", async () => {
    const { summary } = await readBytes(
      concatenated([threePackets().statistics(WHOLE).build(), threePackets().statistics(WHOLE).build()]),
    );
    expect(summary.recorded).toEqual({ from: FROM, until: UNTIL });
  });

  it("that come again replace those before", async () => {
    const early = { ...WHOLE, end: NOON + SECOND, received: 1 };
    const { summary } = await readBytes(threePackets().statistics(early).statistics(WHOLE).build());
    expect(summary.recorded?.until).toBe(UNTIL);
  });

  it("are not known until the file has ended", async () => {
    const reader = new CaptureReader(new MemoryBytes(threePackets().statistics(WHOLE).build()));
    await reader.fill();
    while (reader.next());
    expect(reader.summaries()[0]?.recorded).toBeNull();
    await reader.fill();
    expect(reader.summaries()[0]?.recorded).toEqual({ from: FROM, until: UNTIL });
  });

  it("are moved with a clock that is wrong", async () => {
    const reader = new CaptureReader(new MemoryBytes(threePackets().statistics(WHOLE).build()));
    const { summary } = await readAll(new ClockedSource(reader, SECOND));
    expect(summary.recorded).toEqual({ from: FROM - SECOND, until: UNTIL - SECOND });
  });

  it.each([false, true])("are read as they were written (nanoseconds: %j)", async (nanoseconds) => {
    const writer = new Writer();
    const file = concatenated([
      writer.section("test", []),
      writer.interface({ linkType: 1, description: "any", nanoseconds }),
      ...numberedPackets(3).map(({ time, bytes }) =>
        writer.frame({ interface: 0, time, nanos: 0, bytes, originalLength: 60, direction: 0, comments: [] }),
      ),
      writer.statistics(0, null, UNTIL, { from: FROM, until: UNTIL, packets: 3 }),
    ]);
    expect((await readBytes(file)).summary).toMatchObject({
      recorded: { from: FROM, until: UNTIL },
      dropped: null,
    });
  });
});
