import { describe, expect, it } from "vitest";
import type { CaptureRecord } from "../../src/capture/source.js";
import { judge } from "../../src/diagnosis/judge.js";
import { Intake } from "../../src/session/intake/intake.js";
import { faults } from "../support/scenario/index.js";
import { generated, type Labelled, recorded } from "./labelled.js";

/** One of two sniffers, each of which sees one direction, has a clock that is so many microseconds behind. */
const BEHIND = 3000;
const ETHERTYPE_IPV4 = "0800";
const IPV4_SOURCE = 12;

/** Whether the packet comes from the peer with the lower address; false for all but IPv4. */
function isFromLower({ bytes, start, end }: CaptureRecord): boolean {
  const frame = Buffer.from(bytes.subarray(start, end));
  // Ethernet, or a cooked capture: the EtherType is what stands before the IP header.
  const header = [14, 16].find((at) => frame.toString("hex", at - 2, at) === ETHERTYPE_IPV4);
  if (header === undefined || frame.length < header + 20) return false;
  const source = header + IPV4_SOURCE;
  return frame.compare(frame, source + 4, source + 8, source, source + 4) < 0;
}

async function behind({ open }: Labelled, isBehind: (record: CaptureRecord) => boolean) {
  const source = await open();
  const frames: Omit<CaptureRecord, "frame" | "capture">[] = [];
  do {
    while (source.next()) {
      const { record } = source;
      const time = record.time - (isBehind(record) ? BEHIND : 0);
      const bytes = record.bytes.slice(record.start, record.end);
      frames.push({ ...record, time, bytes, start: 0, end: bytes.length });
    }
  } while (await source.fill());
  await source.close();
  const intake = new Intake();
  for (const [index, frame] of frames.toSorted((a, b) => a.time - b.time).entries()) {
    intake.frame({ ...frame, frame: index + 1, capture: 0 });
  }
  return judge(intake.finish(), source.summaries());
}

const captures = [...recorded(), ...generated()];

describe.each([
  ["lower", isFromLower],
  ["higher", (record: CaptureRecord) => !isFromLower(record)],
])("of two sniffers, that of the %s address has a clock behind the other's", (_, isBehind) => {
  it.each(captures)("$truth.file: nobody is accused of another fault", async (capture) => {
    const known = new Set<string>(capture.truth.findings);
    const accused = faults(await behind(capture, isBehind)).filter((code) => !known.has(code));
    expect(accused).toEqual([]);
  });
});
