import { describe, expect, it } from "vitest";
import { AnonymizedSource } from "../../src/index.js";
import { CaptureError } from "../../src/capture/source.js";
import { pcapFile, type WrittenPacket } from "../support/capture/pcap-writer.js";
import { readAll } from "../support/capture/read-all.js";
import { readerOf } from "../support/extract.js";
import { ethernet, ipv4Fragments, pattern, udp } from "../support/packet/index.js";

const KEY = new TextEncoder().encode("a secret of the waiting tests");
const FIRST_TIME = 1e15;

/** First fragments of datagrams that never become whole, a millisecond apart. */
function unfinished(count: number): WrittenPacket[] {
  return Array.from({ length: count }, (_, index) => {
    const payload = udp({ sourcePort: 500, destinationPort: 500, payload: pattern(200) });
    const [first] = ipv4Fragments({ payload, identification: index & 0xffff }, 64);
    return { time: FIRST_TIME + index * 1000, bytes: ethernet({ payload: first ?? pattern(60) }) };
  });
}

/** How far the source has read ahead of what it handed on, frames at most. */
async function readAhead(source: AnonymizedSource, count: () => number): Promise<number> {
  let [handed, most] = [0, 0];
  do {
    while (source.next()) {
      handed++;
      most = Math.max(most, count() - handed);
    }
  } while (await source.fill());
  return most;
}

describe("frames that wait for others", () => {
  it("come out in their order, all of them", async () => {
    const { records } = await readAll(new AnonymizedSource(readerOf(pcapFile(unfinished(3000))), KEY));
    expect(records.map(({ frame }) => frame)).toEqual(Array.from({ length: 3000 }, (_, index) => index + 1));
  });

  it("are few, however many never become whole", async () => {
    const reader = readerOf(
      pcapFile(unfinished(5000).map((packet, index) => ({ ...packet, time: FIRST_TIME + index }))),
    );
    const most = await readAhead(new AnonymizedSource(reader, KEY), () => reader.record.frame);
    expect(most).toBeGreaterThan(100);
    expect(most).toBeLessThanOrEqual(513);
  });

  it("come before the fault that ends the capture behind them", async () => {
    const file = pcapFile(unfinished(3));
    const broken = Uint8Array.from([...file, ...new Uint8Array(16).fill(0xff)]);
    const { records, fault } = await readAll(new AnonymizedSource(readerOf(broken), KEY));
    expect(records).toHaveLength(3);
    expect(fault).toBeInstanceOf(CaptureError);
  });
});
