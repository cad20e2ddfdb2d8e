import { hex32 } from "../../bytes/hex.js";
import type { TunnelRule } from "../context.js";
import { momentOf, waysOf } from "../esp-ways.js";

/** Random bytes look like an IP header with right length and checksum once in some billions; two do not. */
const READABLE = 2;
const SHARE = 0.8;

/** What ESP should encrypt stands there in clear. */
export const espNull: TunnelRule = ({ tunnel }) => {
  const streams = waysOf(tunnel)
    .flatMap((way) => way.streams)
    .filter(({ plain }) => plain.readable >= READABLE && plain.readable >= plain.sampled * SHARE);
  const [first] = streams;
  if (first === undefined) return null;
  const { source, destination, encapsulation } = first;
  const ways = new Set(streams.map((stream) => stream.source)).size;
  return {
    code: "esp-null",
    confidence: "certain",
    provenance: "observed",
    phase: "ESP",
    headline: `ESP between ${source} and ${destination} is not encrypted: the packets inside can be read`,
    summary:
      `Behind the ESP header (${encapsulation === "udp" ? "in UDP, " : ""}SPI ${hex32(first.spi)}) stands an IP packet in clear, with the right length and checksum, in ${first.plain.readable} of the ${first.plain.sampled} packets that were looked into${ways > 1 ? ", in both directions" : ""}. ` +
      "The Child SA uses NULL encryption: packets are authenticated perhaps, but anybody on the way can read them.",
    evidence: streams
      .slice(0, 3)
      .flatMap((stream) =>
        momentOf(
          stream.plain.firstReadable,
          `an IP packet in clear behind the ESP header, SPI ${hex32(stream.spi)}`,
        ),
      ),
  };
};
