import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex } from "../../src/bytes/hex.js";
import { RecordReader } from "../../src/ike/tcp-encapsulation.js";
import type { RecordSink, TcpRecord } from "../../src/ike/tcp-record.js";
import { looksLikeRecords } from "../../src/ike/tcp-resync.js";
import { UDP_PAYLOAD } from "../../src/ike/udp.js";
import { concat, filler, u32 } from "../support/ike/bytes.js";
import { ikeRecord, KEEPALIVE_RECORD, prefixed, record } from "../support/ike/records.js";
import { SAMPLES } from "../support/ike/samples.js";

const esp = (spi: number, sequence: number, size = 90): Uint8Array =>
  concat(u32(spi), u32(sequence), filler(size, sequence));
const init = SAMPLES["IKE_SA_INIT request"] as Uint8Array;
const auth = SAMPLES["IKE_AUTH"] as Uint8Array;

interface Read {
  readonly kind: number;
  readonly hex: string;
  readonly length: number;
  readonly frames: readonly number[];
  readonly missing: string | null;
}

/** A reader, and all that it tells. */
class Bench implements RecordSink {
  readonly records: Read[] = [];
  readonly notes: string[] = [];
  readonly reader: RecordReader;
  #frame = 0;

  constructor(mode: "prefix" | "records" | "lost" = "prefix", lax = false) {
    this.reader = new RecordReader(this, mode, lax);
  }

  hole(length: number): void {
    this.reader.hole(length);
  }

