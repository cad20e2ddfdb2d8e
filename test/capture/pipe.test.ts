import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import type { CaptureSource } from "../../src/capture/source.js";
import { numberedPackets } from "../support/capture/packets.js";
import { pcapFile, pcapHeader, pcapRecord } from "../support/capture/pcap-writer.js";
import { readAll } from "../support/capture/read-all.js";

/** Steps to the next record, however often the pipe must be waited for. */
async function step(source: CaptureSource): Promise<boolean> {
  while (!source.next()) if (!(await source.fill())) return false;
  return true;
}

describe("standard input", () => {
  it("gives each packet as it arrives, while the pipe stays open", async () => {
    const stdin = new PassThrough();
    const source = await openCaptures(["-"], { stdin });
    stdin.write(pcapHeader());
    await source.fill();
    // Nothing has come so far, but that may change.
    expect(source.summaries()[0]).toMatchObject({ packets: 0, notes: [] });
    for (const packet of numberedPackets(3)) {
      stdin.write(pcapRecord(packet));
      expect(await step(source)).toBe(true);
      expect(source.record.time).toBe(packet.time);
    }
    stdin.end();
    expect(await step(source)).toBe(false);
    expect(source.summaries()[0]).toMatchObject({ file: "-", packets: 3, notes: [] });
  });

  it("waits for the rest of a packet that comes in pieces", async () => {
    const stdin = new PassThrough();
    const source = await openCaptures(["-"], { stdin });
    const file = pcapFile(numberedPackets(2));
    const stepped = step(source);
    for (const byte of file.subarray(0, file.length - 1)) stdin.write(Uint8Array.of(byte));
    expect(await stepped).toBe(true);
    const last = step(source);
    stdin.write(file.subarray(file.length - 1));
    expect(await last).toBe(true);
    expect(source.record.frame).toBe(2);
    await source.close();
  });

  it("that breaks off inside a packet gives all before, and a note", async () => {
    const stdin = new PassThrough();
    stdin.end(pcapFile(numberedPackets(3)).subarray(0, -1));
    const { records, summary, fault } = await readAll(await openCaptures(["-"], { stdin }));
    expect(fault).toBeNull();
    expect(records).toHaveLength(2);
    expect(summary.notes.map(({ kind }) => kind)).toEqual(["cut-short"]);
  });

  it("that fails is a fault with the offset reached", async () => {
    const stdin = new PassThrough();
    const source = await openCaptures(["-"], { stdin });
    stdin.write(pcapFile(numberedPackets(1)));
    expect(await step(source)).toBe(true);
    stdin.destroy(new Error("the other end is gone"));
    await expect(step(source)).rejects.toMatchObject({
      file: "-",
      offset: 100,
      reason: "the other end is gone",
    });
  });

  it("can be closed while nothing comes: the waiting ends", async () => {
    const stdin = new PassThrough();
    const source = await openCaptures(["-"], { stdin });
    stdin.write(pcapHeader());
    const waiting = step(source);
    await new Promise((resolve) => setImmediate(resolve));
    await source.close();
    expect(await waiting).toBe(false);
  });
});
