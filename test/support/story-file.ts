import { PcapngWriter } from "../../src/capture/pcapng-writer.js";
import { DIRECTION } from "../../src/capture/source.js";
import { concatenated } from "./capture/pcap-writer.js";
import { type Scenario, STORY_BEGINS } from "./scenario/index.js";

/** A story as the capture file that it would be. */
export function storyFile({ frames }: Scenario): Uint8Array {
  const writer = new PcapngWriter();
  const linkTypes = [...new Set(frames.map(({ linkType }) => linkType))];
  return concatenated([
    writer.section("a story", []),
    ...linkTypes.map((linkType) => writer.interface({ linkType, description: "", nanoseconds: false })),
    ...frames
      .toSorted((a, b) => a.time - b.time)
      .map(({ time, bytes, linkType }) =>
        writer.frame({
          interface: linkTypes.indexOf(linkType),
          time: STORY_BEGINS + Math.round(time * 1e6),
          nanos: 0,
          bytes,
          originalLength: bytes.length,
          direction: DIRECTION.unknown,
          comments: [],
        }),
      ),
  ]);
}
