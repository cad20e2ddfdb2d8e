import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressBytes } from "../../src/bytes/address.js";
import { ENCAPSULATION, type EspStream, REPLAY_WINDOWS } from "../../src/esp/stream.js";
import { StreamTable } from "../../src/esp/stream-table.js";
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
  readonly ttl?: number;
  readonly trafficClass?: number;
}

/** Counts a packet given by texts, as the intake does by positions in a frame. */
function count(table: StreamTable, packet: Packet): number {
  const source = addressBytes(packet.source ?? "192.0.2.1") ?? new Uint8Array(4);
  const destination = addressBytes(packet.destination ?? "198.51.100.2") ?? new Uint8Array(4);
  const frame = new Uint8Array(40);
  frame.set(source, 3);
  frame.set(destination, 20);
  new DataView(frame.buffer).setUint32(36, packet.spi ?? 0xc0000001);
  const { packet: taken } = table;
  if (source.length === 4) taken.ipv4(frame, 3, 20);
  else taken.ipv6(frame, 3, 20);
  taken.stream(
    packet.encapsulation ?? ENCAPSULATION.esp,
    packet.sourcePort ?? 0,
    packet.destinationPort ?? 0,
    frame,
    36,
  );
  taken.sequence = packet.sequence;
  taken.length = packet.length ?? 100;
  taken.outer = ((packet.trafficClass ?? 0) << 8) | (packet.ttl ?? 64);
  taken.time = packet.time ?? 0;
  taken.frame = packet.frame ?? 1;
  return table.count();
}

/** The stream of a table that has but one. */
function only(table: StreamTable): EspStream {
  const [stream, ...others] = table.streams();
  if (stream === undefined || others.length > 0) throw new RangeError("not one stream");
  return stream;
}

/** Of packets 0.1 s apart, unless told otherwise. */
function onlyStream(sequences: readonly number[], apart = 100_000): EspStream {
  const table = new StreamTable();
  for (const [index, sequence] of sequences.entries()) count(table, { sequence, time: index * apart });
  return only(table);
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
    // What lies between them may have come before the capture.
    [
      "whose first packets have overtaken others",
      [7092, 7049, 7093, 7053, 7095],
      { firstSequence: 7049, lost: 1, reordered: 2, duplicates: 0 },
    ],
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
        const stream = onlyStream(sequences);
        expect({ ...naive.stream("one"), ...pick(stream) }).toEqual(naive.stream("one"));
      }),
      { numRuns: 500 },
    );
  });

  it("never takes late packets for loss below zero, nor for the first of the stream when too old", () => {
    expect(onlyStream([10_000, 101, 102, 103])).toMatchObject({
      lost: 0,
      firstSequence: 10_000,
      packets: 4,
      order: { tooOld: 3 },
    });
  });

  it("keeps times and frames apart from the order of arrival, and the largest packet", () => {
    const table = new StreamTable();
    count(table, { sequence: 1, time: 500, frame: 10, length: 80 });
    count(table, { sequence: 2, time: 900, frame: 11, length: 1400 });
    count(table, { sequence: 3, time: 300, frame: 12, length: 60 });
    expect(only(table)).toMatchObject({
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
    expect(only(table)).toMatchObject({ gapFrom: 200, gapTo: 900, gapFromFrame: 11, gapToFrame: 12 });
  });

  it("finds none in one packet, nor where the time stands still or goes back", () => {
    const table = new StreamTable();
    count(table, { sequence: 1, time: 500, frame: 1 });
    count(table, { sequence: 2, time: 500, frame: 2 });
    count(table, { sequence: 3, time: 400, frame: 3 });
    expect(only(table)).toMatchObject({ gapFrom: 0, gapTo: 0 });
  });

  it("counts packets in IP fragments, and keeps the first", () => {
    const table = new StreamTable();
    const record = count(table, { sequence: 1, time: 100, frame: 1 });
    expect(only(table)).toMatchObject({ fragmented: 0, firstFragmentedFrame: 0 });
    for (const frame of [2, 3]) {
      count(table, { sequence: frame, time: frame * 100, frame });
      table.countFragmented(record);
    }
    expect(only(table)).toMatchObject({
      packets: 3,
      fragmented: 2,
      firstFragmentedTime: 200,
      firstFragmentedFrame: 2,
    });
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
    const seen = table.streams();
    expect(seen.length).toBe(naive.size);
    for (const stream of seen) {
      const expected = naive.stream(`${stream.destination} ${stream.spi}`);
      expect({ ...expected, ...pick(stream) }).toEqual(expected);
    }
  });

  it("beyond the limit push out those with few packets that were least recently used, and say so", () => {
    const table = new StreamTable(1000);
    for (let packet = 1; packet <= 20; packet++) count(table, { spi: 1, sequence: packet, time: packet });
    for (let spi = 2; spi <= 3000; spi++) count(table, { spi, sequence: 1, time: 100 + spi });
    const spis = table.streams().map(({ spi }) => spi);
    expect(spis).toContain(1);
    expect(spis.slice(-700)).toEqual(Array.from({ length: 700 }, (_, index) => 2301 + index));
    expect(table.size).toBeLessThanOrEqual(1000);
    expect(table.evictedStreams).toBe(3000 - table.size);
    expect(table.evictedPackets).toBe(table.evictedStreams);
    expect(count(table, { spi: 3000, sequence: 2, time: 9000 })).toBeGreaterThanOrEqual(0);
    expect(table.streams().find(({ spi }) => spi === 3000)?.packets).toBe(2);
  });

  it("that all carry traffic give up the ones that were silent longest", () => {
    const table = new StreamTable(64);
    for (let spi = 1; spi <= 65; spi++) {
      for (let sequence = 1; sequence <= 10; sequence++) count(table, { spi, sequence, time: spi });
    }
    const spis = table.streams().map(({ spi }) => spi);
    expect(spis).not.toContain(1);
    expect(spis).toContain(65);
  });
});

