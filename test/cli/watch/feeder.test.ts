import { inEnglish } from "../../../src/texts/texts.js";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Feeder } from "../../../src/cli/watch/feeder.js";
import { LiveEngine } from "../../../src/live/engine.js";
import type { LiveEvent } from "../../../src/live/event.js";
import { pcapFile } from "../../support/capture/pcap-writer.js";
import { readBytes, type ReadRecord } from "../../support/capture/read-all.js";

let folder: string;
let events: LiveEvent[];
let said: string[];
let engine: LiveEngine;
let feeder: Feeder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-feeder-"));
  [events, said] = [[], []];
  const listener = { event: (event: LiveEvent) => void events.push(event), setup: () => undefined };
  engine = new LiveEngine(
    { interface: folder, filter: null, judging: Infinity },
    listener,
    Date.now() * 1000,
  );
  const { signal } = new AbortController();
  feeder = new Feeder({ engine, say: (text) => said.push(inEnglish(text)), signal });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function recordsOf(capture: string): Promise<readonly ReadRecord[]> {
  const file = fileURLToPath(new URL(`../../../pcaps/${capture}.pcap`, import.meta.url));
  return (await readBytes(readFileSync(file))).records;
}

/** Feeds a file of these packets, and gives the number of records that it is told to have. */
async function feed(packets: readonly ReadRecord[], taken = 0, missing = 0): Promise<number | null> {
  const path = join(folder, "piece.pcap");
  const bytes = pcapFile(packets);
  writeFileSync(path, bytes.subarray(0, bytes.length - missing));
  let records: number | null = null;
  await feeder.feed({ path, taken, done: (count) => (records = count) });
  return records;
}

const raised = (): string[] =>
  events.flatMap((event) => (event.kind === "finding-raised" ? [event.finding.code] : []));
const begun = (): number => events.filter(({ kind }) => kind === "capture-started").length;

describe("files that are read one after the other", () => {
  it("raise in pieces what they raise as one, by the clock of their packets", async () => {
    const records = await recordsOf("port4500-blocked-initiator");
    for (let at = 0; at < records.length; at += 5) {
      const packets = records.slice(at, at + 5);
      expect(await feed(packets)).toBe(packets.length);
    }
    expect(raised()).toContain("natt-4500-unanswered");
    expect(engine.packets).toBe(records.length);
    expect(engine.now).toBe(records.at(-1)?.time);
    const [first] = events;
    expect(first).toMatchObject({ kind: "capture-started", time: records[0]?.time });
  });

  it("accuse nobody of losses where the capture was begun again in between", async () => {
    const records = await recordsOf("healthy-esp-upload-initiator");
    const third = Math.floor(records.length / 3);
    await feed(records.slice(0, third));
    // The second third was not captured; it took much longer than any pause in the first one.
    const late = records.slice(2 * third).map((record) => ({ ...record, time: record.time + 600_000_000 }));
    await feed(late);
    expect(begun()).toBe(2);
    expect(raised()).toEqual([]);
  });

  it("are taken for one capture where the traffic pauses no longer between them than before", async () => {
    const records = await recordsOf("port4500-blocked-initiator");
    await feed(records.slice(0, 20));
    await feed(records.slice(20));
    expect(begun()).toBe(1);
  });

  it("judge anew where a file is missing, or lies before the last one", async () => {
    const records = await recordsOf("port4500-blocked-initiator");
    await feed(records.slice(0, 10));
    feeder.missed("b.pcap was removed before it was read");
    await feed(records.slice(20));
    const begins = events.flatMap((event) =>
      event.kind === "capture-started" ? [inEnglish(event.text)] : [],
    );
    expect(begins.at(-1)).toBe("b.pcap was removed before it was read: what was under way is not judged");
    await feed(records.map((record) => ({ ...record, time: record.time - 3_600_000_000 })));
    expect(begun()).toBe(3);
    expect(engine.now).toBe((records.at(-1)?.time ?? 0) - 3_600_000_000);
  });

  it("go on behind the records that were taken before", async () => {
    const records = await recordsOf("esp-loss-initiator");
    expect(await feed(records.slice(0, 50))).toBe(50);
    expect(await feed(records, 50)).toBe(records.length);
    expect(engine.packets).toBe(records.length);
    expect(await feed(records, records.length)).toBe(records.length);
    expect(engine.packets).toBe(records.length);
  });

  it("say where the last record of one is not whole", async () => {
    const records = await recordsOf("esp-loss-initiator");
    expect(await feed(records.slice(0, 50), 0, 3)).toBe(49);
    expect(said).toHaveLength(1);
  });
});
