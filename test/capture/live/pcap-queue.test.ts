import { describe, expect, it } from "vitest";
import { PcapQueue } from "../../../src/capture/node/live/pcap-queue.js";
import { CaptureReader } from "../../../src/capture/reader.js";
import { MemoryBytes } from "../../support/capture/memory-bytes.js";

const ETHERNET = 1;
const RECORD_HEADER = 16;
const FILE_HEADER = 24;
/** 21 November 2026, some microseconds past the second. */
const TIME = 1_795_219_200_000_123;

function packet(length: number, content: number): Uint8Array {
  return new Uint8Array(length).fill(content);
}

/** Takes out all that waits. */
function drain(queue: PcapQueue): Uint8Array {
  const out: number[] = [];
  for (let piece = queue.peek(); piece !== null; piece = queue.peek()) {
    out.push(...piece);
    queue.taken(piece.length);
  }
  return Uint8Array.from(out);
}

async function read(file: Uint8Array) {
  const reader = new CaptureReader(new MemoryBytes(file));
  const records = [];
  do {
    while (reader.next()) {
      const { bytes, start, end, originalLength, time, linkType } = reader.record;
      records.push({ bytes: bytes.slice(start, end), originalLength, time, linkType });
    }
  } while (await reader.fill());
  return records;
}

describe("the queue between a packet source and a pcap stream", () => {
  it("gives a stream that a reader takes for a file", async () => {
    const queue = new PcapQueue(1000, ETHERNET, 100);
    queue.push(packet(60, 7), 60, TIME);
    queue.push(packet(100, 8), 1500, TIME + 1_000_000);
    expect(await read(drain(queue))).toEqual([
      { bytes: packet(60, 7), originalLength: 60, time: TIME, linkType: ETHERNET },
      { bytes: packet(100, 8), originalLength: 1500, time: TIME + 1_000_000, linkType: ETHERNET },
    ]);
    expect(queue.peek()).toBeNull();
  });

  it("takes as many packets as fit, and counts the others", async () => {
    const queue = new PcapQueue(FILE_HEADER + 3 * (RECORD_HEADER + 60), ETHERNET, 100);
    for (let content = 1; content <= 5; content++) queue.push(packet(60, content), 60, TIME);
    expect(queue.dropped).toBe(2);
    expect((await read(drain(queue))).map(({ bytes }) => bytes[0])).toEqual([1, 2, 3]);
  });

  it("goes round and round in the same memory", async () => {
    const queue = new PcapQueue(250, ETHERNET, 100);
    const file: number[] = [...drain(queue)];
    for (let content = 0; content < 200; content++) {
      queue.push(packet(1 + (content % 90), content), 90, TIME + content);
      file.push(...drain(queue));
    }
    const records = await read(Uint8Array.from(file));
    expect(queue.dropped).toBe(0);
    expect(records.map(({ bytes }) => [...bytes])).toEqual(
      Array.from({ length: 200 }, (_, content) => [...packet(1 + (content % 90), content)]),
    );
  });

  it("does not touch what is being written", () => {
    const queue = new PcapQueue(FILE_HEADER + RECORD_HEADER + 60, ETHERNET, 100);
    queue.push(packet(60, 1), 60, TIME);
    const writing = queue.peek();
    const before = Uint8Array.from(writing ?? []);
    queue.push(packet(60, 2), 60, TIME);
    expect(writing).toEqual(before);
    expect(queue.dropped).toBe(1);
  });
});
