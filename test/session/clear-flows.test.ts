import { describe, expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import { EspKernel } from "../../src/esp/kernel.js";
import { Intake } from "../../src/session/intake/intake.js";
import type { ClearFlow } from "../../src/session/model.js";
import { KernelBytes } from "../support/capture/kernel-bytes.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { pcapFile, type PcapOptions } from "../support/capture/pcap-writer.js";
import { esp, ethernet, ipv4, udp } from "../support/packet/index.js";

const NOON = 1_700_000_000_000_000;
const [HERE, THERE] = ["192.0.2.10", "198.51.100.20"];
const INBOUND = { source: "02:00:00:00:00:02", destination: "02:00:00:00:00:01" };
const OUTBOUND = { source: INBOUND.destination, destination: INBOUND.source };

function espFrame(sequence: number, out: boolean): Uint8Array {
  const [source, destination] = out ? [HERE, THERE] : [THERE, HERE];
  const payload = esp({ spi: out ? 0xa1 : 0xb1, sequence, payload: new Uint8Array(96).fill(0x5a) });
  return ethernet({
    payload: ipv4({ source, destination, protocol: 50, payload }),
    ...(out ? OUTBOUND : INBOUND),
  });
}

function clearFrame(source: string, destination: string, out: boolean): Uint8Array {
  const payload = udp({ sourcePort: 1000, destinationPort: 53, payload: new Uint8Array(20) });
  return ethernet({ payload: ipv4({ source, destination, payload }), ...(out ? OUTBOUND : INBOUND) });
}

/** Bursts of three ESP packets each way, what they hold shown in clear: behind them inbound, before them outbound. */
function capture(bursts: number, { tags = 0, ...options }: PcapOptions & { tags?: number } = {}): Uint8Array {
  const frames: { time: number; bytes: Uint8Array }[] = [];
  for (let burst = 0; burst < bursts; burst++) {
    const time = NOON + burst * 100_000;
    for (let index = 0; index < 3; index++) {
      const at = time + index * 300;
      frames.push({ time: at, bytes: espFrame(burst * 3 + index + 1, false) });
    }
    frames.push({ time: time + 1000, bytes: clearFrame("10.2.0.9", "10.1.0.7", false) });
    frames.push({ time: time + 50_000, bytes: clearFrame("10.1.0.7", "10.2.0.9", true) });
    for (let index = 0; index < 3; index++) {
      const at = time + 51_000 + index * 300;
      frames.push({ time: at, bytes: espFrame(burst * 3 + index + 1, true) });
    }
  }
  return pcapFile(
    frames.map((frame) => ({ ...frame, bytes: tagged(frame.bytes, tags) })),
    options,
  );
}

/** The frame with so many VLAN tags behind its addresses. */
function tagged(frame: Uint8Array, tags: number): Uint8Array {
  const tag = Array.from({ length: tags }, (_, index) => [0x81, 0, 0, index + 7]).flat();
  return Uint8Array.from([...frame.subarray(0, 12), ...tag, ...frame.subarray(12)]);
}

async function flowsOf(file: Uint8Array, chunk: number | null): Promise<readonly ClearFlow[]> {
  const kernel = chunk === null ? null : new EspKernel(4096);
  const reader = new CaptureReader(
    kernel === null ? new MemoryBytes(file) : new KernelBytes(kernel, file, chunk ?? 0),
  );
  const intake = new Intake(kernel === null ? {} : { kernel });
  for (;;) {
    if (kernel !== null) intake.skim(reader);
    if (reader.next()) intake.frame(reader.record);
    else if (!(await reader.fill())) return intake.finish().clearFlows;
  }
}

describe("packets in clear beside ESP", () => {
  it("are known as decrypted ones, or as ones that are encrypted next", async () => {
    const [inbound, outbound, ...more] = await flowsOf(capture(20), null);
    expect(inbound).toMatchObject({
      source: "10.2.0.9",
      packets: 20,
      mirrored: 20,
      relayed: 0,
      encrypted: 0,
      mirroredFrom: { source: THERE, destination: HERE },
      beside: [{ source: THERE, destination: HERE }],
    });
    expect(outbound).toMatchObject({
      source: "10.1.0.7",
      packets: 20,
      mirrored: 0,
      relayed: 0,
      encrypted: 20,
    });
    expect(more).toEqual([]);
  });

  it.each([
    ["little endian", {}],
    ["big endian, in nanoseconds", { littleEndian: false, nanoseconds: true }],
    ["in a VLAN", { tags: 1 }],
    ["in a VLAN of a provider", { tags: 2 }],
  ])("are told alike where the kernel counts the ESP around them, %s", async (_how, options) => {
    const file = capture(40, options);
    expect(await flowsOf(file, 1_000_000)).toEqual(await flowsOf(file, null));
  });

  it.each([0, 2])(
    "are told alike where a run of ESP ends with its piece of the file, %i tags",
    async (tags) => {
      const file = capture(40, { tags });
      const plain = await flowsOf(file, null);
      expect(plain).toMatchObject([{ mirrored: 40, relayed: 0 }, { encrypted: 40 }]);
      for (const piece of [700, 1500, 4000]) expect(await flowsOf(file, piece)).toEqual(plain);
    },
  );

  it("are told alike where a clock is set back behind ESP that the kernel counted", async () => {
    const hour = 3_600_000_000;
    const frames = Array.from({ length: 10 }, (_, index) => {
      // The kernel takes the first three, and the fourth is looked at: it comes an hour earlier.
      const at = NOON + index * 2 * hour;
      return [
        { time: at, bytes: espFrame(index * 4 + 1, false) },
        { time: at + 100, bytes: espFrame(index * 4 + 2, false) },
        { time: at + 200, bytes: espFrame(index * 4 + 3, false) },
        { time: at + 200 - hour, bytes: espFrame(index * 4 + 4, false) },
        { time: at + 300 - hour, bytes: clearFrame("10.2.0.9", "10.1.0.7", false) },
      ];
    }).flat();
    const plain = await flowsOf(pcapFile(frames), null);
    expect(plain).toMatchObject([{ packets: 10, mirrored: 10, relayed: 0 }]);
    expect(await flowsOf(pcapFile(frames), 1_000_000)).toEqual(plain);
  });

  it("are known by their times where a sniffer's queues write them out of order", async () => {
    const pair = (at: number): { time: number; bytes: Uint8Array }[] => [
      { time: at + 20, bytes: clearFrame("10.2.0.9", "10.1.0.7", false) },
      { time: at, bytes: espFrame(1 + at / 1e6 - NOON / 1e6, false) },
      { time: at + 50_040, bytes: espFrame(1 + at / 1e6 - NOON / 1e6, true) },
      { time: at + 50_000, bytes: clearFrame("10.1.0.7", "10.2.0.9", true) },
    ];
    const frames = Array.from({ length: 20 }, (_, index) => pair(NOON + index * 1_000_000)).flat();
    const [inbound, outbound] = await flowsOf(pcapFile(frames), null);
    expect(inbound).toMatchObject({ packets: 20, mirrored: 20, encrypted: 0 });
    expect(inbound?.mirroredFrom).toEqual({ source: THERE, destination: HERE });
    expect(outbound).toMatchObject({ packets: 20, mirrored: 0, encrypted: 20 });
  });

  it("are bounded in number", async () => {
    const frames = Array.from({ length: 5000 }, (_, index) => ({
      time: NOON + index,
      bytes: clearFrame(`10.${index >> 8}.${index & 255}.1`, "10.99.0.1", true),
    }));
    expect(await flowsOf(pcapFile(frames), null)).toHaveLength(4096);
  });
});
