import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pattern } from "../support/packet/index.js";
import { cutAt, disordered, StreamBench, type Piece } from "../support/packet/tcp-segments.js";

const SECOND = 1_000_000;
const bytes = pattern(4000);
const from = (at: number, length: number, seed = 0): Piece => ({
  at,
  bytes: seed === 0 ? bytes.slice(at, at + length) : pattern(length, seed),
});

describe("a TCP stream", () => {
  it("hands segments in order on at once, without keeping them", () => {
    const bench = new StreamBench();
    bench.send(from(0, 100));
    bench.send(from(100, 50));
    expect(bench.collected.parts).toEqual([bytes.slice(0, 100), bytes.slice(100, 150)]);
    expect(bench.memory.bytes).toBe(0);
  });

  it("any cutting, disorder and repetition gives the bytes exactly once, in order", () => {
    const property = fc.property(
      fc.array(fc.nat(), { maxLength: 40 }),
      fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 20 }),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 900 })), { maxLength: 10 }),
      fc.nat({ max: 0xffffffff }),
      (cuts, shifts, repeats, first) => {
        const bench = new StreamBench({}, first);
        const again = repeats.map(([at, length]) => from(at % bytes.length, length));
        const pieces = [...cutAt(bytes, cuts), ...again];
        for (const piece of disordered(pieces, shifts, 12)) bench.send(piece);
        // Not by toEqual, which takes 30 times as long for so many bytes.
        expect(Buffer.compare(bench.collected.bytes, bytes)).toBe(0);
        expect(bench.collected.holes).toEqual([]);
        expect(bench.memory.bytes).toBe(0);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });

  it("goes on where sequence numbers wrap", () => {
    const bench = new StreamBench({}, 0xffffff00);
    for (const at of [0, 400, 200, 600]) bench.send(from(at, 200));
    expect(bench.collected.bytes).toEqual(bytes.slice(0, 800));
  });

  it("begins with the first segment where there was no SYN", () => {
    const bench = new StreamBench({}, 77, false);
    bench.send(from(500, 100));
    bench.send(from(400, 100));
    bench.send(from(600, 100));
    expect(bench.collected.bytes).toEqual(bytes.slice(500, 700));
  });

  it("of bytes that come twice with different content, the first ones count", () => {
    const bench = new StreamBench();
    bench.send(from(0, 100));
    bench.send(from(50, 100, 5));
    bench.send(from(200, 100, 6));
    bench.send(from(150, 200, 7));
    const expected = [
      ...bytes.slice(0, 100),
      ...pattern(100, 5).slice(50),
      ...pattern(200, 7).slice(0, 50),
      ...pattern(100, 6),
      ...pattern(200, 7).slice(150),
    ];
    expect(bench.collected.bytes).toEqual(Uint8Array.from(expected));
    expect(bench.memory.bytes).toBe(0);
  });

  it("tells which bytes the snap length cut, in order and out of order", () => {
    const bench = new StreamBench();
    bench.send({ at: 0, bytes: bytes.slice(0, 20), length: 100 });
    bench.send({ at: 200, bytes: bytes.slice(200, 220), length: 100 });
    bench.send(from(100, 100));
    expect(bench.collected.holes).toEqual([80, 80]);
    expect(bench.collected.bytes).toHaveLength(300);
    expect(bench.collected.bytes.slice(100, 220)).toEqual(bytes.slice(100, 220));
  });

  it("ignores segments without payload", () => {
    const bench = new StreamBench();
    bench.send(from(500, 0));
    expect(bench.collected.parts).toEqual([]);
    expect(bench.stream.waiting).toBe(0);
  });
});

