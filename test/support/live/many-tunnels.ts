import { readFileSync, writeFileSync } from "node:fs";
import { readBytes } from "../capture/read-all.js";
import { concatenated, pcapHeader, pcapRecord } from "../capture/pcap-writer.js";
import { relocate } from "../relocate.js";

const IKE_PORTS: ReadonlySet<number> = new Set([500, 4500]);
/** IKE_SA_INIT and IKE_AUTH, asked and answered. */
const SETUP = 4;

/** Writes a capture of so many tunnels that come up one after the other, each the setup of a capture of the lab. */
export async function writeSetups(path: string, original: string, count: number): Promise<number> {
  const { records } = await readBytes(readFileSync(original));
  const setup = records.filter(({ bytes }) => isIke(bytes)).slice(0, SETUP);
  const packets = Array.from({ length: count }, (_, number) =>
    setup.flatMap((frame) => relocate(frame, number + 1, number * 10) ?? []),
  ).flat();
  writeFileSync(path, concatenated([pcapHeader(), ...packets.map((packet) => pcapRecord(packet))]));
  return packets.length;
}

/** UDP over IPv4 over Ethernet, to a port of IKE. */
function isIke(bytes: Uint8Array): boolean {
  return bytes[12] === 8 && bytes[13] === 0 && bytes[23] === 17 && IKE_PORTS.has(((bytes[36] ?? 0) << 8) | (bytes[37] ?? 0));
}
