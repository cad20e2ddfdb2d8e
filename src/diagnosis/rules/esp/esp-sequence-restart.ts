import { hex32 } from "../../../bytes/hex.js";
import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import { childSaCreations } from "../../../session/esp/child-sa-creations.js";
import type { TunnelContext } from "../../context.js";
import {
  carrierOf,
  isMerged,
  momentOf,
  packetsAfter,
  espDirectionsOf,
} from "../../facts/esp/esp-directions.js";
import { firstOf, lastOf } from "../../facts/sides.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** Answers on the way when the numbers fell still arrive within this time. */
const UNDER_WAY: Micros = 2_000_000;
/** Packets behind the restart: one alone may be a stray. */
const RESTARTED_PACKETS = 3;
/** Numbers of a stream that a recording of another place may repeat as a whole, behind its end. */
const SHORT_STREAM_NUMBERS = 64;

/** The sequence numbers of one SPI fall back to the beginning and go on from there. */
export const espSequenceRestart = defineRule({
  code: "esp-sequence-restart",
  severity: "critical",
  title: "The sequence numbers of an SA begin anew",
  explanation:
    "A sender counts up for the whole life of an SA. Here the numbers fall back to the bottom on the same SPI; a receiver that checks for replays drops all packets until they pass the old number.",
  signature:
    "Three packets in a row with low sequence numbers, far below the highest of the same SPI, and no exchange in between that could have made a new SA. A warning if the other side goes on answering.",
  remedies: [
    "In a cluster: synchronise the counters between the nodes, or set up the SAs anew after a fail-over.",
    "Set the tunnel up anew: new SAs begin at 1 with a new SPI.",
    "With manual keys: do not load the same SA again after a restart.",
  ],
  commands: ["restart"],
  references: ["RFC 4303 section 3.3.3", "RFC 6311"],
  needs: ["all-packets"],
  onlyWith: ["esp"],
  atOnePlace: true,
  detect: (context) => {
    const files = context.capture.files.filter(({ firstTime }) => firstTime !== null);
    if (isMerged(files) || files.length > 1) return null;
    const found = espDirectionsOf(context.tunnel)
      .flatMap((direction) => direction.streams)
      .flatMap((stream) => restartOf(context, stream));
    const [first] = found;
    if (first === undefined || isSecondRecording(found)) return null;
    const { stream, at } = first;
    const { source, destination, spi, order } = stream;
    const taken = isAnsweredAfter(context, stream, at.time + UNDER_WAY);
    return {
      ...(taken ? { severity: "warning" as const } : {}),
      confidence: "likely",
      provenance: "observed",
      phase: "ESP",
      headline: joined(
        say`sequence numbers of SPI ${hex32(spi)} from ${source} fall from ${order.restartedFrom} to the beginning`,
        taken ? "" : ", and nothing answers any more",
      ),
      summary: joined(
        say`${carrierOf(stream)} from ${source} to ${destination} on SPI ${hex32(spi)} had reached sequence number ${order.restartedFrom}, then began anew at the bottom${order.restarts > 1 ? say` (${order.restarts} times)` : ""}. `,
        "No sender may use numbers twice on one SA (RFC 4303 section 3.3.3); it has forgotten how far it was, as after a fail-over without synchronised counters. ",
        taken
          ? "The other side still answers, so it does not check for replays, or it has new SAs too."
          : "A receiver with anti-replay drops all that comes until the old number is passed.",
      ),
      evidence: [
        firstOf(stream, say`first packet of the SPI that was seen, sequence number ${stream.firstSequence}`),
        ...momentOf(at, say`the numbers begin anew, after ${order.restartedFrom}`),
        lastOf(stream, say`the last one has ${stream.lastSequence}`),
      ],
      rivals: [
        {
          code: "peer-restarted",
          separatedBy: say`the log of ${source}: a fail-over or a restart with manual keys; or a new SA that got the same SPI by chance`,
        },
      ],
    };
  },
});

function restartOf({ tunnel }: TunnelContext, stream: EspStream) {
  const { restartedAt, restarts } = stream.order;
  if (restarts === 0 || restartedAt === null || packetsAfter(stream, restartedAt.time) < RESTARTED_PACKETS)
    return [];
  // A Child SA made in between may have got the same SPI: some count their SPIs up.
  const isNew = childSaCreations(tunnel.ikeSas).some(
    ({ time }) => time <= restartedAt.time && time > stream.firstTime,
  );
  return isNew ? [] : [{ stream, at: restartedAt }];
}

/** Short streams of both directions that come again: one file of two recordings whose clocks differ. */
function isSecondRecording(found: readonly { readonly stream: EspStream }[]): boolean {
  const isShort = found.every(({ stream }) => stream.order.restartedFrom <= SHORT_STREAM_NUMBERS);
  return isShort && new Set(found.map(({ stream }) => stream.source)).size > 1;
}

function isAnsweredAfter({ tunnel }: TunnelContext, { spi, source }: EspStream, time: Micros): boolean {
  return tunnel.streams.some(
    (other) =>
      other.source !== source && other.answers.some((count) => count.spi === spi && count.lastTime > time),
  );
}
