import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCaptures } from "../../../src/capture/node/open.js";
import { analyze, type Analysis } from "../../../src/index.js";
import { PCAPS } from "../../score/truth.js";
import { pcapFile } from "./pcap-writer.js";
import { readAll, type ReadRecord } from "./read-all.js";

/** What a sniffer makes of the packets of its place: another clock, a filter, a part of the time. */
export type Sniffer = (packets: readonly ReadRecord[]) => readonly ReadRecord[];

/** The packets of labelled captures, one list a file. */
export function packetsOf(files: readonly string[]): Promise<ReadRecord[][]> {
  return Promise.all(
    files.map(async (file) => {
      const { records } = await readAll(await openCaptures([fileURLToPath(new URL(file, PCAPS))]));
      return [...records];
    }),
  );
}

/** Judges the packets of several places as the command does with a file of each. */
export async function judgePlaces(places: readonly (readonly ReadRecord[])[]): Promise<Analysis> {
  const folder = mkdtempSync(join(tmpdir(), "ikescope-places-"));
  try {
    const files = places.map((packets, index) => {
      const file = join(folder, `place-${index + 1}.pcap`);
      writeFileSync(file, pcapFile(packets, { nanoseconds: true, network: packets[0]?.linkType ?? 1 }));
      return file;
    });
    return await analyze(await openCaptures(files), {
      reopen: (only, clocks) => openCaptures(files, { clocks, ...(only === null ? {} : { only }) }),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A clock that shows so many seconds too much. */
export function clock(seconds: number): Sniffer {
  return (packets) => packets.map((packet) => ({ ...packet, time: packet.time + seconds * 1e6 }));
}

/** The share of the capture's time between two points, 0 to 1. */
export function during(from: number, to: number): Sniffer {
  return (packets) => {
    const [first, last] = [packets[0]?.time ?? 0, packets.at(-1)?.time ?? 0];
    const at = (share: number): number => first + (last - first) * share;
    return packets.filter(({ time }) => time >= at(from) && time <= at(to));
  };
}

/** What a filter of addresses or ports lets through, by the ports of UDP over IPv4 in Ethernet; null for anything else. */
export function filtered(keeps: (ports: readonly [number, number] | null) => boolean): Sniffer {
  return (packets) => packets.filter(({ bytes }) => keeps(udpPorts(bytes)));
}

function udpPorts(bytes: Uint8Array): readonly [number, number] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 42 || view.getUint16(12) !== 0x0800 || view.getUint8(23) !== 17) return null;
  const udp = 14 + (view.getUint8(14) & 15) * 4;
  return [view.getUint16(udp), view.getUint16(udp + 2)];
}
