import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { CaptureReader } from "../../src/capture/reader.js";
import { CaptureError, type CaptureSource } from "../../src/capture/source.js";
import { EspKernel } from "../../src/esp/kernel.js";
import { analyze, AnonymizedSource, toReport } from "../../src/index.js";
import { captureFiles, OWN_CAPTURES, PUBLIC_CAPTURES } from "../support/capture/capture-files.js";
import { emptyKernel, KernelBytes } from "../support/capture/kernel-bytes.js";
import { pcapFile, type WrittenPacket } from "../support/capture/pcap-writer.js";
import { PcapngWriter } from "../support/capture/pcapng-writer.js";
import { readAll, type ReadCapture } from "../support/capture/read-all.js";
import { countSkimmed } from "../support/esp/count-skimmed.js";
import { readerOf } from "../support/extract.js";
import { esp, ethernet, ipv4, ipv4Fragments, pattern, udp } from "../support/packet/index.js";
import { sampled } from "../support/sample.js";

const KEY = new TextEncoder().encode("a secret of the tests of ready frames");
const NOON = 1_700_000_000_000_000;
const kernel = new EspKernel(4096);

/** A capture made anonymous where it lies in the kernel's chunk, pieces of so many bytes at a time. */
function inPlace(file: Uint8Array, piece: number): AnonymizedSource {
  emptyKernel(kernel);
  return new AnonymizedSource(new CaptureReader(new KernelBytes(kernel, file, piece)), KEY, kernel.chunk);
}

/** The source as one reads it who looks before each record at what lies ready, and takes nothing of it. */
function looking(source: CaptureSource): CaptureSource {
  return Object.assign(Object.create(source) as CaptureSource, {
    record: source.record,
    next: () => (source.ready, source.next()),
    fill: () => source.fill(),
    summaries: () => source.summaries(),
    close: () => source.close(),
  });
}

const factsOf = ({ records, summaries, fault }: ReadCapture): unknown => ({
  records,
  summaries,
  fault: fault?.message,
});

async function reportOf(source: CaptureSource, isFast: boolean): Promise<string> {
  try {
    const { judgement } = await analyze(source, isFast ? { kernel } : {});
    return JSON.stringify(toReport(judgement, "test"), null, 1);
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return error.message;
  }
}

const PEERS = ["192.0.2.1", "192.0.2.2"] as const;

/** ESP of one tunnel both ways, with now and then a datagram in fragments, which wait for each other. */
function traffic(packets: number): WrittenPacket[] {
  return Array.from({ length: packets }, (_, index) => index).flatMap((index) => {
    const [source = "", destination = ""] = index % 2 === 0 ? PEERS : PEERS.toReversed();
    const datagram = udp({ sourcePort: 500, destinationPort: 500, payload: pattern(200) });
    const pieces = ipv4Fragments({ source, destination, payload: datagram, identification: index }, 64);
    const whole = ipv4({ source, destination, protocol: 50, payload: espOf(index) });
    const payloads = index % 211 === 210 ? [...pieces, whole] : [whole];
    return payloads.map((payload) => ({ time: NOON + index * 500, bytes: ethernet({ payload }) }));
  });
}

function espOf(index: number): Uint8Array {
  return esp({ spi: 0x4000_0001 + (index % 2), sequence: 1 + (index >> 1), payload: pattern(100) });
}

describe("frames that are rewritten where they lie", () => {
  it.each(
    sampled(captureFiles([OWN_CAPTURES, PUBLIC_CAPTURES], [".pcap", ".cap", ".pcapng", ".pcap.gz"]), 48),
  )("are those of the source without a buffer, and so is the report: %s", async (path) => {
    const raw = readFileSync(path);
    const file = new Uint8Array(raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw);
    const apart = (): AnonymizedSource => new AnonymizedSource(readerOf(file), KEY);
    const whole = await readAll(apart()).then(factsOf, String);
    const report = await reportOf(apart(), false);
    for (const piece of [3000, 262_144]) {
      const read = await readAll(looking(inPlace(file, piece))).then(factsOf, String);
      expect(read).toEqual(whole);
      expect(await reportOf(inPlace(file, piece), true)).toBe(report);
    }
  });

  it.each([
    ["pcap", () => pcapFile(traffic(4000))],
    ["pcap with nanoseconds", () => pcapFile(traffic(4000), { nanoseconds: true, littleEndian: false })],
    [
      "pcapng with nanoseconds",
      () => {
        const writer = new PcapngWriter().section().interface({ resolution: 9 });
        for (const packet of traffic(4000)) writer.packet(packet);
        return writer.build();
      },
    ],
  ])("let the kernel take ESP of %s, and the report is the same", async (_, write) => {
    const file = write();
    const source = inPlace(file, 100_000);
    const skimmed = countSkimmed(kernel);
    const report = await reportOf(source, true);
    expect(skimmed.packets).toBeGreaterThan(2000);
    expect(report).toBe(await reportOf(new AnonymizedSource(readerOf(file), KEY), false));
  });

  const folder = mkdtempSync(join(tmpdir(), "ikescope-ready-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("are rewritten in the order of all files, of which one alone lies in the buffer", async () => {
    const names = [0, 1].map((part) => {
      const path = join(folder, `${part}.pcap`);
      writeFileSync(path, pcapFile(traffic(4000).filter((_packet, index) => (index >> 6) % 2 === part)));
      return path;
    });
    emptyKernel(kernel);
    const opened = await openCaptures(names, { buffer: kernel.chunk });
    const report = await reportOf(new AnonymizedSource(opened, KEY, kernel.chunk), true);
    expect(report).toBe(await reportOf(new AnonymizedSource(await openCaptures(names), KEY), false));
  });
});
