import { readFileSync, writeFileSync } from "node:fs";
import { u16At } from "../../../src/bytes/reader.js";
import { concatenated, pcapHeader, pcapRecord } from "../capture/pcap-writer.js";
import { readBytes } from "../capture/read-all.js";
import { relocate } from "../relocate.js";

/** Where the lab's frames (Ethernet, IPv4 without options) have their types and ports. */
const AT = { etherType: 12, protocol: 23, destination: 36 } as const;
const IPV4 = 0x0800;
const UDP = 17;
const IKE_PORTS: ReadonlySet<number> = new Set([500, 4500]);
/** IKE_SA_INIT and IKE_AUTH, asked and answered. */
const MESSAGES = 4;

/** Writes a capture in which so many tunnels come up, each as in the setup that a capture of the lab begins with. */
export async function writeSetups(path: string, original: string, count: number): Promise<void> {
  const { records } = await readBytes(readFileSync(original));
  const setup = records.filter(({ bytes }) => isIke(bytes)).slice(0, MESSAGES);
  const frames = Array.from({ length: count }, (_, number) =>
    setup.flatMap((frame) => relocate(frame, number + 1, number) ?? []),
  ).flat();
  writeFileSync(path, concatenated([pcapHeader(), ...frames.map((frame) => pcapRecord(frame))]));
}

function isIke(bytes: Uint8Array): boolean {
  return (
    u16At(bytes, AT.etherType) === IPV4 &&
    bytes[AT.protocol] === UDP &&
    IKE_PORTS.has(u16At(bytes, AT.destination))
  );
}