describe("order of sequence numbers", () => {
  const run = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);

  it("of one packet that comes 100 late: windows of 32 and 64 would drop it, 128 would not", () => {
    const { order, lost } = onlyStream([...run(1, 9), ...run(11, 110), 10, 111]);
    expect(lost).toBe(0);
    expect(order).toMatchObject({ deepest: 100, gaps: 1, largestGap: 1, replayDrops: [1, 1, 0, 0, 0, 0] });
  });

  it("is what a receiver with each window would see", () => {
    const arrivals = fc.array(fc.nat(9000), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(arrivals, (steps) => {
        const sequences = steps.map((step) => 1000 + step);
        const seen = new Set<number>();
        let highest = 0;
        const drops = REPLAY_WINDOWS.map(() => 0);
        for (const sequence of sequences) {
          if (highest - sequence >= 4096 || (sequence < highest && !seen.has(sequence))) {
            for (const [at, window] of REPLAY_WINDOWS.entries()) {
              if (highest - sequence >= window) drops[at] = (drops[at] ?? 0) + 1;
            }
          }
          highest = Math.max(highest, sequence);
          seen.add(sequence);
        }
        expect(onlyStream(sequences).order.replayDrops).toEqual(drops);
      }),
      { numRuns: 300 },
    );
  });

  it("that begins anew is a restart, neither loss nor disorder nor duplicates", () => {
    const stream = onlyStream([...run(1, 300), ...run(1, 50)]);
    expect(stream).toMatchObject({
      lost: 0,
      reordered: 0,
      duplicates: 0,
      firstSequence: 1,
      highestSequence: 50,
    });
    expect(stream.order).toMatchObject({ restarts: 1, restartedFrom: 300, tooOld: 0, deepest: 0 });
    expect(onlyStream([...run(9000, 9300), ...run(2, 50)])).toMatchObject({
      lost: 0,
      reordered: 0,
      firstSequence: 9000,
      order: { restarts: 1, restartedFrom: 9300, tooOld: 0 },
    });
  });

  it("that begins anew soon after the setup is a restart too, with the very first number", () => {
    const stream = onlyStream([...run(1, 12), ...run(1, 12)]);
    expect(stream).toMatchObject({ packets: 24, lost: 0, reordered: 0, duplicates: 0, highestSequence: 12 });
    expect(stream.order).toMatchObject({ restarts: 1, restartedFrom: 12, tooOld: 0, deepest: 0 });
    for (const numbers of [
      [...run(1, 6), ...run(1, 6)],
      [...run(1, 12), 1, ...run(13, 20)],
      [...run(2, 12), ...run(1, 5)],
      [...run(1, 12), ...run(2, 12)],
    ]) {
      expect(onlyStream(numbers).order.restarts, numbers.join(" ")).toBe(0);
    }
    expect(onlyStream([...run(1, 12), ...run(1, 12)], 10).order.restarts).toBe(0);
  });

  it("of one early packet twice is no restart, nor are copies with the times of the originals", () => {
    expect(onlyStream([...run(1, 300), 1, ...run(301, 310)])).toMatchObject({
      duplicates: 1,
      order: { restarts: 0 },
    });
    const table = new StreamTable();
    for (const sequence of [...run(1, 300), ...run(1, 300)]) count(table, { sequence, time: sequence });
    expect(only(table)).toMatchObject({ duplicates: 300, order: { restarts: 0 } });
  });

  it("at once is no restart: a mirror port copies late what came in a burst", () => {
    const stream = onlyStream([...run(1, 300), ...run(1, 50), 301, ...run(51, 60), 302], 10);
    expect(stream).toMatchObject({ lost: 0, duplicates: 60, order: { restarts: 0 } });
  });

  it("is not what a sniffer's queues make of it, which write packets late with their true times", () => {
    const table = new StreamTable();
    for (const sequence of [1, 2, 5, 6, 3, 7, 4, 8]) count(table, { sequence, time: sequence * 100 });
    expect(only(table)).toMatchObject({ lost: 0, reordered: 0, duplicates: 0, order: { deepest: 0 } });
    count(table, { sequence: 10, time: 1000 });
    count(table, { sequence: 9, time: 1001 });
    expect(only(table)).toMatchObject({ lost: 0, reordered: 1, order: { deepest: 1 } });
  });

  it("over 2^32 goes on: extended sequence numbers", () => {
    const stream = onlyStream([...run(2 ** 32 - 5, 2 ** 32 - 1), 0, 2, 1, 2 ** 32 - 6, ...run(3, 5000)]);
    expect(stream).toMatchObject({ reordered: 2, duplicates: 0, highestSequence: 5000 });
    expect(stream.order).toMatchObject({ wraps: 1, restarts: 0, tooOld: 0 });
  });

  it("is told of any number of streams with holes at once", () => {
    const table = new StreamTable();
    for (let spi = 1; spi <= 8300; spi++) for (const sequence of [1, 3, 2]) count(table, { spi, sequence });
    const streams = table.streams();
    expect(streams.every(({ reordered, lost }) => reordered === 1 && lost === 0)).toBe(true);
  });
});

