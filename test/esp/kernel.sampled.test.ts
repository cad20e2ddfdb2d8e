import fc from "fast-check";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { CaptureReader } from "../../src/capture/reader.js";
import { EspKernel } from "../../src/esp/kernel.js";
import { analyze, type Judgement, toReport } from "../../src/index.js";
import { captureFiles, OWN_CAPTURES, PUBLIC_CAPTURES } from "../support/capture/capture-files.js";
import { KernelBytes } from "../support/capture/kernel-bytes.js";
import { countSkimmed } from "../support/esp/count-skimmed.js";
import type { EspStream } from "../../src/esp/stream.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { PcapngWriter } from "../support/capture/pcapng-writer.js";
import { pcapFile, type PcapOptions, type WrittenPacket } from "../support/capture/pcap-writer.js";
import { runs, RUNS_EVERY_CASE, sampled } from "../support/sample.js";
import { ah, esp, ethernet, ipv4, ipv6, udp, vlan } from "../support/packet/index.js";

const NOON = 1_700_000_000_000_000;
/** Enough for a test; a kernel's memory is costly to make, so all tests share few. */
const CAPACITY = 4096;

/** The report of a capture, and how many packets the kernel took: 0 without one. */
async function reportOf(
  file: Uint8Array,
  chunk: number | null,
): Promise<{ report: string; skimmed: number }> {
  if (chunk === null) {
    const { judgement } = await analyze(new CaptureReader(new MemoryBytes(file)));
    return { report: detailsOf(judgement), skimmed: 0 };
  }
  const kernel = new EspKernel(CAPACITY);
  const skimmed = countSkimmed(kernel);
  const { judgement } = await analyze(new CaptureReader(new KernelBytes(kernel, file, chunk)), { kernel });
  return { report: detailsOf(judgement), skimmed: skimmed.packets };
}

function detailsOf(judgement: Judgement): string {
  const streams = judgement.tunnels.flatMap(({ tunnel }) =>
    tunnel.streams.map((stream) => columnsOf(stream)),
  );
  const { observations } = judgement;
  return JSON.stringify({ report: toReport(judgement, "test"), streams, observations }, null, 1);
}

/** What rules and reports read of a stream beyond what the report shows. */
function columnsOf(stream: EspStream): unknown {
  const { order, sizes, outer, rate, answers, plain, gapFromFrame, gapToFrame } = stream;
  const { smallest, largest, largestAnswered, residues, lastLarge } = sizes;
  const bins = { sizes: [...sizes.packets], answered: [...sizes.answered], rate: [...rate.packets] };
  return {
    order,
    smallest,
    largest,
    largestAnswered,
    residues,
    lastLarge,
    outer,
    rate,
    answers,
    plain,
    gapFromFrame,
    gapToFrame,
    bins,
  };
}

interface Step {
  readonly stream: number;
  /** What becomes of the sequence number: how far it moves from the one before. */
  readonly move: number;
  readonly length: number;
  readonly pause: number;
  /** 4 where it is not given; a step of IPv6 is of other streams. */
  readonly version?: 4 | 6;
  readonly shape:
    | "plain"
    | "ttl"
    | "vlan"
    | "two vlans"
    | "cut vlan"
    | "fragment"
    | "cut"
    | "other"
    | "trailing"
    | "short";
}

/** A capture of a few streams between two pairs of peers, of any order, sizes and pauses. */
function captureOf(steps: readonly Step[], options: PcapOptions): Uint8Array {
  return pcapFile(recordsOf(steps), options);
}

/** How a pcapng file is written: its interfaces take turns of so many packets. */
interface BlockOptions {
  readonly littleEndian: boolean;
  /** if_tsresol of each of them. */
  readonly resolutions: readonly number[];
  readonly offsetSeconds: number;
  readonly turn: number;
  /** Every so many-th packet has options, or is an obsolete or a simple one. */
  readonly odd: number;
}

function blocksOf(steps: readonly Step[], options: BlockOptions): Uint8Array {
  const { littleEndian, resolutions, offsetSeconds, turn, odd } = options;
  const writer = new PcapngWriter().section({ littleEndian });
  const begin = (): void => {
    for (const resolution of resolutions) writer.interface({ resolution, offsetSeconds });
  };
  begin();
  for (const [index, packet] of recordsOf(steps).entries()) {
    const place = { interface: Math.floor(index / turn) % resolutions.length };
    const kind = Math.floor(index / odd) % 5;
    if (index % odd !== odd - 1) writer.packet(packet, place);
    else if (kind === 0) writer.packet(packet, { ...place, options: [[2, Uint8Array.of(1, 0, 0, 0)]] });
    else if (kind === 1) writer.obsoletePacket(packet, place);
    else if (kind === 2) writer.simplePacket(packet);
    else if (kind === 3) writer.statistics({ ifDrop: index });
    else {
      // A file that goes on in the other byte order.
      writer.section({ littleEndian: !littleEndian });
      begin();
    }
  }
  return writer.build();
}

