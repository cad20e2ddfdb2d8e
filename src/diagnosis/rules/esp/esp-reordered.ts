import { hex32 } from "../../../bytes/hex.js";
import { type EspStream, REPLAY_WINDOWS } from "../../../esp/stream.js";
import { distinctPackets } from "../../../session/esp/esp-sas.js";
import type { Tunnel } from "../../../session/model.js";
import type { CaptureContext } from "../../context.js";
import { flowsByEnds } from "../../facts/esp/clear-flows.js";
import { carrierOf, isMerged, momentOf, sumOf, espDirectionsOf } from "../../facts/esp/esp-directions.js";
import { lastOf } from "../../facts/sides.js";
import { isCopied } from "../../facts/esp/esp-copies.js";
import { defineRule } from "../../rule.js";
import { joined, listed, type Message, say } from "../../../texts/message.js";

/** Packets that a receiver with a window of 32 would have dropped: fewer are chance. */
const DROPPED = 3;

/** ESP packets that come behind later ones, and what receivers with a given anti-replay window make of them. */
export const espReordered = defineRule({
  code: "esp-reordered",
  severity: "warning",
  title: "ESP packets come out of order",
  explanation:
    "Packets change their order on the way. A receiver keeps only so many sequence numbers below the highest (its anti-replay window); a packet with a lower number is dropped as a replay, though it is genuine.",
  signature:
    "Packets that come after a higher sequence number and were not seen before; a warning if a window of 32 would have dropped three or more and the capturing host does not show them decrypted. Not said of files that overlap in time.",
  remedies: [
    "Enlarge the anti-replay window at the receiver to the number in the finding.",
    "If queues by class put packets of one SA out of order: one SA for each class, or the same class for all packets of the tunnel.",
    "If several links or processors do it: keep one tunnel on one path (hash by addresses and SPI).",
  ],
  commands: ["replayWindow", "status"],
  references: ["RFC 4303 section 3.4.3"],
  needs: ["all-packets"],
  onlyWith: ["esp"],
  atOnePlace: true,
  detect: ({ tunnel, capture }) => {
    // Packets that merging or a stepping clock put out of order say nothing about the path.
    if (isMerged(capture.files)) return null;
    const streams = espDirectionsOf(tunnel)
      .flatMap((direction) => direction.streams)
      .filter((stream) => stream.reordered > 0 && !mayBeCopies(stream));
    const [worst] = streams.toSorted((a, b) => dropsAt(b, 0) - dropsAt(a, 0) || b.reordered - a.reordered);
    if (worst === undefined) return null;
    const { source, destination, packets, reordered, spi, order, outer } = worst;
    const isTaken = areDecrypted(tunnel, capture, worst);
    const isFault = dropsAt(worst, 0) >= DROPPED && !isTaken;
    const late = reordered === 1 ? "1 packet came late" : say`${reordered} packets came late`;
    return {
      ...(isFault ? {} : { severity: "info" as const }),
      // A sniffer that stamps with a later time what it writes before puts packets out of order itself.
      confidence: capture.files.some(({ stepBack }) => stepBack !== null) ? "possible" : "certain",
      provenance: "observed",
      phase: "ESP",
      headline: isFault
        ? say`${late} of ${packets} ${carrierOf(worst)} packets from ${source} to ${destination}, up to ${order.deepest} behind: ${windowText(worst)}`
        : say`${late} of ${packets} ${carrierOf(worst)} packets from ${source} to ${destination}, up to ${order.deepest} behind`,
      summary: joined(
        say`Of ${packets} ${carrierOf(worst)} packets from ${source} to ${destination} (SPI ${hex32(spi)}) ${late}, up to ${order.deepest} behind the highest sequence number. `,
        say`${windowText(worst, "An")}. `,
        isTaken && dropsAt(worst, 0) > 0
          ? "The capturing host shows them decrypted as well, so its window took them. "
          : "",
        outer.dscps.length > 1
          ? say`The packets carry ${outer.dscps.length} different DSCP values (${outer.dscps.join(", ")}), so queues that favour some of them may be what puts them out of order.`
          : "All carry the same DSCP value, so rather several paths or several processors than queues by class.",
      ),
      evidence: [
        ...momentOf(order.firstReordered, "the first packet that comes after a later one"),
        lastOf(worst, say`by here ${reordered} came late`),
      ],
      rivals: [
        {
          code: "capture-duplicates",
          separatedBy:
            "a capture on one interface with one queue: sniffers that read several queues or interfaces put packets out of order themselves",
        },
      ],
    };
  },
});

/** Whether the capturing host shows in clear what it decrypted of that direction, the late packets with the others. */
function areDecrypted(tunnel: Tunnel, capture: CaptureContext, { source, destination }: EspStream): boolean {
  const flows = flowsByEnds(capture.clearFlows)
    .mirrorsOf(tunnel.addresses)
    .filter(
      ({ mirroredFrom }) => mirroredFrom?.source === source && mirroredFrom.destination === destination,
    );
  const sent = tunnel.streams.filter(
    (stream) => stream.source === source && stream.destination === destination,
  );
  // A capture that shows each packet several times shows what is decrypted as often.
  const copies = sumOf(sent, ({ packets }) => packets) / Math.max(1, sumOf(sent, distinctPackets));
  const decrypted = sumOf(flows, ({ mirrored }) => mirrored) / copies;
  return flows.length > 0 && sumOf(sent, distinctPackets) - decrypted < DROPPED;
}

/** In a capture that doubles packets and loses some, what comes late may be the copy of one that it lost. */
function mayBeCopies(stream: EspStream): boolean {
  const { packets, duplicates, reordered } = stream;
  return isCopied(stream) && reordered <= packets - 2 * duplicates;
}

function dropsAt({ order }: EspStream, window: number): number {
  return order.replayDrops[window] ?? 0;
}

/** "an anti-replay window of 32 drops 12 of them, 64 drops 3, 128 none". */
function windowText(stream: EspStream, an: "an" | "An" = "an"): Message {
  const enough = REPLAY_WINDOWS.findIndex((_, index) => dropsAt(stream, index) === 0);
  if (enough === 0) return say`${an} anti-replay window of 32 takes them all`;
  const small = REPLAY_WINDOWS.slice(0, enough < 0 ? undefined : enough).map((window, index) =>
    index === 0
      ? say`${an} anti-replay window of ${window} drops ${dropsAt(stream, index)}`
      : say`${window} drops ${dropsAt(stream, index)}`,
  );
  const fits = enough < 0 ? "and no window up to 4096 takes all" : say`${REPLAY_WINDOWS[enough] ?? 0} none`;
  return listed([...small, fits], "clauses");
}
