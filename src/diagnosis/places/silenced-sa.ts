import { hex32 } from "../../bytes/hex.js";
import { humanDuration, type Micros } from "../../bytes/time.js";
import type { TunnelContext } from "../context.js";
import { carrierOf } from "../facts/esp/esp-directions.js";
import { lastOf } from "../facts/sides.js";
import { joined, say } from "../../texts/message.js";
import type { Between } from "./between.js";
import { soLost, whereLost } from "./device-texts.js";
import { isByChance, type LostStream } from "./lost-stream.js";
import { isFrom, nameOf, type Passage } from "./passage.js";
import { proofOfRecording } from "./proof.js";

/** Nothing of the SA arrives any more: so many packets, for so long, are no burst of losses. */
const SILENT = { packets: 5, time: 3_000_000 } as const;

/**
 * One SA of the sender of which nothing arrives from some moment on, while another one still does; null where there is none. A new SA
 * that began since then may have taken its place.
 */
export function silencedSa(
  context: TunnelContext,
  passage: Passage,
  losses: readonly LostStream[],
): Between | null {
  const found = losses.find((loss) => isSilent(loss) && isAlone(context, passage, loss));
  if (found?.arrived == null) return null;
  const { sent, arrived, tail, tailFrom } = found;
  const { sender, receiver, from, to } = passage;
  const carrier = carrierOf(sent);
  const [here, there] = [nameOf(from), nameOf(to)];
  const span = humanDuration(sent.lastTime - tailFrom);
  return {
    lost: "messages",
    isBothWays: false,
    isGrave: true,
    isSure: true,
    from: tailFrom,
    until: sent.lastTime,
    phase: "ESP",
    headline: say`from one moment on no ${carrier} of SPI ${hex32(sent.spi)} from ${sender} reaches ${receiver}, while that of another SPI does: ${whereLost(passage, [here, there], { packets: tail })}`,
    summary: joined(
      say`Up to one moment the packets of SPI ${hex32(sent.spi)} are at both places; of the ${tail} behind it, in ${span}, ${there} has none, and it was recording. `,
      soLost(passage),
    ),
    evidence: [
      lastOf(arrived, say`the last ${carrier} packet that came as far as this`),
      lastOf(sent, say`${carrier} packet that is at this place only`),
      ...proofOfRecording(context, passage),
    ],
  };
}

function isSilent(loss: LostStream): boolean {
  const { arrived, sent, size, tail, tailFrom } = loss;
  if (arrived === null || size !== null || tail < SILENT.packets) return false;
  return sent.lastTime - tailFrom >= SILENT.time && !isByChance(loss, tail);
}

/** Packets of another SA, which is no new one, still come to the second place. */
function isAlone(context: TunnelContext, passage: Passage, { sent, tailFrom }: LostStream): boolean {
  const after: Micros = tailFrom + SILENT.time;
  const own = passage.from.streams.filter(({ source }) => isFrom(context, passage, source));
  const isReplaced = own.some(({ spi, firstTime }) => spi !== sent.spi && firstTime > tailFrom);
  const others = passage.to.streams.filter(
    ({ source, spi }) => spi !== sent.spi && isFrom(context, passage, source),
  );
  return !isReplaced && others.some(({ lastTime }) => lastTime - passage.offset > after);
}
