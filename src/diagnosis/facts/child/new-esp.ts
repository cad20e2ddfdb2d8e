import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import type { Setup, TunnelContext } from "../../context.js";
import { ownStreamsOf } from "../nat/own-streams.js";
import { canonicalOf } from "../sides.js";

/** ESP of several interfaces may stand a little before the message that made it possible. */
const DISORDER: Micros = 100_000;

/** ESP that a Child SA made at `time` may have sent. */
export function hasNewEspAfter(context: TunnelContext, setup: Setup, time: Micros): boolean {
  return newEspAfter(context, setup, time, new Set()).length > 0;
}

/**
 * A new child has new SPIs: streams that were there before are those of an older one. What other clients send is not its own, nor
 * is what the answers `others`, by their times, made.
 */
export function newEspAfter(
  context: TunnelContext,
  setup: Setup,
  time: Micros,
  others: ReadonlySet<Micros>,
): readonly EspStream[] {
  const isOwn = ownStreamsOf(context, setup);
  const ofOthers = new Set(
    context.tunnel.childSas
      .filter(({ madeBy }) => madeBy !== null && others.has(madeBy.time))
      .flatMap(({ forward, backward }) => [forward, backward])
      .filter((espSa) => espSa !== null)
      .map(({ source, spi }) => saKey(source, spi)),
  );
  // By SPI: a NAT device that the capture shows both sides of makes two streams of one SA.
  const isOfOthers = ({ source, spi }: EspStream): boolean =>
    ofOthers.has(saKey(canonicalOf(context.tunnel, source), spi));
  return context.tunnel.streams.filter(
    (stream) => stream.firstTime > time - DISORDER && isOwn(stream) && !isOfOthers(stream),
  );
}

/** Names an ESP SA by the tunnel's own address for its sender. */
function saKey(source: Address, spi: number): string {
  return `${source} ${spi}`;
}
