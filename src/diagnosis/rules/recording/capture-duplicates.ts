import type { Tunnel } from "../../../session/model.js";
import type { Vantage } from "../../../session/vantage.js";
import type { TunnelContext } from "../../context.js";
import { momentOf } from "../../facts/esp/esp-directions.js";
import type { Verdict } from "../../finding.js";
import { isCopied } from "../../facts/esp/esp-copies.js";
import { holeText } from "../../places/hole-text.js";
import { defineRule } from "../../rule.js";
import { joined, type Message, say } from "../../../texts/message.js";

/** The same IKE packets more than once within moments: a mirror port, several interfaces, both sides of a NAT device. */
export const captureDuplicates = defineRule({
  code: "capture-duplicates",
  severity: "info",
  title: "Packets were captured more than once",
  explanation:
    "The same packets were seen several times (mirror port, capture on all interfaces). Copies were removed.",
  signature: "The same IKE packet comes again within a tenth of a second with the same IP identification.",
  remedies: ["Capture on one interface only if exact counts matter."],
  references: [],
  detect: (context) => {
    const verdict = ofIke(context) ?? ofEsp(context);
    return verdict && { ...verdict, summary: joined(holeText(context), verdict.summary) };
  },
});

/** Nearly all ESP packets of a direction are there twice: no device on the way repeats them all. */
function ofEsp({ tunnel, capture }: TunnelContext): Verdict | null {
  const stream = tunnel.streams.find(isCopied);
  if (stream === undefined) return null;
  const { source, destination, packets, duplicates, order } = stream;
  return {
    confidence: "likely",
    provenance: "deduced",
    phase: null,
    headline: say`ESP packets from ${source} to ${destination} were captured more than once`,
    summary:
      capture.places.length > 1
        ? say`${duplicates} ESP packets from ${source} to ${destination} are in captures of several places: the table counts each of them once, and they are no replays.`
        : say`${duplicates} of ${packets} ESP packets from ${source} to ${destination} have a sequence number that was there before: nearly every packet is here twice. They are copies that the capture made (a mirror port, several interfaces), not replays.`,
    evidence: momentOf(order.firstDuplicate, "copy of an earlier packet"),
  };
}

function ofIke({ tunnel, vantage, capture }: TunnelContext): Verdict | null {
  const { count, copies } = tunnel.duplicates;
  if (count < 2) return null;
  return {
    confidence: "likely",
    provenance: "deduced",
    phase: null,
    headline: say`${count} IKE packets were captured more than once`,
    summary: summaryOf(tunnel, vantage, capture.places.length > 1),
    evidence: copies.slice(0, 3).map(({ frame, time }) => ({
      frame,
      time,
      nanos: 0,
      text: "copy of an earlier packet",
    })),
  };
}

/** Why they are there more than once. */
function summaryOf(
  { duplicates: { count, routed }, aliases }: Tunnel,
  { place }: Vantage,
  isCompared: boolean,
): Message {
  if (place === "both-ends") {
    return say`${count} IKE packets are in the captures of both ends, and were judged once; ESP packets that both ends have are counted once in the table, or once for each address.`;
  }
  if (aliases.some(({ kind }) => kind === "nat-view")) {
    return say`${count} IKE packets appear twice with different addresses: the capture was taken on the device that translates them. The second view was left out of the judgement.`;
  }
  return routed
    ? joined(
        say`${count} IKE packets appear twice with different TTLs: before and after a router, as on all of its interfaces, or because captures from two places were joined. Each was judged once; `,
        isCompared
          ? "ESP packets seen on both sides are counted once in the table."
          : 'ESP packets seen on both sides stand as "dup" in the table.',
      )
    : say`${count} IKE packets appear again, byte for byte and with the same IP identification. They are copies that the capture made, not retransmissions; they were left out of the judgement.`;
}
