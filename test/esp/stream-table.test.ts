import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressBytes } from "../../src/bytes/address.js";
import { ENCAPSULATION, type EspStream, StreamTable } from "../../src/esp/stream-table.js";
import { NaiveStreams } from "../support/esp/naive-streams.js";

interface Packet {
  readonly source?: string;
  readonly destination?: string;
  readonly encapsulation?: number;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly spi?: number;
  readonly sequence: number;
  readonly length?: number;
  readonly time?: number;
  readonly frame?: number;
}

/** Counts a packet given by texts, as the intake does by positions in a frame. */
function count(table: StreamTable, packet: Packet): number {
  const source = addressBytes(packet.source ?? "192.0.2.1") ?? new Uint8Array(4);
  const destination = addressBytes(packet.destination ?? "198.51.100.2") ?? new Uint8Array(4);
  const frame = new Uint8Array(40);
  frame.set(source, 3);
  frame.set(destination, 20);
  return table.count(
    frame,
    3,
    20,
    source.length === 4 ? 4 : 6,
    packet.encapsulation ?? ENCAPSULATION.esp,
    packet.sourcePort ?? 0,
    packet.destinationPort ?? 0,
    packet.spi ?? 0xc0000001,
    packet.sequence,
    packet.length ?? 100,
    packet.time ?? 0,
    packet.frame ?? 1,
  );
}

function onlyStream(sequences: readonly number[]): EspStream {
  const table = new StreamTable();
  for (const sequence of sequences) count(table, { sequence });
  expect(table.size).toBe(1);
  return table.stream(0);
}

describe("accounting of one stream", () => {
  it.each([
    ["in order", [1, 2, 3, 4], { lost: 0, reordered: 0, duplicates: 0 }],
    ["with a hole", [1, 2, 5], { lost: 2, reordered: 0, duplicates: 0 }],
    ["with two swapped", [1, 3, 2, 4], { lost: 0, reordered: 1, duplicates: 0 }],
    ["with one twice", [1, 2, 2, 3], { lost: 0, reordered: 0, duplicates: 1 }],
    ["with one late and twice", [1, 3, 2, 2], { lost: 0, reordered: 1, duplicates: 1 }],
    ["beginning late in its life", [7000, 7001], { lost: 0, reordered: 0, duplicates: 0 }],
    ["whose first packet is overtaken", [7001, 7000], { lost: 0, reordered: 1, duplicates: 0 }],
    [
      "with the highest number there is",
      [2 ** 32 - 2, 2 ** 32 - 1],
      { lost: 0, reordered: 0, duplicates: 0 },
    ],
  ])("%s", (_name, sequences, expected) => {
    expect(onlyStream(sequences)).toMatchObject(expected);
  });

  it("is that of a naive model for any loss, disorder and duplication", () => {
    const steps = fc.array(fc.oneof({ weight: 6, arbitrary: fc.nat(90) }, fc.nat(5000)), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(fc.constantFrom(1, 2 ** 31 - 2500, 2 ** 32 - 5001), steps, (base, offsets) => {
        const sequences = offsets.map((offset) => base + offset);
        const naive = new NaiveStreams();
        for (const sequence of sequences) naive.count("one", sequence, 100);
        expect(onlyStream(sequences)).toMatchObject(naive.stream("one"));
      }),
      { numRuns: 500 },
    );
  });

  it("never takes late packets for loss below zero, nor for the first of the stream when too old", () => {
    expect(onlyStream([1000, 1, 2, 3])).toMatchObject({ lost: 0, firstSequence: 1000, packets: 4 });
  });

  it("keeps times and frames apart from the order of arrival, and the largest packet", () => {
    const table = new StreamTable();
    count(table, { sequence: 1, time: 500, frame: 10, length: 80 });
    count(table, { sequence: 2, time: 900, frame: 11, length: 1400 });
    count(table, { sequence: 3, time: 300, frame: 12, length: 60 });
    expect(table.stream(0)).toMatchObject({
      firstTime: 300,
      firstFrame: 12,
      lastTime: 900,
      lastFrame: 11,
      largest: 1400,
      bytes: 1540,
      packets: 3,
      lastSequence: 3,
    });
  });
});

