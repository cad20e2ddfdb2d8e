import { hex32 } from "../../../bytes/hex.js";
import type { EspStream } from "../../../esp/stream.js";
import type { HostLine } from "../../../joint/joined.js";
import type { TunnelContext } from "../../context.js";
import { isCopied, LEAST_COPIES } from "../../facts/esp/esp-copies.js";
import { carrierOf, holdsCopies, momentOf, espDirectionsOf } from "../../facts/esp/esp-directions.js";
import { dumpLine } from "../../facts/host/lines.js";
import { SHORTEST_HOLE } from "../../facts/recording/recording-holes.js";
import { type RefusedRepeats, refusedRepeats } from "../../facts/esp/refused-repeats.js";
import { lastOf } from "../../facts/sides.js";
import type { Verdict } from "../../finding.js";
import { defineRule } from "../../rule.js";
import { joined, type Message, say } from "../../../texts/message.js";

/** ESP packets that come again with the same sequence number, in a capture that does not double packets itself. */
export const espDuplicate = defineRule({
  code: "esp-duplicate",
  severity: "warning",
  title: "ESP packets come twice",
  explanation:
    "The same sequence number comes again on the same SA. A sender never does that, so a device on the way copies packets; receivers drop the copies as replays, but links and logs carry them.",
  signature:
    "Sequence numbers of a stream that come again, three at least, with the same TTL, in a capture whose IKE has no copies. If nearly every packet is there twice, the capture made the copies. Or the receiver's kernel has accepted all sequence numbers and refused further packets as replays.",
  remedies: [
    "Look for a loop between switches or a bridge that floods, and for a redundancy protocol that sends on two links (PRP, bonding in broadcast mode).",
    "Check the counter of replays at the receiver (Linux: XfrmInStateSeqError in /proc/net/xfrm_stat): if it does not grow, the copies were made for the sniffer only.",
  ],
  commands: ["capture"],
  references: ["RFC 4303 section 3.4.3"],
  needs: ["all-packets"],
  onlyWith: ["esp"],
  atOnePlace: true,
  detect: (context) => {
    const streams = espDirectionsOf(context.tunnel).flatMap((direction) => direction.streams);
    const isDoubled =
      holdsCopies(context) || streams.some((stream) => isCopied(stream) || showsTwoViews(stream));
    const copied = isDoubled ? [] : streams.filter((stream) => !mayBeginAnew(stream));
    const [worst] = copied.toSorted((a, b) => b.duplicates - a.duplicates);
    if (worst === undefined || worst.duplicates === 0) return countedByReceiver(context, streams);
    const { source, destination, packets, duplicates, spi } = worst;
    const counted = refusedRepeats(context, [worst])[0];
    return {
      ...(duplicates < LEAST_COPIES ? { severity: "info" as const } : {}),
      confidence: counted === undefined ? "likely" : "certain",
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
      ...(counted === undefined
        ? {
            rivals: [
              {
                code: "capture-duplicates",
                separatedBy:
                  "the receiver's counter of replays (XfrmInStateSeqError in /proc/net/xfrm_stat): if it does not count them, the copies were made for the sniffer (mirror port)",
              },
            ],
          }
        : { lines: [refusedLine(counted)] }),
    };
  },
});

/** Copies that were made behind the capture, where the receiver's kernel counted them. */
function countedByReceiver(context: TunnelContext, streams: readonly EspStream[]): Verdict | null {
  const [worst] = refusedRepeats(context, streams).toSorted((a, b) => b.refused - a.refused);
  if (worst === undefined) return null;
  const { stream, host, refused, accepted } = worst;
  return {
    ...(refused < LEAST_COPIES ? { severity: "info" as const } : {}),
    confidence: "certain",
    provenance: "deduced",
    phase: "ESP",
    headline: say`${refused} ${carrierOf(stream)} packets from ${stream.source} to ${stream.destination} came twice to ${host}`,
    summary: joined(
      say`The state of SPI ${hex32(stream.spi)} on ${host} has accepted each sequence number from 1 to ${accepted} and refused ${refused} packets as replays: those are copies. `,
      stream.duplicates === 0
        ? "This capture shows each packet once, so they were copied between the capture and that host."
        : "",
    ),
    evidence: [lastOf(stream, "the last packet of this SA")],
    lines: [refusedLine(worst)],
  };
}

function refusedLine({ source, stream, accepted, refused }: RefusedRepeats): HostLine<Message> {
  return dumpLine(
    source,
    say`state ${hex32(stream.spi)}: ${accepted} packets accepted, the newest has number ${accepted}, ${refused} refused as replays`,
  );
}

/** Numbers that come again right behind the longest pause: the counter may have begun anew in it, unseen. */
function mayBeginAnew({ gapFrom, gapTo, order }: EspStream): boolean {
  return order.firstDuplicate?.time === gapTo && gapTo - gapFrom >= SHORTEST_HOLE;
}

/** The same packets before and after a router. */
function showsTwoViews({ duplicates, outer }: EspStream): boolean {
  return duplicates > 0 && outer.lowestTtl !== outer.highestTtl;
}