  /** One segment; `cut`: bytes at its end that the snap length took. */
  feed(bytes: Uint8Array, cut = 0): this {
    const kept = bytes.length - cut;
    this.reader.data(concat(filler(5), bytes, filler(5)), 5, 5 + kept, bytes.length, ++this.#frame, 0, 0);
    return this;
  }

  record({ kind, bytes, start, end, length, frames, missing }: TcpRecord): void {
    this.records.push({ kind, hex: toHex(bytes, start, end), length, frames: [...frames], missing });
  }

  recognised(): void {
    this.notes.push("recognised");
  }

  unrecognised(certain: boolean): void {
    this.notes.push(certain ? "foreign" : "unrecognised");
  }

  broken({ offset, detail }: { offset: number; detail?: string }): void {
    this.notes.push(`broken at ${offset}: ${detail ?? ""}`);
  }
}

const whole = (kind: number, body: Uint8Array, ...frames: number[]): Read => ({
  kind,
  hex: toHex(body),
  length: body.length,
  frames,
  missing: null,
});

describe("records of RFC 9329 section 3", () => {
  it("are IKE behind the non-ESP marker, ESP, or a keepalive", () => {
    const bench = new Bench();
    bench.feed(prefixed(ikeRecord(init), record(esp(0xc0ffee, 1)), KEEPALIVE_RECORD, ikeRecord(auth)));
    expect(bench.records).toEqual([
      whole(UDP_PAYLOAD.ikeWithMarker, init, 1),
      whole(UDP_PAYLOAD.esp, esp(0xc0ffee, 1), 1),
      whole(UDP_PAYLOAD.keepalive, Uint8Array.of(0xff), 1),
      whole(UDP_PAYLOAD.ikeWithMarker, auth, 1),
    ]);
    expect(bench.notes).toEqual(["recognised"]);
  });

  it("are the same however the stream is cut, and name the frames that carried them", () => {
    const parts = [
      ikeRecord(init),
      record(esp(0xc0ffee, 1)),
      KEEPALIVE_RECORD,
      ikeRecord(auth),
      record(esp(7777, 2, 1400)),
    ];
    const stream = prefixed(...parts);
    const property = fc.property(
      fc.array(fc.nat({ max: stream.length - 1 }), { maxLength: 60 }),
      (places) => {
        const ends = [...new Set([...places.filter((place) => place > 0), stream.length])].toSorted(
          (a, b) => a - b,
        );
        const bench = new Bench();
        ends.forEach((end, index) => bench.feed(stream.slice(ends[index - 1] ?? 0, end)));
        expect(bench.notes).toEqual(["recognised"]);
        expect(bench.records.map(({ kind, length, missing }) => ({ kind, length, missing }))).toEqual([
          { kind: UDP_PAYLOAD.ikeWithMarker, length: init.length, missing: null },
          { kind: UDP_PAYLOAD.esp, length: 98, missing: null },
          { kind: UDP_PAYLOAD.keepalive, length: 1, missing: null },
          { kind: UDP_PAYLOAD.ikeWithMarker, length: auth.length, missing: null },
          { kind: UDP_PAYLOAD.esp, length: 1408, missing: null },
        ]);
        expect(bench.records[0]?.hex).toBe(toHex(init));
        expect(bench.records[3]?.hex).toBe(toHex(auth));
        expect(bench.records[4]?.hex.startsWith("00001e6100000002")).toBe(true);
        let begin = 6;
        for (const [index, part] of parts.entries()) {
          const end = begin + part.length;
          const carriers = ends.flatMap((segmentEnd, frame) =>
            segmentEnd > begin && (ends[frame - 1] ?? 0) < end ? [frame + 1] : [],
          );
          expect(bench.records[index]?.frames).toEqual(carriers);
          begin = end;
        }
      },
    );
    fc.assert(property, { numRuns: 400 });
  });

  it("of ESP in many segments only the head is kept", () => {
    const bench = new Bench("records");
    const stream = record(esp(0xabcdef, 1, 60_000));
    for (let at = 0; at < stream.length; at += 1000) bench.feed(stream.slice(at, at + 1000));
    expect(bench.records).toMatchObject([{ kind: UDP_PAYLOAD.esp, length: 60_008 }]);
    expect(bench.reader.kept).toBeLessThan(100);
  });

  it("a large IKE message leaves no memory behind", () => {
    const bench = new Bench("records");
    const stream = ikeRecord(concat(auth, filler(40_000)));
    for (let at = 0; at < stream.length; at += 1400) bench.feed(stream.slice(at, at + 1400));
    expect(bench.records[0]?.length).toBe(auth.length + 40_000);
    expect(bench.reader.kept).toBe(0);
  });

  it("too short for anything are malformed, and the next one is read", () => {
    const bench = new Bench("records");
    bench.feed(concat(record(new Uint8Array(0)), record(filler(5)), record(u32(0)), ikeRecord(init)));
    expect(bench.records.map(({ kind }) => kind)).toEqual([
      UDP_PAYLOAD.malformed,
      UDP_PAYLOAD.malformed,
      UDP_PAYLOAD.malformed,
      UDP_PAYLOAD.ikeWithMarker,
    ]);
  });

  it.each([0, 1])("a length of %d ends the stream, and its place is told", (length) => {
    const stream = prefixed(ikeRecord(init), record(filler(40), length), ikeRecord(auth));
    const at = 6 + init.length + 6;
    for (const cut of [stream.length, at, at + 1, at + 2, 1]) {
      const bench = new Bench();
      for (let from = 0; from < stream.length; from += cut) bench.feed(stream.slice(from, from + cut));
      bench.reader.finish();
      expect(bench.records).toHaveLength(1);
      expect(bench.notes[1]).toContain(`broken at ${at}: ${length} is less`);
    }
  });
});

describe("the stream prefix (RFC 9329 section 4)", () => {
  it.each([
    ["TLS", Uint8Array.of(0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc)],
    ["a wrong letter at its end", concat(Uint8Array.of(0x49, 0x4b, 0x45, 0x54, 0x43, 0x51), ikeRecord(init))],
    ["records without it", ikeRecord(init)],
  ])("is missed with %s", (_, stream) => {
    const bench = new Bench();
    bench.feed(stream);
    bench.feed(ikeRecord(init));
    expect(bench.notes).toEqual(["foreign"]);
    expect(bench.records).toEqual([]);
  });

  it("is not asked for where records stand, if the port allows it", () => {
    const bench = new Bench("prefix", true);
    bench.feed(concat(ikeRecord(init), record(esp(9999, 1))));
    expect(bench.records).toHaveLength(2);
    const other = new Bench("prefix", true);
    other.feed(Uint8Array.of(0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc));
    expect(other.notes).toEqual(["foreign"]);
  });

  it("may be missing from the capture where the port is telling", () => {
    const lax = new Bench("prefix", true);
    lax.hole(6);
    lax.feed(ikeRecord(init));
    expect(lax.records).toHaveLength(1);
    const strict = new Bench("prefix", false);
    strict.hole(6);
    strict.feed(ikeRecord(init));
    expect(strict.notes).toEqual(["foreign"]);
  });
});

describe("bytes that are missing", () => {
  it("within one record harm only that one", () => {
    const stream = concat(record(esp(5000, 1, 500)), ikeRecord(init), record(esp(5000, 2)));
    const bench = new Bench("records");
    bench.feed(stream.slice(0, 100));
    bench.hole(300);
    bench.feed(stream.slice(400, 600));
    bench.hole(20);
    bench.feed(stream.slice(620));
    expect(bench.records).toMatchObject([
      { kind: UDP_PAYLOAD.esp, length: 508, missing: "lost" },
      { kind: UDP_PAYLOAD.ikeWithMarker, length: init.length, missing: "lost" },
      { kind: UDP_PAYLOAD.esp, length: 98, missing: null },
    ]);
    expect(toHex(init).startsWith(bench.records[1]?.hex ?? "?")).toBe(true);
  });

  it("that the snap length cut do not break the framing", () => {
    const bench = new Bench("records");
    bench.feed(record(esp(5000, 1, 500)), 400);
    bench.feed(ikeRecord(init), 100);
    bench.feed(record(esp(5000, 2)));
    expect(bench.records).toMatchObject([
      { kind: UDP_PAYLOAD.esp, length: 508, missing: "cut" },
      { kind: UDP_PAYLOAD.ikeWithMarker, missing: "cut" },
      { kind: UDP_PAYLOAD.esp, length: 98, missing: null },
    ]);
  });

  it("beyond one record: the next one is looked for where segments begin", () => {
    const bench = new Bench("records");
    bench.feed(ikeRecord(init).slice(0, 60));
    bench.hole(2000);
    bench.feed(filler(300));
    bench.feed(record(esp(5000, 7)));
    bench.feed(record(esp(5000, 8)));
    expect(bench.records).toMatchObject([
      { kind: UDP_PAYLOAD.ikeWithMarker, missing: "lost" },
      { kind: UDP_PAYLOAD.esp, length: 98 },
      { kind: UDP_PAYLOAD.esp, length: 98 },
    ]);
    expect(bench.notes).toEqual(["unrecognised", "recognised"]);
  });

  it("at the end leave what there is of the last message", () => {
    const bench = new Bench("records");
    bench.feed(ikeRecord(init).slice(0, 60));
    bench.reader.finish();
    expect(bench.records).toMatchObject([
      { kind: UDP_PAYLOAD.ikeWithMarker, length: init.length, missing: "lost" },
    ]);
  });

  it("any mixture of data, cuts and holes is survived within bounds", () => {
    const step = fc.oneof(
      fc.record({ bytes: fc.uint8Array({ maxLength: 200 }), cut: fc.nat({ max: 50 }) }),
      fc.record({
        bytes: fc.constantFrom(ikeRecord(init), record(esp(5000, 1)), KEEPALIVE_RECORD),
        cut: fc.nat({ max: 3 }),
      }),
      fc.record({ hole: fc.oneof(fc.nat({ max: 70_000 }), fc.constant(Infinity)) }),
    );
    const modes = fc.constantFrom("prefix" as const, "records" as const, "lost" as const);
    const property = fc.property(
      fc.array(step, { maxLength: 40 }),
      modes,
      fc.boolean(),
      (steps, mode, lax) => {
        const bench = new Bench(mode, lax);
        for (const one of steps) {
          if ("hole" in one) bench.hole(one.hole);
          else bench.feed(one.bytes, Math.min(one.cut, one.bytes.length));
          expect(bench.reader.kept).toBeLessThanOrEqual(65_535);
        }
        bench.reader.finish();
        for (const { hex, length } of bench.records)
          expect(hex.length / 2).toBeLessThanOrEqual(Math.max(length, 0));
      },
    );
    fc.assert(property, { numRuns: 500 });
  });
});

describe("records in the middle of a stream", () => {
  const looks = (bytes: Uint8Array, cut = 0): boolean =>
    looksLikeRecords(bytes, 0, bytes.length - cut, bytes.length);

  it.each([
    ["one IKE message", ikeRecord(init)],
    ["the begin of a long IKE message", ikeRecord(init).slice(0, 100)],
    ["one ESP packet", record(esp(0xc0000001, 9))],
    [
      "ESP packets, the last one not whole",
      concat(...[1, 2, 3, 4].map((number) => record(esp(4096, number)))).slice(0, 350),
    ],
    ["ESP and IKE", concat(record(esp(0xc0000001, 9)), ikeRecord(auth))],
  ])("are recognised: %s", (_, bytes) => {
    expect(looks(bytes)).toBe(true);
  });

  it("are recognised where the snap length left their heads only", () => {
    expect(looks(record(esp(0xc0000001, 9, 1300)), 1200)).toBe(true);
  });

  it.each([
    ["TLS", Uint8Array.of(0x17, 3, 3, 0, 40, ...filler(40))],
    ["HTTP", new TextEncoder().encode("GET / HTTP/1.1\r\nHost: example.com\r\n\r\n")],
    ["SSH", new TextEncoder().encode("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")],
    ["DNS in TCP, whose length does not count itself", concat(Uint8Array.of(0, 30), filler(30, 3))],
    ["zeros", new Uint8Array(200)],
    ["a marker without IKE", record(concat(u32(0), filler(60)))],
    ["one piece of a long ESP packet", record(esp(0xc0000001, 9, 4000)).slice(0, 1400)],
    ["nothing", new Uint8Array(0)],
  ])("are not seen in %s", (_, bytes) => {
    expect(looks(bytes)).toBe(false);
  });
});
