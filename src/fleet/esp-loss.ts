import type { Micros } from "../bytes/time.js";
import type { AccountedStream } from "../live/account/account.js";
import { hearsKind, hearsSender, isListedFrom, type Passage, recordedAt, settled } from "./passage.js";
import { combinedStreams, sameStream } from "./streams.js";

/** A stream of less tells nothing: one packet may be the last of the capture. */
const FEWEST_PACKETS = 3;
/** Numbers that are missing behind the largest packet that arrived, of all that are: then the size decides. */
const SHARE_OF_LARGE = 0.9;

/** ESP of one stream as it left one gateway and came to the other. */
export interface EspLoss {
  readonly sent: AccountedStream;
  /** Null if nothing of it arrived. */
  readonly arrived: AccountedStream | null;
  /** Packets sent that are not among those that arrived; at least so many. */
  readonly lost: number;
  /** Packets of these behind the last one that arrived, and since when by the sender's clock. */
  readonly tail: number;
  readonly tailFrom: Micros;
  /** Set if all that is lost is larger than all that arrived: bytes of the largest that arrived, and packets sent that are larger. */
  readonly size: { readonly largestArrived: number; readonly larger: number } | null;
}

/** The streams of the sender of which packets do not arrive. */
export function espLosses(passage: Passage): EspLoss[] {
  return combinedStreams(passage.sender.newest.account)
    .filter(({ from }) => from === passage.from)
    .flatMap((stream) => {
      const arrived = sameStream(stream, passage.receiver.newest.account);
      const loss = arrived === undefined ? allLost(passage, stream) : partLost(passage, stream, arrived);
      return loss === null || loss.lost < FEWEST_PACKETS ? [] : [loss];
    });
}

/** Nothing of the stream arrived, though the receiver records, and would record such packets. */
function allLost(passage: Passage, stream: AccountedStream): EspLoss | null {
  const sent = settled(passage, (account) => sameStream(stream, account));
  const { account } = passage.receiver.newest;
  if (sent === null || !recordedAt(passage, sent.firstTime) || !recordedAt(passage, sent.lastTime))
    return null;
  if (!isListedFrom(passage, account.streamsFrom, sent.firstTime)) return null;
  const kind = sent.encapsulation === "udp" ? "port4500" : sent.encapsulation === "esp" ? "esp" : "other";
  if (!hearsKind(passage, kind) || !hearsSender(passage)) return null;
  return {
    sent,
    arrived: null,
    lost: sent.packets,
    tail: sent.packets,
    tailFrom: sent.firstTime,
    size: null,
  };
}

/** Sequence numbers say what is missing there that was here, whatever the clocks show; what the sender's capture missed is no loss. */
function partLost(passage: Passage, stream: AccountedStream, arrived: AccountedStream): EspLoss | null {
  if (stream.isBroken || arrived.isBroken) return null;
  // Packets that came together (receive offload) are one packet here and several there.
  if (arrived.largest > stream.largest || arrived.firstSequence < stream.firstSequence) return null;
  const settledStream = settled(passage, (account) => sameStream(stream, account));
  const sent = settledStream ?? stream;
  const isWhole = recordedAt(passage, stream.firstTime);
  const head = isWhole ? arrived.firstSequence - stream.firstSequence : 0;
  // Numbers behind its first one that may have come before it was recorded, where packets overtake one another.
  const overtook = isWhole ? 0 : arrived.deepest;
  const tail = Math.max(
    0,
    settledStream === null ? 0 : settledStream.highestSequence - arrived.highestSequence,
  );
  const lost = Math.max(0, head + Math.max(0, arrived.lost - overtook) + tail - stream.lost);
  const tailFrom = arrived.lastTime - (passage.ahead ?? 0);
  return { sent, arrived, lost, tail, tailFrom, size: sizeLimit(sent, arrived, lost) };
}

function sizeLimit(sent: AccountedStream, arrived: AccountedStream, lost: number): EspLoss["size"] {
  const larger = sent.sizes
    .filter(([bytes]) => bytes > arrived.largest)
    .reduce((sum, [, packets]) => sum + packets, 0);
  const isEnough = larger >= FEWEST_PACKETS && arrived.packets >= FEWEST_PACKETS;
  return isEnough && larger >= lost * SHARE_OF_LARGE ? { largestArrived: arrived.largest, larger } : null;
}
