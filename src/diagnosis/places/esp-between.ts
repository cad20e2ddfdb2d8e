import { hex32 } from "../../bytes/hex.js";
import { humanDuration, type Micros } from "../../bytes/time.js";
import type { PlaceStream } from "./continued-streams.js";
import type { TunnelContext } from "../context.js";
import { carrierOf, sumOf } from "../facts/esp/esp-directions.js";
import { firstOf, lastOf } from "../facts/sides.js";
import type { Between } from "./between.js";
import { partLostText, soLost, whereLost } from "./device-texts.js";
import { timeOfDayOf } from "../moments.js";
import { distinctPackets } from "../../session/esp/esp-sas.js";
import { largeSince } from "./esp-large-since.js";
import { tooLarge } from "./esp-too-large.js";
import { isHeededMtu } from "./heeded-mtu.js";
import { holesOf, missingOf } from "./holes.js";
import { lostAttempts } from "./lost-attempts.js";
import { isByChance, type LostStream, lostStreams, recordablePackets } from "./lost-stream.js";
import { endOf, isFrom, nameOf, startingName, type Passage } from "./passage.js";
import { proofOfRecording } from "./proof.js";
import { silencedSa } from "./silenced-sa.js";
import { type Message, joined, say } from "../../texts/message.js";

/** Nothing arrives any more: for so long it is no burst of losses. */
const SILENCE: Micros = 3_000_000;
/** So many packets at the end, after others that arrived, may be more than chance. */
const SILENT_PACKETS = 2;
/** So many packets, and this share, are a fault; less is everyday, and fewer are one if they are `largeShare` of all. */
const WARNING = { lost: 5, share: 0.01, largeShare: 0.2 } as const;

/** One packet of the other direction is lost every day; so many are more. */
const FEWEST_BACK = 2;

/** A sniffer that misses so many of what must have passed it, compared with what is missing, tells nothing of the way. */
const ALIKE = 0.5;

/** ESP of the sender that passes the first place and does not come to the second; null where that is nothing to speak of. */
export function espBetween(context: TunnelContext, passage: Passage): Between | null {
  const losses = lostStreams(context, passage).filter((loss) => !isHeededMtu(context, loss));
  if (losses.length === 0) return null;
  return (
    silenced(context, passage, losses) ??
    silencedSa(context, passage, losses) ??
    tooLarge(context, passage, losses) ??
    largeSince(context, passage, losses) ??
    someLost(context, passage, losses)
  );
}

/** From some moment on, or from the beginning, nothing of the sender arrives. */
function silenced(context: TunnelContext, passage: Passage, losses: readonly LostStream[]): Between | null {
  const arrivals = streamsOf(context, passage, "to");
  const lastArrived = Math.max(...arrivals.map(({ lastTime }) => lastTime - passage.offset));
  const behind = losses.filter(
    ({ sent, tailFrom }) => sent.lastTime > lastArrived && tailFrom >= lastArrived,
  );
  const lost = sumOf(behind, ({ tail }) => tail);
  const [first] = behind.toSorted((a, b) => a.tailFrom - b.tailFrom);
  const last = behind.toSorted((a, b) => b.sent.lastTime - a.sent.lastTime)[0]?.sent;
  if (first === undefined || last === undefined) return null;
  const { sent, arrived, tailFrom } = first;
  if (arrived !== null && (lost < SILENT_PACKETS || isByChance(first, lost))) return null;
  const { sender, receiver, from, to } = passage;
  const carrier = carrierOf(sent);
  const [here, there] = [nameOf(from), nameOf(to)];
  const counted = whereLost(passage, [here, there], { packets: lost });
  const isNone = lastArrived === -Infinity;
  const headline = isNone
    ? lost === 1
      ? say`the one ${carrier} packet from ${sender} does not reach ${receiver}: ${whereLost(passage, [here, there], "it")}`
      : say`none of ${lost} ${carrier} packets from ${sender} reaches ${receiver}: ${whereLost(passage, [here, there], "they")}`
    : arrived === null
      ? say`no ${carrier} of SPI ${hex32(sent.spi)} from ${sender} reaches ${receiver}, that of another SPI did before: ${counted}`
      : say`from one moment on no ${carrier} from ${sender} reaches ${receiver}: ${counted}`;
  const back = otherDirection(context, passage);
  const span = humanDuration(Math.min(last.lastTime, endOf(passage)) - tailFrom);
  return {
    lost: "messages",
    isBothWays: back.isLossy,
    isGrave: true,
    isSure:
      behind.some(({ isSure }) => isSure) &&
      (arrived === null || Math.min(last.lastTime, endOf(passage)) - tailFrom >= SILENCE),
    from: tailFrom,
    until: last.lastTime,
    phase: "ESP",
    headline,
    summary: joined(
      isNone
        ? lost === 1
          ? say`${startingName(from)} has one ${carrier} packet of ${sender}, and ${there}, which was recording, has not. `
          : say`${startingName(from)} has ${lost} ${carrier} packets of ${sender} in ${humanDuration(last.lastTime - sent.firstTime)}, and ${there}, which was recording, has none of them. `
        : arrived === null
          ? say`Packets of another SPI are at both places; since SPI ${hex32(sent.spi)} took its place ${there} has none of ${lost} in ${span}, and it was recording. `
          : say`Up to one moment the packets of SPI ${hex32(sent.spi)} are at both places; of the ${lost} behind it, in ${span}, ${there} has none, and it was recording. `,
      soLost(passage),
      back.text,
    ),
    evidence: [
      ...(arrived === null
        ? [firstOf(sent, say`${carrier} packet that is at this place only`)]
        : [lastOf(arrived, say`the last ${carrier} packet that came as far as this`)]),
      lastOf(last, say`${carrier} packet that is at this place only`),
      ...proofOfRecording(context, passage),
    ],
  };
}

