import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { PcapngWriter, type WrittenFrame } from "../../src/capture/pcapng-writer.js";
import { DIRECTION } from "../../src/capture/source.js";
import { concatenated } from "../support/capture/pcap-writer.js";
import { readBytes } from "../support/capture/read-all.js";
import { isInstalled, tsharkFields } from "../support/packet/tshark.js";
import { itIf } from "../support/require.js";

const scratch = mkdtempSync(join(tmpdir(), "ikescope-writer-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const FRAME: WrittenFrame = {
  interface: 0,
  time: 1_700_000_000_123_456,
  nanos: 0,
  bytes: Uint8Array.of(1, 2, 3, 4, 5),
  originalLength: 90,
  direction: DIRECTION.outbound,
  comments: [],
};

/** A file of two interfaces, the second one counting nanoseconds. */
function file(...frames: readonly Partial<WrittenFrame>[]): Uint8Array {
  const writer = new PcapngWriter();
  return concatenated([
    writer.section("a test", ["first comment", "second comment"]),
    writer.interface({ linkType: 1, description: "one", nanoseconds: false }),
    writer.interface({ linkType: 276, description: "two", nanoseconds: true }),
    ...frames.map((frame) => writer.frame({ ...FRAME, ...frame })),
    writer.statistics(1, 7, FRAME.time),
  ]);
}

describe("the pcapng writer", () => {
  it("writes frames that read back as they were: time, length on the wire, link type, direction", async () => {
    const { records, fault } = await readBytes(file({}, { interface: 1, nanos: 789, direction: 1 }));
    expect(fault).toBeNull();
    expect(records).toMatchObject([
      { bytes: FRAME.bytes, originalLength: 90, time: FRAME.time, nanos: 0, linkType: 1, direction: 2 },
      { bytes: FRAME.bytes, originalLength: 90, time: FRAME.time, nanos: 789, linkType: 276, direction: 1 },
    ]);
  });

  it("writes comments of the section and of frames, and drops of an interface", async () => {
    const { summary } = await readBytes(file({ comments: ["why", "and why else"] }));
    const comments = summary.notes.filter(({ kind }) => kind === "comment").map(({ text }) => text);
    expect(comments).toEqual([
      "capture: first comment",
      "capture: second comment",
      "frame 1: why",
      "frame 1: and why else",
    ]);
    expect(summary.dropped).toBe(7);
  });

  it("cuts a comment that is too long between two characters", async () => {
    const { summary, fault } = await readBytes(file({ comments: [`a${"é".repeat(4000)}`] }));
    expect(fault).toBeNull();
    expect(summary.notes.some(({ text }) => text.includes("\uFFFD"))).toBe(false);
  });

  it("writes the nearest time that the format has where a clock lies", async () => {
    const { records } = await readBytes(file({ time: -5 }, { time: Number.NaN }, { time: 1e300 }));
    expect(records.map(({ time }) => time > 1e17 || time === 0)).toEqual([true, true, true]);
  });

  it("refuses a frame of an interface that was not written", () => {
    expect(() => file({ interface: 2 })).toThrow(RangeError);
  });

  itIf(isInstalled("tshark"), "tshark")("writes what tshark reads, with the same comments", async () => {
    const path = join(scratch, "written.pcapng");
    writeFileSync(path, file({ comments: ["why"] }, { interface: 1 }));
    const rows = await tsharkFields(path, ["frame.len", "frame.comment", "frame.interface_id"]);
    expect(rows).toEqual([
      { "frame.len": ["90"], "frame.comment": ["why"], "frame.interface_id": ["0"] },
      { "frame.len": ["90"], "frame.comment": [], "frame.interface_id": ["1"] },
    ]);
  });
});
