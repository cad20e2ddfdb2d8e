import { hex32 } from "../../../bytes/hex.js";
import type { EspStream } from "../../../esp/stream.js";
import { isCopied, LEAST_COPIES } from "../../facts/esp-copies.js";
import { carrierOf, holdsCopies, momentOf, waysOf } from "../../facts/esp-ways.js";
import { lastOf } from "../../facts/sides.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** ESP packets that come again with the same sequence number, in a capture that does not double packets itself. */
export const espDuplicate = defineRule({
  code: "esp-duplicate",
  severity: "warning",
  title: "ESP packets come twice",
  explanation:
    "The same sequence number comes again on the same SA. A sender never does that, so a device on the way copies packets; receivers drop the copies as replays, but links and logs carry them.",
  signature:
    "Sequence numbers of a stream that come again, three at least, with the same TTL, in a capture whose IKE has no copies. If nearly every packet is there twice, the capture made the copies.",
  remedies: [
    "Look for a loop between switches or a bridge that floods, and for a redundancy protocol that sends on two links (PRP, bonding in broadcast mode).",
    "Check the counter of replays at the receiver (Linux: XfrmInStateSeqError in /proc/net/xfrm_stat): if it does not grow, the copies were made for the sniffer only.",
  ],
  commands: ["capture"],
  references: ["RFC 4303 section 3.4.3"],
  needs: ["all-packets"],
  onlyWith: ["esp"],
  detect: (context) => {
    if (holdsCopies(context)) return null;
    const streams = waysOf(context.tunnel).flatMap((way) => way.streams);
    if (streams.some((stream) => isCopied(stream) || showsTwoViews(stream))) return null;
    const [worst] = streams.toSorted((a, b) => b.duplicates - a.duplicates);
    if (worst === undefined || worst.duplicates === 0) return null;
    const { source, destination, packets, duplicates, spi } = worst;
    return {
      ...(duplicates < LEAST_COPIES ? { severity: "info" as const } : {}),
      confidence: "likely",
      provenance: "deduced",
      phase: "ESP",
      headline: say`${duplicates} of ${packets} ${carrierOf(worst)} packets from ${source} to ${destination} came twice`,
      summary: joined(
        say`Of ${packets} ${carrierOf(worst)} packets from ${source} to ${destination} (SPI ${hex32(spi)}) ${duplicates} have a sequence number that was there before. `,
        "A sender never uses a number twice, so something on the way sent them again; the receiver drops them as replays and counts them.",
      ),
      evidence: [
        ...momentOf(worst.order.firstDuplicate, "the first packet whose sequence number was there before"),
        lastOf(worst, say`by here ${duplicates} came twice`),
      ],
      rivals: [
        {
          code: "capture-duplicates",
          separatedBy:
            "the receiver's counter of replays (XfrmInStateSeqError in /proc/net/xfrm_stat): if it does not count them, the copies were made for the sniffer (mirror port)",
        },
      ],
    };
  },
});

/** The same packets before and after a router. */
function showsTwoViews({ duplicates, outer }: EspStream): boolean {
  return duplicates > 0 && outer.lowestTtl !== outer.highestTtl;
}