/** By their numbers, packets here and there. */
function someLost(context: TunnelContext, passage: Passage, losses: readonly LostStream[]): Between | null {
  const packets = sumOf(streamsOf(context, passage, "from"), (stream) => stream.packets - stream.duplicates);
  const lost = sumOf(losses, (loss) => loss.lost);
  const [worst] = losses.toSorted((a, b) => b.lost - a.lost);
  // A sniffer that lost packets itself tells nothing of the way.
  if ((passage.to.file.dropped ?? 0) > 0) return null;
  if (missedShare(context, passage) >= (lost / packets) * ALIKE) return null;
  const isSure = lost >= WARNING.lost;
  if (worst === undefined || lost < packets * (isSure ? WARNING.share : WARNING.largeShare)) return null;
  const { sent, arrived } = worst;
  const { sender, from, to } = passage;
  const carrier = carrierOf(sent);
  const [here, there] = [nameOf(from), nameOf(to)];
  const gap = arrived?.order.afterLargestGap ?? null;
  const back = otherDirection(context, passage);
  return {
    lost: "a-part",
    isBothWays: back.isLossy,
    isGrave: false,
    isSure,
    from: sent.firstTime,
    until: sent.lastTime,
    phase: "ESP",
    headline: partLostText(passage, { lost, packets, carrier }, [here, there]),
    summary: joined(
      say`By their sequence numbers ${lost} of the ${packets} packets that ${here} has of ${sender} are missing in ${there}. `,
      gapText(worst),
      back.text,
    ),
    evidence: [
      ...(gap === null
        ? []
        : [
            {
              ...gap,
              nanos: 0,
              text: say`SPI ${hex32(sent.spi)}: sequence numbers before this packet are at the other place only`,
            },
          ]),
      lastOf(
        arrived ?? sent,
        say`SPI ${hex32(sent.spi)}: by here ${worst.lost} packets are at the other place only`,
      ),
    ],
  };
}

/** The share of the receiver's own packets that the second place has not, though they must have passed it to be at the first one. */
function missedShare(context: TunnelContext, passage: Passage): number {
  const own: Passage = { ...passage, sender: passage.receiver, receiver: passage.sender };
  const passed = sumOf(streamsOf(context, own, "from"), distinctPackets);
  return passed === 0 ? 0 : sumOf(lostStreams(context, own), ({ lost }) => lost) / passed;
}

/** When they are missing, if it is in one pause of what arrives: by the clock of the first place, as its packets before and behind it. */
function gapText({ passage, sent, arrived, lost }: LostStream): Message {
  if (arrived === null) return "";
  const { from, until, packets } = missingOf(sent, arrived, passage.offset).gap;
  if (packets < lost) return "";
  return say`All were sent between ${timeOfDayOf(from)} and ${timeOfDayOf(until)}. `;
}

interface OtherDirection {
  readonly text: Message;
  /** More is lost there too than the one packet of every day. */
  readonly isLossy: boolean;
}

/** How packets of the other direction fare: whether the loss is in one direction only. */
function otherDirection(
  context: TunnelContext,
  { sender, receiver, from, to, offset, device, queued }: Passage,
): OtherDirection {
  const subpath = { sender: receiver, receiver: sender, from: to, to: from };
  const back: Passage = {
    ...subpath,
    offset: -offset,
    device,
    queued,
    holes: holesOf(context, subpath, -offset),
  };
  const packets = sumOf(streamsOf(context, back, "from"), (sent) => recordablePackets(back, sent));
  const lost = packets === 0 ? 0 : sumOf(lostStreams(context, back), (loss) => loss.lost);
  const attempts = lostAttempts(context, back);
  return { text: backText(packets, lost, attempts), isLossy: lost + attempts >= FEWEST_BACK };
}

function backText(packets: number, lost: number, attempts: number): Message {
  const ike =
    attempts === 0
      ? ""
      : say`Of the IKE messages of the other direction ${attempts} ${attempts === 1 ? "attempt is" : "attempts are"} lost between them. `;
  if (packets === 0) return ike;
  if (lost > 0) {
    return joined(say`In the other direction ${lost} of ${packets} are lost between them too. `, ike);
  }
  return attempts === 0
    ? say`In the other direction nothing is lost between them (${packets} packets). `
    : joined(say`Of the ${packets} ESP packets of the other direction none is lost between them. `, ike);
}

function streamsOf(context: TunnelContext, passage: Passage, at: "from" | "to"): PlaceStream[] {
  return passage[at].streams.filter(({ source }) => isFrom(context, passage, source));
}
