import { PcapngWriter } from "../capture/pcapng-writer.js";
import { type Keeps, type Scenario, STORY_BEGINS } from "./scenario.js";

/** How a story is written to a capture file, where not whole and without a word about itself. */
export interface Recording {
  readonly keeps?: Keeps;
  /** Bytes of a frame that are kept. */
  readonly snapLength?: number;
  /** Packets that the file itself says were dropped. */
  readonly dropped?: number;
  /** The file lacks so many bytes at its end. */
  readonly lacks?: number;
}

/** A pcapng file of what was told. */
export function captureFile(talk: Scenario, recording: Recording = {}): Uint8Array {
  const frames = talk.captured(recording.keeps);
  const linkTypes = [...new Set(frames.map(({ linkType }) => linkType))];
  const file = new PcapngWriter().section();
  for (const linkType of linkTypes) file.interface({ linkType, snapLength: recording.snapLength ?? 0 });
  if (linkTypes.length === 0) file.interface();
  for (const { time, bytes, linkType } of frames) {
    file.packet(
      {
        time: STORY_BEGINS + Math.round(time * 1_000_000),
        bytes: bytes.slice(0, recording.snapLength),
        originalLength: bytes.length,
      },
      { interface: linkTypes.indexOf(linkType) },
    );
  }
  if (recording.dropped !== undefined) file.statistics({ osDrop: recording.dropped });
  const bytes = file.build();
  return bytes.subarray(0, bytes.length - (recording.lacks ?? 0));
}