describe("bytes that are missing are given up", () => {
  it("when too many segments wait", () => {
    const bench = new StreamBench({ segments: 4 });
    for (const at of [100, 200, 300, 400]) bench.send(from(at, 100));
    expect(bench.collected.parts).toEqual([]);
    bench.send(from(500, 100));
    expect(bench.collected.holes).toEqual([100]);
    expect(bench.collected.bytes.slice(100)).toEqual(bytes.slice(100, 600));
    bench.send(from(0, 100));
    expect(bench.collected.bytes).toHaveLength(600);
  });

  it("when too many bytes wait", () => {
    const bench = new StreamBench({ bytes: 3000 });
    bench.send(from(100, 1400));
    expect(bench.collected.parts).toEqual([]);
    bench.send(from(1600, 1400));
    expect(bench.collected.holes).toEqual([100]);
  });

  it("when they have waited too long, but not while the stream goes on", () => {
    const bench = new StreamBench({ timeout: 10 * SECOND });
    bench.send(from(100, 100), 0);
    bench.send(from(0, 50), 9 * SECOND);
    bench.send(from(300, 100), 18 * SECOND);
    expect(bench.collected.holes).toEqual([]);
    bench.send(from(500, 100), 20 * SECOND);
    expect(bench.collected.holes).toEqual([50]);
    bench.send(from(700, 100), 31 * SECOND);
    expect(bench.collected.holes).toEqual([50, 100]);
  });

  it("at the end", () => {
    const bench = new StreamBench();
    for (const at of [100, 300]) bench.send(from(at, 100));
    bench.stream.flush();
    expect(bench.collected.holes).toEqual([100, 100]);
    expect(bench.memory.bytes).toBe(0);
  });
});

describe("a stream that is corked", () => {
  it("keeps everything until it is uncorked", () => {
    const bench = new StreamBench();
    bench.stream.cork();
    for (const at of [100, 0, 300]) bench.send(from(at, 100));
    expect(bench.collected.parts).toEqual([]);
    bench.stream.uncork();
    expect(bench.collected.bytes).toEqual(bytes.slice(0, 200));
    bench.send(from(200, 100));
    expect(bench.collected.bytes).toEqual(bytes.slice(0, 400));
  });

  it("forgets what it kept", () => {
    const bench = new StreamBench();
    bench.stream.cork();
    bench.send(from(0, 100));
    bench.stream.discard();
    expect(bench.memory.bytes).toBe(0);
  });
});

describe("another stream with the same ports and no SYN", () => {
  it("is taken up after some segments from far behind", () => {
    const bench = new StreamBench({}, 0x80000000);
    bench.send(from(0, 100));
    for (let at = 0; at < 20; at++) bench.send({ at: at * 100 - 0x40000000, bytes: pattern(100) });
    expect(bench.collected.holes).toEqual([Infinity]);
    expect(bench.collected.parts.length).toBeGreaterThan(10);
  });

  it("a single segment from far behind is only old", () => {
    const bench = new StreamBench({}, 0x80000000);
    for (let at = 0; at < 20; at++) {
      bench.send(from(at * 100, 100));
      bench.send({ at: -0x40000000, bytes: pattern(100) });
    }
    expect(bench.collected.holes).toEqual([]);
    expect(bench.collected.bytes).toEqual(bytes.slice(0, 2000));
  });
});

it("random segments cost bounded memory and time", () => {
  const limits = { segments: 64, bytes: 64 * 1024 };
  const property = fc.property(
    fc.array(
      fc.record({
        at: fc.oneof(fc.nat({ max: 5000 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 })),
        size: fc.nat({ max: 1460 }),
        cut: fc.nat({ max: 3000 }),
        time: fc.nat({ max: 100 * SECOND }),
      }),
      { maxLength: 300 },
    ),
    (segments) => {
      const bench = new StreamBench(limits);
      let sent = 0;
      for (const { at, size, cut, time } of segments) {
        bench.send({ at, bytes: pattern(size), length: size + cut }, time);
        sent += size;
        expect(bench.stream.waiting).toBeLessThanOrEqual(64);
        expect(bench.memory.bytes).toBeLessThanOrEqual(limits.bytes);
      }
      bench.stream.flush();
      expect(bench.memory.bytes).toBe(0);
      const given = bench.collected.parts.reduce(
        (sum: number, part) => sum + (typeof part === "number" ? 0 : part.length),
        0,
      );
      expect(given).toBeLessThanOrEqual(sent);
    },
  );
  fc.assert(property, { numRuns: 200 });
});
