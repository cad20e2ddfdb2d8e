import { hex32 } from "../../../bytes/hex.js";
import { momentOf, espDirectionsOf } from "../../facts/esp/esp-directions.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/**
 * Ciphertext looks like an IPv4 or a transport mode packet once in 2^27, like an IPv6 packet once in some 100,000: two of
 * a stream do not, and four of five of eight even less.
 */
const READABLE = 2;
const SHARE = 0.8;

/** The payload that ESP should encrypt stands there in clear. */
export const espNull = defineRule({
  code: "esp-null",
  severity: "warning",
  title: "ESP without encryption",
  explanation:
    "The Child SA uses NULL encryption: it proves who sent a packet, perhaps, but everyone on the way can read it.",
  signature:
    "Behind the ESP header stands an IP packet of the right length and checksum, in four of five of the packets that were looked into, two at least. In transport mode: UDP, TCP, ICMP echo or GRE whose header fits, with their number and right padding before the ICV.",
  remedies: ["If that is not wanted: take NULL out of the ESP proposals at both ends."],
  commands: ["child"],
  references: ["RFC 2410"],
  onlyWith: ["esp"],
  detect: ({ tunnel }) => {
    const streams = espDirectionsOf(tunnel)
      .flatMap((direction) => direction.streams)
      .filter(({ plain }) => plain.readable >= READABLE && plain.readable >= plain.sampled * SHARE);
    const [first] = streams;
    if (first === undefined) return null;
    const { source, destination, encapsulation, plain } = first;
    const inTransport = plain.inTransport > plain.readable / 2;
    const content = inTransport ? "the content of a packet in transport mode" : "an IP packet";
    const sign = inTransport
      ? "its next header and padding where the trailer belongs, and a header of that kind that fits"
      : "with the right length and checksum";
    const directions = new Set(streams.map((stream) => stream.source)).size;
    return {
      confidence: "certain",
      provenance: "observed",
      phase: "ESP",
      headline: say`ESP between ${source} and ${destination} is not encrypted: the packets inside can be read`,
      summary: joined(
        say`Behind the ESP header (${encapsulation === "udp" ? "in UDP, " : ""}SPI ${hex32(first.spi)}) stands ${content} in clear, ${sign}, in ${plain.readable} of the ${plain.sampled} packets that were looked into${directions > 1 ? ", in both directions" : ""}. `,
        "The Child SA uses NULL encryption: packets are authenticated perhaps, but anybody on the way can read them.",
      ),
      evidence: streams
        .slice(0, 3)
        .flatMap((stream) =>
          momentOf(
            stream.plain.firstReadable,
            say`content in clear after the ESP header, SPI ${hex32(stream.spi)}`,
          ),
        ),
    };
  },
});