function recordsOf(steps: readonly Step[]): WrittenPacket[] {
  const sequences = new Map<string, number>();
  let time = NOON;
  return steps.map((step) => {
    time = Math.max(NOON - 10, time + step.pause);
    const stream = `${step.version ?? 4} ${step.stream}`;
    const before = sequences.get(stream) ?? 0;
    const sequence = Math.max(0, before + step.move) % 2 ** 32;
    sequences.set(stream, Math.max(before, sequence));
    const frame = frameOf(step, sequence);
    const bytes = step.shape === "cut" ? frame.subarray(0, 50) : frame;
    return { time, bytes, originalLength: frame.length };
  });
}

function frameOf({ stream, length, shape, version = 4 }: Step, sequence: number): Uint8Array {
  const [here, there] =
    version === 4
      ? [`192.0.2.${stream >> 2}`, "198.51.100.1"]
      : [`2001:db8::${stream >> 2}`, "2001:db8:1::1"];
  const [source, destination] = (stream & 1) === 0 ? [here, there] : [there, here];
  const inUdp = (stream & 2) !== 0;
  const packet = esp({ spi: 0x1000 + stream, sequence, payload: new Uint8Array(length).fill(0x5a) });
  const payload = inUdp ? udp({ sourcePort: 4500, destinationPort: 4500, payload: packet }) : packet;
  const protocol = inUdp ? 17 : 50;
  const ip = ({ ttl, moreFragments }: { ttl?: number; moreFragments?: boolean } = {}): Uint8Array => {
    const common = { source, destination, protocol, payload };
    if (version === 4) {
      return ipv4({
        ...common,
        ...(ttl === undefined ? {} : { ttl }),
        moreFragments: moreFragments ?? false,
      });
    }
    return ipv6({ ...common, ...(ttl === undefined ? {} : { hopLimit: ttl }) });
  };
  switch (shape) {
    case "ttl":
      return ethernet({ payload: ip({ ttl: 33 }) });
    case "vlan":
      return ethernet({ type: 0x8100, payload: vlan({ id: 5, payload: ip() }) });
    case "two vlans": {
      const inner = vlan({ id: 5, payload: ip() });
      return ethernet({ type: 0x88a8, payload: vlan({ id: 9, type: 0x8100, payload: inner }) });
    }
    case "cut vlan":
      return ethernet({ type: 0x8100, payload: vlan({ id: 5, payload: ip() }) }).subarray(0, 53);
    case "fragment":
      return ethernet({ payload: ip({ moreFragments: true }) });
    case "other":
      return ethernet({
        payload: ipv4({ source, destination, protocol: 51, payload: ah({ spi: 1, sequence }) }),
      });
    case "trailing":
      return Uint8Array.from([...ethernet({ payload: ip() }), 0, 0, 0, 0]);
    case "short":
      return ethernet({ payload: ip() }).subarray(0, 40);
    case "plain":
    case "cut":
      return ethernet({ payload: ip() });
  }
}

const steps = fc.array(
  fc.record({
    stream: fc.nat(7),
    version: fc.constantFrom<4 | 6>(4, 4, 6),
    move: fc.oneof(
      { weight: 20, arbitrary: fc.constant(1) },
      fc.integer({ min: -70, max: 70 }),
      fc.constantFrom(5000, -5000, -1000, 0),
    ),
    length: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(60, 100, 1300) }, fc.nat(2100)),
    pause: fc.oneof(
      { weight: 10, arbitrary: fc.nat(2000) },
      fc.constantFrom(150_000, 6_000_000, 70_000_000, -5000),
    ),
    shape: fc.oneof(
      { weight: 50, arbitrary: fc.constant<Step["shape"]>("plain") },
      fc.constantFrom<Step["shape"]>(
        "ttl",
        "vlan",
        "two vlans",
        "cut vlan",
        "fragment",
        "cut",
        "other",
        "trailing",
        "short",
      ),
    ),
  }),
  { minLength: 100, maxLength: 600 },
);

