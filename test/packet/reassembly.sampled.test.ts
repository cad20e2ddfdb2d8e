import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_FOR_FOURFOLD, timesOfQuarter } from "../support/growth.js";
import { Bench } from "../support/packet/dissect.js";
import {
  esp,
  ethernet,
  icmpError,
  ipv4,
  ipv4Fragment,
  ipv4Fragments,
  ipv6,
  ipv6Fragment,
  ipv6Fragments,
  optionsHeader,
  pattern,
  udp,
} from "../support/packet/index.js";
import { runs } from "../support/sample.js";

const SECOND = 1_000_000;
const datagram4 = { identification: 0xabcd, payload: udp({ payload: pattern(3000) }) };
const datagram6 = { identification: 0x89abcdef, payload: udp({ payload: pattern(3000) }) };

function frames(packets: readonly Uint8Array[]): Uint8Array[] {
  return packets.map((payload) => ethernet({ payload }));
}

describe("reassembly", () => {
  it("gives the datagram with its fragments once the last one is there", () => {
    const bench = new Bench();
    const [first, second, third] = frames(ipv4Fragments(datagram4, 1480)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    expect(bench.see(first, { frame: 11, time: 5 }).kind).toBe("skipped");
    expect(bench.see(third, { frame: 12, time: 6 }).kind).toBe("skipped");
    expect(bench.see(second, { frame: 13, time: 7 })).toMatchObject({
      kind: "udp",
      sourcePort: 500,
      payload: pattern(3000),
      payloadLength: 3000,
      ipLength: 3028,
      identification: 0xabcd,
      fragments: [
        { frame: 11, time: 5, offset: 0, length: 1480 },
        { frame: 12, time: 6, offset: 2960, length: 48 },
        { frame: 13, time: 7, offset: 1480, length: 1480 },
      ],
    });
    expect(bench.dissector.counters).toMatchObject({ frames: 3, packets: 1, fragments: 2 });
    expect(bench.dissector.counters.reassembly.reassembled).toBe(1);
    expect(bench.dissector.waiting).toEqual({ datagrams: 0, bytes: 0 });
  });

  it("any order, with copies among them, gives the datagram exactly once", () => {
    const property = fc.property(
      fc.constantFrom(4, 6),
      fc.integer({ min: 9, max: 4000 }),
      fc.integer({ min: 1, max: 180 }).map((words) => words * 8),
      fc.infiniteStream(fc.nat()),
      fc.array(fc.nat(), { maxLength: 5 }),
      (version, length, size, random, copies) => {
        fc.pre(length + 8 > size);
        const payload = pattern(length, size);
        const packet = { identification: 3, payload: udp({ payload }) };
        const pieces = version === 4 ? ipv4Fragments(packet, size) : ipv6Fragments(packet, size);
        const sent = [...pieces, ...copies.map((pick) => pieces[pick % pieces.length] as Uint8Array)]
          .map((piece) => ({ piece, at: random.next().value }))
          .toSorted((a, b) => a.at - b.at);
        const bench = new Bench();
        const seen = sent.map(({ piece }, index) => bench.see(ethernet({ payload: piece }), { time: index }));
        const whole = seen.filter(({ kind }) => kind === "udp");
        expect(whole).toHaveLength(1);
        expect(whole[0]?.payload).toEqual(payload);
        expect(whole[0]?.fragments).toHaveLength(pieces.length);
        bench.dissector.finish();
        expect(bench.incomplete).toEqual([]);
        expect(bench.dissector.counters.reassembly.duplicates).toBe(copies.length);
        expect(bench.dissector.waiting).toEqual({ datagrams: 0, bytes: 0 });
      },
    );
    fc.assert(property, { numRuns: runs(300, 4) });
  });

  it("keeps datagrams apart by addresses, identification and, for IPv4, protocol", () => {
    const bench = new Bench();
    const variants = [
      { ...datagram4 },
      { ...datagram4, identification: 1 },
      { ...datagram4, source: "192.0.2.7" },
      { ...datagram4, destination: "192.0.2.8" },
      { ...datagram4, protocol: 50, payload: esp({ payload: pattern(3000, 1) }) },
    ];
    const pieces = variants.map((variant) => frames(ipv4Fragments(variant, 1600)));
    for (const [first] of pieces) expect(bench.see(first as Uint8Array).kind).toBe("skipped");
    const kinds = pieces.map(([, last]) => bench.see(last as Uint8Array).kind);
    expect(kinds).toEqual(["udp", "udp", "udp", "udp", "esp"]);
  });

  it("IPv6: extension headers before and within the fragmentable part", () => {
    const bench = new Bench();
    const inside = ipv6({ extensions: [optionsHeader(60)], payload: udp({ payload: pattern(900) }) });
    const part = inside.subarray(40);
    const outer = { extensions: [optionsHeader(0)], protocol: 60, identification: 4 };
    bench.see(ethernet({ payload: ipv6Fragment(outer, 0, part.slice(0, 480), true) }));
    const seen = bench.see(ethernet({ payload: ipv6Fragment(outer, 480, part.slice(480), false) }));
    expect(seen).toMatchObject({ kind: "udp", payload: pattern(900), ipLength: 40 + 8 + part.length });
  });

  it("IPv6: only the first fragment's next header counts (RFC 8200 section 4.5)", () => {
    const bench = new Bench();
    const payload = ipv6({ payload: udp({ payload: pattern(500) }) }).subarray(40);
    bench.see(ethernet({ payload: ipv6Fragment({ protocol: 50 }, 480, payload.slice(480), false) }));
    const seen = bench.see(
      ethernet({ payload: ipv6Fragment({ protocol: 17 }, 0, payload.slice(0, 480), true) }),
    );
    expect(seen).toMatchObject({ kind: "udp", payload: pattern(500) });
  });

  it("does ICMP errors too, but not TCP", () => {
    const bench = new Bench();
    const quoted = ipv4({ payload: udp({ payload: pattern(900) }) });
    const icmp = ipv4Fragments({ protocol: 1, payload: icmpError({ type: 3, quoted }) }, 480);
    expect(frames(icmp).map((frame) => bench.see(frame).kind)).toEqual(["skipped", "icmpError"]);
    const tcp = ipv4Fragments({ protocol: 6, payload: pattern(900) }, 480);
    expect(frames(tcp).map((frame) => bench.see(frame).kind)).toEqual(["skipped", "skipped"]);
    expect(bench.dissector.waiting.datagrams).toBe(0);
    expect(bench.dissector.counters.fragments).toBe(3);
  });

  it("does not wait for fragments that no stack would send", () => {
    const bench = new Bench();
    bench.see(ethernet({ payload: ipv4Fragment({}, 0, pattern(13), true) }));
    bench.see(ethernet({ payload: ipv4Fragment({}, 8, pattern(0), false) }));
    bench.see(ethernet({ payload: ipv6Fragment({}, 8, pattern(0), true) }));
    expect(bench.dissector.counters.malformed).toBe(3);
    expect(bench.dissector.waiting.datagrams).toBe(0);
  });
});

describe("copies of fragments, as two interfaces or a mirror port show them", () => {
  it("after the datagram is whole do not open it again", () => {
    const bench = new Bench();
    const pieces = frames(ipv4Fragments(datagram4, 1480)).flatMap((frame) => [frame, frame]);
    const kinds = pieces.map((frame, index) => bench.see(frame, { time: index }).kind);
    expect(kinds).toEqual(["skipped", "skipped", "skipped", "skipped", "udp", "skipped"]);
    bench.dissector.finish();
    expect(bench.incomplete).toEqual([]);
  });

  it("a retransmission under the same identification is seen", () => {
    const bench = new Bench();
    const pieces = frames(ipv4Fragments(datagram4, 1480));
    const first = pieces.map((frame) => bench.see(frame, { time: 0 }).kind);
    const again = pieces.map((frame) => bench.see(frame, { time: SECOND / 2 }).kind);
    expect(again).toEqual(first);
    expect(bench.dissector.counters.reassembly.reassembled).toBe(2);
  });

  it("another datagram under the same identification is seen at once", () => {
    const bench = new Bench();
    frames(ipv4Fragments(datagram4, 1480)).forEach((frame) => bench.see(frame, { time: 0 }));
    const other = { ...datagram4, payload: udp({ payload: pattern(3000, 9) }) };
    const kinds = frames(ipv4Fragments(other, 1480)).map((frame) => bench.see(frame, { time: 1 }).kind);
    expect(kinds.at(-1)).toBe("udp");
  });

  it("that the snap length cut at another place are copies all the same", () => {
    const bench = new Bench();
    const [first] = frames(ipv4Fragments(datagram4, 1480)) as [Uint8Array];
    bench.see(first.slice(0, 200), { originalLength: first.length });
    bench.see(first.slice(0, 190), { originalLength: first.length });
    expect(bench.dissector.counters.reassembly).toMatchObject({ duplicates: 1, overlapsRefused: 0 });
  });
});

describe("overlaps (RFC 5722)", () => {
  const at = (offset: number, length: number, more: boolean, seed = 0): Uint8Array =>
    ethernet({ payload: ipv4Fragment({ identification: 9 }, offset, pattern(length, seed), more) });

  it.each([
    ["a fragment that reaches into the next", [at(800, 800, true), at(0, 808, true)]],
    ["one that begins within another", [at(0, 800, true), at(792, 800, true)]],
    ["one within another", [at(0, 800, true), at(80, 80, true)]],
    ["the same place with other bytes", [at(0, 800, true), at(0, 800, true, 1)]],
    ["the same start with another length", [at(0, 800, true), at(0, 400, true)]],
    ["two ends", [at(800, 100, false), at(1600, 100, false)]],
    ["data behind the end", [at(800, 100, false), at(1600, 80, true)]],
    ["an end before data that is there", [at(1600, 80, true), at(800, 100, false)]],
  ])("%s: refused and noted", (_, sent) => {
    const bench = new Bench();
    sent.forEach((frame, index) => bench.see(frame, { frame: index + 1 }));
    expect(bench.incomplete).toHaveLength(1);
    expect(bench.incomplete[0]).toMatchObject({ reason: "overlap", identification: 9, protocol: 17 });
    // The account ends with the fragment that did it.
    expect(bench.incomplete[0]?.fragments.map(({ frame }) => frame)).toEqual([1, 2]);
    expect(bench.dissector.counters.reassembly.overlapsRefused).toBe(1);
    expect(bench.dissector.waiting).toEqual({ datagrams: 0, bytes: 0 });
  });

  it("what comes of the datagram later is discarded", () => {
    const bench = new Bench();
    bench.see(at(0, 800, true));
    bench.see(at(0, 800, true, 1));
    expect(bench.see(at(0, 800, true)).kind).toBe("skipped");
    expect(bench.see(at(800, 10, false)).kind).toBe("skipped");
    expect(bench.incomplete).toHaveLength(1);
    expect(bench.dissector.waiting.datagrams).toBe(0);
    bench.see(at(0, 800, true), { time: 31 * SECOND });
    expect(bench.see(at(800, 10, false), { time: 31 * SECOND }).kind).toBe("udp");
  });
});

describe("datagrams that are given up", () => {
  it("come with the account of what is there", () => {
    const bench = new Bench();
    const [first, second, , last] = frames(ipv4Fragments({ ...datagram4, source: "10.0.0.9" }, 800));
    [first, last, second].forEach((frame, index) =>
      bench.see(frame as Uint8Array, { frame: index + 1, time: 50 }),
    );
    bench.dissector.finish();
    expect(bench.incomplete).toEqual([
      {
        ipVersion: 4,
        source: "10.0.0.9",
        destination: "198.51.100.2",
        protocol: 17,
        identification: 0xabcd,
        fragments: [
          { frame: 1, time: 50, offset: 0, length: 800 },
          { frame: 2, time: 50, offset: 2400, length: 608 },
          { frame: 3, time: 50, offset: 800, length: 800 },
        ],
        totalLength: 3008,
        head: ipv4({ ...datagram4, source: "10.0.0.9" }).slice(20, 20 + 1600),
        reason: "end",
      },
    ]);
  });

  it("after 30 s of capture time, whatever frame comes then", () => {
    const bench = new Bench();
    const [first] = frames(ipv6Fragments(datagram6, 1448)) as [Uint8Array];
    bench.see(first, { time: 0 });
    const other = ethernet({ payload: ipv4({ payload: udp() }) });
    bench.see(other, { time: 30 * SECOND - 1 });
    expect(bench.incomplete).toEqual([]);
    bench.see(other, { time: 30 * SECOND });
    expect(bench.incomplete).toMatchObject([
      {
        reason: "timeout",
        ipVersion: 6,
        source: "2001:db8::1",
        totalLength: null,
        identification: 0x89abcdef,
      },
    ]);
  });

  it("without the first fragment have no head", () => {
    const bench = new Bench();
    const [, second] = frames(ipv4Fragments(datagram4, 1480)) as [Uint8Array, Uint8Array];
    bench.see(second);
    bench.dissector.finish();
    expect(bench.incomplete[0]).toMatchObject({ head: new Uint8Array(0), totalLength: null });
  });

  it("because the snap length cut: at once, with the bytes that are there", () => {
    const bench = new Bench();
    for (const frame of frames(ipv4Fragments(datagram4, 1480))) {
      bench.see(frame.slice(0, 114), { originalLength: frame.length });
    }
    expect(bench.incomplete).toHaveLength(1);
    expect(bench.incomplete[0]).toMatchObject({ reason: "snap-length", totalLength: 3008 });
    expect(bench.incomplete[0]?.head).toEqual(ipv4(datagram4).slice(20, 100));
    expect(bench.dissector.counters.reassembly.cut).toBe(1);
  });

  it("because they would be larger than any datagram", () => {
    const bench = new Bench();
    bench.see(ethernet({ payload: ipv4Fragment({ identification: 2 }, 65_528, pattern(800), false) }));
    expect(bench.incomplete).toMatchObject([
      { reason: "too-large", fragments: [{ offset: 65_528, length: 800 }] },
    ]);
  });

  it("give way to a new datagram when the identification comes round again", () => {
    const bench = new Bench();
    const pieces = frames(ipv4Fragments(datagram4, 1600));
    bench.see(pieces[0] as Uint8Array, { time: 100 * SECOND });
    // Time may run backwards where files were merged.
    expect(bench.see(pieces[1] as Uint8Array, { time: 10 * SECOND }).kind).toBe("skipped");
    expect(bench.incomplete).toMatchObject([{ reason: "timeout" }]);
  });
});

describe("limits", () => {
  const stray = (identification: number, length = 8, offset = 0): Uint8Array =>
    ethernet({
      payload: ipv4Fragment({ identification, source: "10.0.0.1" }, offset, pattern(length), true),
    });

  it("on datagrams: the oldest is given up first", () => {
    const bench = new Bench({ limits: { datagrams: 3 } });
    for (let identification = 1; identification <= 5; identification++) bench.see(stray(identification));
    expect(bench.incomplete.map((datagram) => [datagram.identification, datagram.reason])).toEqual([
      [1, "evicted"],
      [2, "evicted"],
    ]);
    expect(bench.dissector.waiting.datagrams).toBe(3);
    expect(bench.dissector.counters.reassembly.evicted).toBe(2);
  });

  it("on bytes, the only datagram included", () => {
    const bench = new Bench({ limits: { bytes: 5000 } });
    for (let offset = 0; offset < 4800; offset += 800) bench.see(stray(1, 800, offset));
    expect(bench.incomplete).toMatchObject([{ identification: 1, reason: "evicted" }]);
    expect(bench.dissector.waiting.bytes).toBeLessThanOrEqual(5000);
  });

  it("hold under a flood of fragments that belong nowhere", () => {
    const bench = new Bench({ limits: { bytes: 100_000 } });
    let datagrams = 0;
    let bytes = 0;
    for (let index = 0; index < runs(20_000, 4); index++) {
      const random = Math.imul(index + 1, 0x9e3779b1) >>> 0;
      bench.see(stray(random & 0xffff, 8 + (random & 0x3f8), ((random >>> 10) & 0x3ff) * 8), { time: index });
      datagrams = Math.max(datagrams, bench.dissector.waiting.datagrams);
      bytes = Math.max(bytes, bench.dissector.waiting.bytes);
    }
    expect(datagrams).toBeLessThanOrEqual(1024);
    expect(bytes).toBeLessThanOrEqual(100_000);
    bench.dissector.finish();
    expect(bench.dissector.waiting).toEqual({ datagrams: 0, bytes: 0 });
  });

  it("a datagram of 8,189 smallest fragments, last one first, costs no more than its length", async () => {
    const backwards = (length: number): (() => void) => {
      const payload = udp({ payload: pattern(length - 20), checksum: 0 });
      const pieces = frames(ipv4Fragments({ payload }, 8)).toReversed();
      return () => {
        const bench = new Bench();
        const kinds = pieces.map((frame) => bench.see(frame, { time: 0 }).kind);
        expect(kinds.at(-1)).toBe("udp");
      };
    };
    const [quarter, whole] = [backwards(65_528 / 4), backwards(65_528)];
    expect(await timesOfQuarter(quarter, whole)).toBeLessThanOrEqual(MOST_FOR_FOURFOLD);
  });
});