describe("pauses and fragments of a stream", () => {
  it("keeps the longest time without a packet, and the packets around it", () => {
    const table = new StreamTable();
    for (const [index, time] of [100, 200, 900, 1000, 1400].entries()) {
      count(table, { sequence: index + 1, time, frame: 10 + index });
    }
    expect(table.stream(0)).toMatchObject({ gapFrom: 200, gapTo: 900, gapFromFrame: 11, gapToFrame: 12 });
  });

  it("finds none in one packet, nor where the time stands still or goes back", () => {
    const table = new StreamTable();
    count(table, { sequence: 1, time: 500, frame: 1 });
    count(table, { sequence: 2, time: 500, frame: 2 });
    count(table, { sequence: 3, time: 400, frame: 3 });
    expect(table.stream(0)).toMatchObject({ gapFrom: 0, gapTo: 0 });
  });

  it("counts packets in IP fragments, and keeps the first", () => {
    const table = new StreamTable();
    const stream = count(table, { sequence: 1, time: 100, frame: 1 });
    expect(table.stream(0)).toMatchObject({ fragmented: 0, firstFragmentedFrame: 0 });
    for (const frame of [2, 3]) {
      count(table, { sequence: frame, time: frame * 100, frame });
      table.countFragmented(stream, frame * 100, frame);
    }
    expect(table.stream(0)).toMatchObject({
      packets: 3,
      fragmented: 2,
      firstFragmentedTime: 200,
      firstFragmentedFrame: 2,
    });
  });

  it("passes over packets of streams that the table does not hold", () => {
    const table = new StreamTable(0);
    table.countFragmented(count(table, { sequence: 1 }), 1, 1);
    expect(table.size).toBe(0);
  });
});

describe("keys of streams", () => {
  const base: Packet = {
    sequence: 1,
    encapsulation: ENCAPSULATION.espInUdp,
    sourcePort: 4500,
    destinationPort: 4500,
  };
  it.each<[string, Partial<Packet>]>([
    ["destination", { destination: "198.51.100.3" }],
    ["source", { source: "192.0.2.2" }],
    ["source port", { sourcePort: 1025 }],
    ["destination port", { destinationPort: 1025 }],
    ["SPI", { spi: 0xc0000002 }],
    ["encapsulation", { encapsulation: ENCAPSULATION.esp }],
  ])("differ by %s", (_name, change) => {
    const table = new StreamTable();
    count(table, base);
    count(table, { ...base, ...change });
    expect(table.size).toBe(2);
    expect([...table.streams()].map(({ packets }) => packets)).toEqual([1, 1]);
  });

  it("of IPv6 are whole addresses, and never those of an IPv4 stream", () => {
    const table = new StreamTable();
    count(table, { sequence: 1, source: "2001:db8::1", destination: "2001:db8::2" });
    count(table, { sequence: 1, source: "2001:db8:1::1", destination: "2001:db8::2" });
    count(table, { sequence: 1, source: "2001:db8::1", destination: "2001:db8::3" });
    // The first words of this address are those of 192.0.2.1, the rest is zero.
    count(table, { sequence: 1, source: "c000:201::", destination: "c633:6402::" });
    count(table, { sequence: 1, source: "192.0.2.1", destination: "198.51.100.2" });
    expect([...table.streams()].map(({ source, destination }) => `${source} ${destination}`)).toEqual([
      "2001:db8::1 2001:db8::2",
      "2001:db8:1::1 2001:db8::2",
      "2001:db8::1 2001:db8::3",
      "c000:201:: c633:6402::",
      "192.0.2.1 198.51.100.2",
    ]);
  });
});

describe("many streams", () => {
  it("are those of a naive model while the table grows", () => {
    const table = new StreamTable();
    const naive = new NaiveStreams();
    for (let turn = 0; turn < 60_000; turn++) {
      const spi = 256 + ((turn * 7919) % 5000);
      const destination = turn % 3 === 0 ? "198.51.100.2" : "2001:db8::2";
      const sequence = 1 + ((turn * 31) % 97);
      const source = turn % 3 === 0 ? "192.0.2.1" : "2001:db8::1";
      count(table, { spi, source, destination, sequence, length: 50 + (turn % 900) });
      naive.count(`${destination} ${spi}`, sequence, 50 + (turn % 900));
    }
    const seen = [...table.streams()];
    expect(seen.length).toBe(naive.size);
    for (const stream of seen) {
      expect(stream).toMatchObject(naive.stream(`${stream.destination} ${stream.spi}`));
    }
  });

  it("beyond the limit are counted and not kept, and known ones go on", () => {
    const table = new StreamTable(1000);
    for (let spi = 1; spi <= 3000; spi++) count(table, { spi, sequence: 1 });
    expect(count(table, { spi: 3000, sequence: 2 })).toBe(-1);
    expect(count(table, { spi: 5, sequence: 2 })).toBe(4);
    expect(table).toMatchObject({ size: 1000, untracked: 2001, packets: 3002 });
    expect(table.stream(4).packets).toBe(2);
  });

  it("are found by their number, and no other number is", () => {
    const table = new StreamTable();
    count(table, { sequence: 1 });
    expect(() => table.stream(1)).toThrow(RangeError);
    expect(() => table.stream(-1)).toThrow(RangeError);
  });
});
