import { inEnglish } from "../../../src/texts/texts.js";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { CaptureReader } from "../../../src/capture/reader.js";
import { EvidenceDir } from "../../../src/cli/live/evidence-dir.js";
import { EvidenceRecorder, type EvidenceRecorderOptions } from "../../../src/cli/live/evidence-recorder.js";
import { RecentFrames } from "../../../src/live/recent-frames.js";
import { MemoryBytes } from "../../support/capture/memory-bytes.js";
import { readAll, readBytes } from "../../support/capture/read-all.js";
import { raised, TUNNEL } from "../../support/live/events.js";
import { until } from "../../support/until.js";

const scratch = mkdtempSync(join(tmpdir(), "ikescope-recorder-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const CAPTURE = Uint8Array.from(
  readFileSync(fileURLToPath(new URL("../../../pcaps/port4500-blocked-nat-initiator.pcap", import.meta.url))),
);

let folder = "";
let count = 0;
beforeEach(() => {
  folder = join(scratch, String(count++));
});

async function recorder(recent: RecentFrames, options: Partial<EvidenceRecorderOptions> = {}, size = 1e6) {
  const said: string[] = [];
  const space = async () => ({ total: 1e12, free: 1e11 });
  const made = new EvidenceRecorder(recent, await EvidenceDir.open(folder, { size, space }), {
    interface: "eth0",
    application: "ikescope test",
    severity: "warning",
    say: (text) => said.push(inEnglish(text)),
    waitMs: 60_000,
    ...options,
  });
  return { recorder: made, said };
}

async function pass(recent: RecentFrames, file: Uint8Array): Promise<void> {
  await readAll(new CaptureReader(recent.tee(new MemoryBytes(file, [500]), 0)));
}

/** Numbers of the frames in a file, as its comments say. */
function framesIn(bytes: Uint8Array): number[] {
  return [...new TextDecoder().decode(bytes).matchAll(/frame (\d+): context/g)].map(([, frame]) =>
    Number(frame),
  );
}

describe("the recorder of evidence", () => {
  it("writes a file for a finding with what came before it and what came after", async () => {
    const recent = new RecentFrames();
    const { recorder: evidence } = await recorder(recent);
    const source = new CaptureReader(recent.tee(new MemoryBytes(CAPTURE, [1500]), 0));
    await source.fill();
    while (source.next());
    const before = source.record.frame;
    evidence.raised(raised({ evidence: [] }));
    while (await source.fill()) while (source.next());
    await evidence.end(10_000);
    const [file = ""] = readdirSync(folder);
    expect(file).toMatch(
      /^ikescope-20260102T030405.678901Z-192.0.2.10-198.51.100.20-natt-4500-unanswered.pcapng$/,
    );
    const bytes = Uint8Array.from(readFileSync(join(folder, file)));
    expect((await readBytes(bytes)).fault).toBeNull();
    const frames = framesIn(bytes);
    expect(frames).toEqual([6, 7, 8, 13, 20, 21, 29]);
    expect(frames.filter((frame) => frame <= before).length).toBeGreaterThan(0);
    expect(frames.filter((frame) => frame > before).length).toBeGreaterThan(1);
    expect(evidence.counts).toEqual({ written: 1, leftOut: 0 });
  });

  it("has what came before even where it is overwritten during the wait", async () => {
    const recent = new RecentFrames({ bytes: 64 * 1024 });
    const { recorder: evidence } = await recorder(recent, { waitMs: 300 });
    await pass(recent, CAPTURE);
    evidence.raised(raised({ evidence: [] }));
    // The first pass is over within some turns of the event loop.
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    const other = Uint8Array.from(CAPTURE);
    for (let round = 0; round < 100; round++) {
      const source = recent.tee(new MemoryBytes(other), 10_000 * (round + 1));
      await source.read();
    }
    await until(() => evidence.counts.written > 0);
    const [file = ""] = readdirSync(folder);
    expect(framesIn(readFileSync(join(folder, file))).slice(0, 6)).toEqual([6, 7, 8, 13, 20, 21]);
    await evidence.end(1000);
  });

  it("records a finding of a tunnel once a minute at most, and others beside it", async () => {
    const { recorder: evidence } = await recorder(new RecentFrames());
    for (let round = 0; round < 5; round++) evidence.raised(raised());
    evidence.raised(raised({ code: "path-lost" }));
    evidence.raised({ ...raised(), tunnel: { ...TUNNEL, id: 8 } });
    evidence.raised({ ...raised({ tunnel: null }), tunnel: null });
    await evidence.end(10_000);
    expect(evidence.counts.written).toBe(4);
  });

  it("leaves out what is less severe than asked for", async () => {
    const { recorder: evidence } = await recorder(new RecentFrames(), { severity: "critical" });
    evidence.raised(raised({ severity: "warning" }));
    await evidence.end(10_000);
    expect(evidence.counts.written).toBe(0);
  });

  it("writes for the first of very many findings, and says and counts that there were more", async () => {
    const { recorder: evidence, said } = await recorder(new RecentFrames());
    for (let id = 0; id < 1000; id++) evidence.raised({ ...raised(), tunnel: { ...TUNNEL, id } });
    await evidence.end(10_000);
    expect(evidence.counts).toEqual({ written: 16, leftOut: 984 });
    expect(said).toEqual(["more findings at once than evidence is written for: the first ones have theirs"]);
  });

  it("says once where nothing can be written, and again only after it could", async () => {
    const { recorder: evidence, said } = await recorder(new RecentFrames(), { waitMs: 0 }, 10);
    for (let id = 0; id < 5; id++) evidence.raised({ ...raised(), tunnel: { ...TUNNEL, id } });
    await evidence.end(10_000);
    expect(said.length).toBe(1);
    expect(said[0]).toMatch(
      /^evidence of natt-4500-unanswered was not written: it would be of .*--evidence-size/,
    );
    expect(evidence.counts).toEqual({ written: 0, leftOut: 5 });
  });
});
