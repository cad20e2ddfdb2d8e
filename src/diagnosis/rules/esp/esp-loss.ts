import { isNear, sideOf } from "../../facts/side.js";
import type { Rival, Verdict } from "../../finding.js";
import { hex32 } from "../../../bytes/hex.js";
import type { EspStream } from "../../../esp/stream.js";
import type { TunnelContext } from "../../context.js";
import { type Loss, lossesOf } from "../../facts/esp/esp-losses.js";
import {
  carrierOf,
  holdsCopies,
  momentOf,
  sumOf,
  type EspDirection,
} from "../../facts/esp/esp-directions.js";
import { lacksFileBefore } from "../../facts/recording/missing-files.js";
import { isHoleOfRecording } from "../../facts/recording/recording-holes.js";
import { missedShare } from "../../facts/recording/recording-losses.js";
import { lastOf } from "../../facts/sides.js";
import { timeOfDayOf } from "../../moments.js";
import { defineRule } from "../../rule.js";
import { type Message, joined, say } from "../../../texts/message.js";

/** So many packets, and this share, are a fault; less is everyday and told as information. */
const WARNING = { lost: 5, share: 0.01 } as const;
/** More than this share on a tunnel that is in use is rather a capture that holds a part of the packets. */
const IMPLAUSIBLE = { share: 0.2, packets: 200 } as const;
/** The sniffer loses so many of what is known to have passed, compared with what is missing. */
const ALIKE = 0.5;
/** The share of the time of a direction at its beginning and its end within which gaps lie throughout it. */
const EDGE_SHARE = 0.1;

/** Sequence numbers that never come: packets that were sent and are not here. */
export const espLoss = defineRule({
  code: "esp-loss",
  severity: "warning",
  title: "ESP packets are lost",
  explanation:
    "Each ESP packet carries a number that grows by one. Numbers that never come are packets that were sent and lost before this place. TCP in the tunnel slows down with a loss of one in a hundred, speech suffers with less.",
  signature:
    "Sequence numbers of a direction that are never seen, five and one in a hundred at least; fewer, or near the sender, as information. Not said if the capture says that it dropped packets itself or one of its files is missing, nor of a counter that jumps ahead or of a pause between two files.",
  remedies: [
    "Find where: capture at both ends at the same time and compare the missing numbers, or ping along the path outside the tunnel with packets of the same size.",
    "Look for a policer, a full link, or a CPU at its limit: loss that grows with the load.",
    "If only large packets are missing, it is the size: lower the MSS of what goes into the tunnel.",
    "Let the sniffer prove that it did not lose them itself: a larger buffer, its count of dropped packets at the end.",
  ],
  commands: ["load", "capture", "mss"],
  references: ["RFC 4303 section 3.4.3"],
  needs: ["all-packets"],
  onlyWith: ["esp"],
  detect: (context) => {
    const { files } = context.capture;
    const isPartial = files.some((file) => (file.dropped ?? 0) > 0 || lacksFileBefore(file));
    if (isPartial || (files.length > 1 && holdsCopies(context))) return null;
    const isPause = (): boolean => files.length > 1;
    const onPath = lossesOf(context, (stream) => isPause() || isHoleOfRecording(stream, context.tunnel));
    const losses = onPath.length > 0 ? onPath : lossesOf(context, isPause);
    const [worst] = losses;
    if (worst === undefined) return null;
    const { direction, lost, share, gaps, stream } = worst;
    const { source, destination, packets } = direction;
    const recording = recordingOf(context, worst, losses, onPath.length === 0);
    const late = lateAtEnds(direction);
    const isProven = lost - late >= WARNING.lost;
    const isFault = isProven && share >= WARNING.share && !isNear(context, source) && recording === null;
    const isPartly = share > IMPLAUSIBLE.share && packets > IMPLAUSIBLE.packets;
    const carrier = carrierOf(stream);
    const others = losses.filter((loss) => loss !== worst);
    const percent = percentText(share);
    return {
      ...(isFault ? {} : { severity: "info" as const }),
      confidence:
        isPartly || isNear(context, source) || recording !== null || (!isProven && late > 0)
          ? "possible"
          : "likely",
      provenance: "deduced",
      phase: "ESP",
      headline: say`${lost} of ${packets + lost} ${carrier} packets from ${source} to ${destination} are missing (${percent})`,
      ...whenOf(worst),
      summary: joined(
        say`The sequence numbers of ${carrier} from ${source} to ${destination} leave out ${lost} of ${packets + lost} (${percent}), in ${gaps === 1 ? "one gap" : say`${gaps} gaps`}, the largest of ${stream.order.largestGap}${gapTimesText(worst)}; none of them came late. `,
        ...others.map(
          (other) => say`In the other direction ${other.lost} are missing (${percentText(other.share)}). `,
        ),
        recording ?? place(context, source),
      ),
      evidence: [
        ...momentOf(
          stream.order.afterLargestGap,
          say`SPI ${hex32(stream.spi)}: sequence numbers are left out before this packet, ${stream.order.largestGap} in a row`,
        ),
        lastOf(stream, say`by here ${stream.lost} numbers of this SPI were never seen`),
      ],
      rivals: [
        {
          code: "capture-dropped",
          separatedBy:
            "the receiver's own counters over the same time ('ip -s xfrm state', bytes and packets of the SPI): if they have what is missing here, the sniffer lost it",
        },
        ...(late > 0 ? [cameOutside(direction)] : []),
        ...(stream.order.largestGap > 1 ? [tooLarge(stream)] : []),
      ],
    };
  },
});