describe("what else is counted", () => {
  it("sizes: their distribution, residues, and the last large ones", () => {
    const table = new StreamTable();
    for (const [index, length] of [100, 116, 1000, 1010, 84].entries()) {
      count(table, { sequence: index + 1, length, time: index * 200_000, frame: index + 1 });
    }
    const { sizes } = only(table);
    expect([sizes.smallest, sizes.largest]).toEqual([84, 1010]);
    expect([...sizes.packets.entries()].filter(([, packets]) => packets > 0)).toEqual([
      [1, 3],
      [15, 2],
    ]);
    expect(sizes.residues).toBe((1 << 4) | (1 << 8) | (1 << 2));
    expect(sizes.lastLarge).toEqual([
      { bytes: 1000, time: 400_000, frame: 3, followedAfter: null },
      { bytes: 1010, time: 600_000, frame: 4, followedAfter: null },
    ]);
  });

  it("when the peer's next packet comes behind a large packet, if no other of its own comes before", () => {
    const table = new StreamTable();
    const [there, back] = [
      { source: "192.0.2.1", destination: "192.0.2.2" },
      { source: "192.0.2.2", destination: "192.0.2.1" },
    ];
    const ask = (sequence: number, time: number, length = 1400) =>
      count(table, { ...there, sequence, length, time, frame: sequence });
    const answer = (sequence: number, time: number) =>
      count(table, { ...back, spi: 2, sequence, length: 100, time, frame: 100 + sequence });
    ask(1, 0);
    answer(1, 30_500);
    ask(2, 1_000_000);
    ask(3, 1_010_000, 100);
    answer(2, 1_040_000);
    ask(4, 2_000_000);
    answer(3, 8_000_000);
    ask(5, 9_000_000);
    ask(5, 9_000_010);
    answer(4, 9_030_000);
    const large = table.streams().flatMap(({ sizes, spi }) => (spi === 2 ? [] : sizes.lastLarge));
    expect(large.map(({ followedAfter }) => followedAfter)).toEqual([30_000, null, null, 30_000]);
  });

  it("large packets, the last 14 of them that are 0.1 s apart, in order", () => {
    const table = new StreamTable();
    for (let sequence = 1; sequence <= 40; sequence++) {
      count(table, { sequence, length: 1400, frame: sequence, time: sequence * 50_000 });
    }
    expect(only(table).sizes.lastLarge.map(({ frame }) => frame)).toEqual([
      13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35, 37, 39,
    ]);
    expect(only(table).sizes.largeApart).toBe(20);
  });

  it("traffic classes and TTLs", () => {
    const table = new StreamTable();
    count(table, { sequence: 1, ttl: 61 });
    count(table, { sequence: 2, ttl: 63, trafficClass: 46 << 2 });
    count(table, { sequence: 3, ttl: 62, trafficClass: (46 << 2) | 1 });
    expect(only(table).outer).toEqual({ lowestTtl: 61, highestTtl: 63, dscps: [0, 46] });
  });

  it("the rate, in bins that widen with the capture and that all streams share", () => {
    const table = new StreamTable();
    for (let second = 0; second < 100; second++) {
      count(table, { sequence: second + 1, time: second * 1_000_000 });
      if (second >= 50) count(table, { spi: 2, sequence: second, time: second * 1_000_000 });
    }
    const [one, other] = table.streams().map(({ rate }) => rate);
    expect(one?.binWidth).toBe(5_120_000);
    expect(one?.packets.reduce((sum, packets) => sum + packets)).toBe(100);
    expect(one?.packets.findLastIndex((packets) => packets > 0)).toBe(Math.floor(99 / 5.12));
    expect(other?.packets.findIndex((packets) => packets > 0)).toBe(Math.floor(50 / 5.12));
  });

  it("turns: whose packet followed whose, and how large the answered ones were", () => {
    const table = new StreamTable();
    const back = { source: "198.51.100.2", destination: "192.0.2.1" };
    count(table, { spi: 1, sequence: 1, length: 100, time: 0 });
    count(table, { ...back, spi: 2, sequence: 1, time: 1000 });
    count(table, { spi: 1, sequence: 2, length: 1400, time: 2000 });
    count(table, { spi: 1, sequence: 3, length: 120, time: 3000 });
    count(table, { ...back, spi: 3, sequence: 1, time: 4000, frame: 9 });
    count(table, { spi: 1, sequence: 4, length: 900, time: 5000 });
    count(table, { ...back, spi: 3, sequence: 2, time: 9_000_000 });
    const [out, second, third] = table.streams();
    expect(out?.sizes.largestAnswered).toBe(120);
    expect([...(out?.sizes.answered ?? [])].reduce((sum, packets) => sum + packets)).toBe(2);
    expect(out?.answers.map(({ spi, turns }) => [spi, turns])).toEqual([
      [2, 1],
      [3, 1],
    ]);
    expect(second?.answers).toMatchObject([{ spi: 1, turns: 1 }]);
    expect(third?.answers).toEqual([
      { spi: 1, encapsulation: "esp", turns: 1, firstTime: 4000, lastTime: 4000, lastFrame: 9 },
    ]);
  });
});

function pick(stream: EspStream): Record<string, number> {
  const { packets, bytes, firstSequence, lastSequence, highestSequence, lost, reordered, duplicates } =
    stream;
  const { restarts } = stream.order;
  return {
    packets,
    bytes,
    firstSequence,
    lastSequence,
    highestSequence,
    lost,
    reordered,
    duplicates,
    restarts,
  };
}
