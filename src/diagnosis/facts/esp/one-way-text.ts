import { hex32 } from "../../../bytes/hex.js";
import { humanDuration } from "../../../bytes/time.js";
import type { ChildSa, EspSa } from "../../../session/esp/child-sa.js";
import { type Message, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import { IN_FLIGHT_US } from "./one-direction.js";

/** One direction of that Child SA so far, and its SPI where another one is used both ways beside it. */
export function oneWayText(context: TunnelContext, child: ChildSa, carriers: Message): Message {
  const counts = countsText(context, child);
  const espSa = child.forward ?? child.backward;
  return espSa !== null && context.tunnel.childSas.some((other) => isUsedBeside(other, espSa))
    ? say`${carriers} flows both ways in another Child SA, but with SPI ${hex32(espSa.spi)} in one direction only so far: ${counts}`
    : say`${carriers} in one direction only so far: ${counts}`;
}

/** Both directions of that Child SA have packets longer than those of an SA before a rekey do. */
function isUsedBeside({ forward, backward }: ChildSa, { firstTime }: EspSa): boolean {
  return [forward, backward].every((espSa) => espSa !== null && espSa.lastTime > firstTime + IN_FLIGHT_US);
}

/** "12 packets from 192.0.2.10, 0 from 198.51.100.20, in 2.3 s". */
function countsText({ tunnel }: TunnelContext, { forward, backward }: ChildSa): Message {
  const espSas = [forward, backward].filter((espSa): espSa is EspSa => espSa !== null);
  const first = Math.min(...espSas.map(({ firstTime }) => firstTime));
  // The silence of the other direction lasts to the end of the tunnel's own packets.
  const span = Math.max(...espSas.map(({ lastTime }) => lastTime), tunnel.lastTime) - first;
  const seen = forward ?? backward;
  if (seen === null) return "no packet";
  const other = seen === forward ? backward : forward;
  const { packets, source, destination } = seen;
  return say`${packets} packet${packets === 1 ? "" : "s"} from ${source}, ${other?.packets ?? 0} from ${destination}, in ${humanDuration(span)}`;
}
