import { PcapngWriter } from "../capture/pcapng-writer.js";
import type { FieldFrame } from "./frame.js";

/** The pcapng files that the frames name, in their order, each with an interface for every one that they name. */
export function fieldFiles(frames: readonly FieldFrame[]): readonly Uint8Array[] {
  const numbers = new Set(frames.map(({ file = 0 }) => file));
  if (numbers.size < 2) return [fileOf(frames)];
  return [...numbers]
    .toSorted((a, b) => a - b)
    .map((number) => fileOf(frames.filter(({ file = 0 }) => file === number)));
}

function fileOf(frames: readonly FieldFrame[]): Uint8Array {
  const file = new PcapngWriter().section();
  const interfaces = Math.max(0, ...frames.map((frame) => frame.interface));
  for (let number = 0; number <= interfaces; number++) {
    const linkType = frames.find((frame) => frame.interface === number)?.linkType ?? 1;
    file.interface({ linkType });
  }
  for (const frame of frames) file.packet(frame, { interface: frame.interface });
  return file.build();
}