/** The place of the gaps in the traffic of their direction: throughout it, since a moment, or until one. */
function whenOf({ direction, times }: Loss): Pick<Verdict, "when"> {
  if (times === null) return {};
  const begin = Math.min(...direction.streams.map(({ firstTime }) => firstTime));
  const end = Math.max(...direction.streams.map(({ lastTime }) => lastTime));
  const edge = (end - begin) * EDGE_SHARE;
  const isFromBeginning = times.first - begin <= edge;
  const isToEnd = end - times.last <= edge;
  // The packet after a gap came when the loss was over: it began after the packet before it.
  const [since, last] = [timeOfDayOf(times.before), timeOfDayOf(times.last)];
  if (isFromBeginning && isToEnd) return { when: "throughout" };
  if (times.first === times.last) {
    return {
      when:
        since.utc === last.utc ? say`in one gap at ${last}` : say`in one gap between ${since} and ${last}`,
    };
  }
  if (isToEnd) return { when: say`since ${since}` };
  return { when: isFromBeginning ? say`until ${last}` : say`from ${since} to ${last}` };
}

function gapTimesText({ times }: Loss): Message {
  if (times === null || times.first === times.last) return "";
  return say`, the first at ${timeOfDayOf(times.first)}, the last at ${timeOfDayOf(times.last)}`;
}

/**
 * Packets that are missing at the ends of the capture alone, where packets come out of order: some were before it, others are yet
 * to come. No more than the latest one was late, at each end.
 */
function lateAtEnds({ streams }: EspDirection): number {
  return sumOf(streams, ({ reordered, order: { deepest }, firstSequence }) =>
    reordered === 0 ? 0 : firstSequence > 1 ? deepest * 2 : deepest,
  );
}

function cameOutside({ streams }: EspDirection): Rival {
  const deepest = Math.max(...streams.map(({ order }) => order.deepest));
  return {
    code: "esp-reordered",
    separatedBy: say`a longer capture: packets come up to ${deepest} behind here, so those that are missing at its ends may lie outside of it`,
  };
}

function percentText(share: number): string {
  const percent = share * 100;
  return `${percent < 10 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

/** Why it is rather the recording that lost them, a sentence; null where nothing says so. */
function recordingOf(
  context: TunnelContext,
  worst: Loss,
  losses: readonly Loss[],
  areInHole: boolean,
): Message | null {
  if (areInHole) {
    return "In the same time nothing of the other direction was recorded either, though it went on: rather the recording has a hole there (a file of a ring is missing, a sniffer stood still).";
  }
  const own = losses.find(({ direction }) => isNear(context, direction.source));
  if (own !== undefined && own !== worst && own.lost >= WARNING.lost && own.share >= worst.share * ALIKE) {
    return say`Of the packets of ${own.direction.source}, near the sniffer, as many are missing, which nothing on the path can have lost: rather the sniffer loses packets.`;
  }
  return missedShare(context) >= worst.share * ALIKE
    ? "IKE messages are missing too that must have passed, for they were answered, or followed by the next: rather the sniffer loses packets."
    : null;
}

function place(context: TunnelContext, source: string): string {
  if (isNear(context, source)) {
    return "Seen near the sender: the sniffer or the sender's own queue lost them, not the path.";
  }
  if (sideOf(context, source) === "far") {
    return "Seen near the receiver: they were lost on the way, or by the sniffer.";
  }
  return "They were lost between the sender and this place, or by the sniffer.";
}

function tooLarge(stream: EspStream): Rival {
  return {
    code: "esp-large-packets-lost",
    isCase: true,
    separatedBy: say`the sizes: the largest that came is ${stream.largest} bytes; pings of growing size through the tunnel ('ping -M do -s') tell whether only large packets are lost`,
  };
}