describe("the kernel", () => {
  it.each([4, 6] as const)("takes the packets of ordinary streams, of IPv%s", async (version) => {
    const plain = Array.from({ length: 2000 }, (_, index): Step => {
      const length = index % 3 === 0 ? 60 : 1300;
      return { stream: index % 6, move: 1, length, pause: 500, shape: "plain", version };
    });
    const { skimmed } = await reportOf(captureOf(plain, {}), 100_000);
    expect(skimmed).toBeGreaterThan(1800);
  });

  it("says what the long way says, of any capture", async () => {
    let skimmed = 0;
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.constantFrom(1000, 5000, 262_144),
        fc.record({ littleEndian: fc.boolean(), nanoseconds: fc.boolean() }),
        async (steps, chunk, options) => {
          const file = captureOf(steps, options);
          const fast = await reportOf(file, chunk);
          skimmed += fast.skimmed;
          expect(fast.report).toBe((await reportOf(file, null)).report);
        },
      ),
      { numRuns: runs(150, 16) },
    );
    if (RUNS_EVERY_CASE) expect(skimmed).toBeGreaterThan(1000);
  });

  it("takes the packets of a port that tags its frames, once or twice", async () => {
    const tagged = Array.from({ length: 2000 }, (_, index): Step => {
      const shape = index % 2 === 0 ? "vlan" : "two vlans";
      return { stream: index % 6, move: 1, length: index % 3 === 0 ? 60 : 1300, pause: 500, shape };
    });
    const file = captureOf(tagged, {});
    const { report, skimmed } = await reportOf(file, 100_000);
    expect(skimmed).toBeGreaterThan(1800);
    expect(report).toBe((await reportOf(file, null)).report);
  });

  it("takes the packets of pcapng, of two interfaces in turns", async () => {
    const plain = Array.from({ length: 2000 }, (_, index): Step => {
      return { stream: index % 6, move: 1, length: index % 3 === 0 ? 60 : 1300, pause: 500, shape: "plain" };
    });
    const file = blocksOf(plain, {
      littleEndian: true,
      resolutions: [6, 9],
      offsetSeconds: 0,
      turn: 20,
      odd: 1000,
    });
    const { report, skimmed } = await reportOf(file, 100_000);
    expect(skimmed).toBeGreaterThan(1800);
    expect(report).toBe((await reportOf(file, null)).report);
  });

  it("says what the long way says of pcapng, of any clocks, interfaces and blocks", async () => {
    let skimmed = 0;
    const blocks: fc.Arbitrary<BlockOptions> = fc.record({
      littleEndian: fc.boolean(),
      resolutions: fc.array(fc.constantFrom(6, 9, 9, 3, 0x94), { minLength: 1, maxLength: 3 }),
      offsetSeconds: fc.constantFrom(0, 0, 0, 3600),
      turn: fc.constantFrom(1, 20, 1000),
      odd: fc.constantFrom(15, 100, 1000),
    });
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom(1000, 5000, 262_144), blocks, async (steps, chunk, options) => {
        const file = blocksOf(steps, options);
        const fast = await reportOf(file, chunk);
        skimmed += fast.skimmed;
        expect(fast.report).toBe((await reportOf(file, null)).report);
      }),
      { numRuns: runs(100, 16) },
    );
    // Few captures may all be such that nothing of them is for the kernel.
    if (RUNS_EVERY_CASE) expect(skimmed).toBeGreaterThan(300);
  });

  it("never reads beyond the bytes that are there, wherever a file ends", async () => {
    const plain = Array.from({ length: 80 }, (_, index): Step => {
      return { stream: index % 2, move: 1, length: 61, pause: 500, shape: "plain" };
    });
    const whole = blocksOf(plain, {
      littleEndian: true,
      resolutions: [6],
      offsetSeconds: 0,
      turn: 1,
      odd: 1000,
    });
    const cuts = Array.from({ length: 43 }, (_, index) => 1 + index * 7);
    for (const cut of sampled(cuts, 8)) {
      const file = whole.subarray(0, whole.length - cut);
      expect((await reportOf(file, 5000)).report).toBe((await reportOf(file, null)).report);
    }
  });

  it.each([
    ["one behind the other", 3000, (index: number) => Math.floor(index / 1500)],
    // Here the next record is always another file's.
    ["of two interfaces at once", 0, (index: number) => index % 2],
  ])("says what the long way says of files %s", async (_name, atLeast, fileOf) => {
    const folder = mkdtempSync(join(tmpdir(), "ikescope-kernel-"));
    try {
      const records = recordsOf(
        Array.from({ length: 4500 }, (_, index): Step => {
          const move = index % 97 === 0 ? 3 : 1;
          return { stream: index % 6, move, length: index % 3 === 0 ? 60 : 500, pause: 500, shape: "plain" };
        }),
      );
      const files = Array.from({ length: 3 }, (_, file) => {
        const path = join(folder, `${file}.pcap`);
        writeFileSync(path, pcapFile(records.filter((_record, index) => fileOf(index) === file)));
        return path;
      });
      const kernel = new EspKernel(CAPACITY);
      const skimmed = countSkimmed(kernel);
      const fast = await analyze(await openCaptures(files, { buffer: kernel.chunk }), { kernel });
      const slow = await analyze(await openCaptures(files));
      expect(detailsOf(fast.judgement)).toBe(detailsOf(slow.judgement));
      expect(skimmed.packets).toBeGreaterThanOrEqual(atLeast);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const files = sampled(
    captureFiles([OWN_CAPTURES, PUBLIC_CAPTURES], [".pcap", ".cap", ".pcapng", ".pcap.gz"]),
    48,
  );
  it(`says what the long way says of ${files.length} captures`, async () => {
    for (const path of files) {
      const raw = readFileSync(path);
      const file = raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw;
      const read = async (chunk: number | null): Promise<string> =>
        reportOf(file, chunk).then(
          ({ report }) => report,
          (error: unknown) => String(error),
        );
      expect(await read(262_144), path).toBe(await read(null));
    }
  });
});
