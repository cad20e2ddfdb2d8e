import { pcapFile, type PcapOptions } from "../capture/pcap-writer.js";
import { PcapngWriter } from "../capture/pcapng-writer.js";
import type { FieldFrame } from "./frame.js";

/** A pcapng file with an interface for each that the frames name. */
export function fieldFile(frames: readonly FieldFrame[]): Uint8Array {
  const file = new PcapngWriter().section();
  const interfaces = Math.max(0, ...frames.map((frame) => frame.interface));
  for (let number = 0; number <= interfaces; number++) {
    const linkType = frames.find((frame) => frame.interface === number)?.linkType ?? 1;
    file.interface({ linkType });
  }
  for (const frame of frames) file.packet(frame, { interface: frame.interface });
  return file.build();
}

/** The files that the frames name, in their order. */
export function fieldFiles(frames: readonly FieldFrame[]): readonly Uint8Array[] {
  const numbers = new Set(frames.map(({ file = 0 }) => file));
  if (numbers.size < 2) return [fieldFile(frames)];
  return [...numbers]
    .toSorted((a, b) => a - b)
    .map((number) => fieldFile(frames.filter(({ file = 0 }) => file === number)));
}

/** A pcap file, of frames of one link type. */
export function fieldPcap(frames: readonly FieldFrame[], options: PcapOptions = {}): Uint8Array {
  return pcapFile(frames, { network: frames[0]?.linkType ?? 1, ...options });
}
