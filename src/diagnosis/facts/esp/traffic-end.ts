import type { Micros } from "../../../bytes/time.js";
import { distinctPackets } from "../../../session/esp/esp-sas.js";
import type { EspStream } from "../../../esp/stream.js";
import type { Exchange } from "../../../session/model.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { isChildDeleteLength } from "../../../session/short-messages.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { canonicalOf } from "../sides.js";
import { isSeen } from "../silence/peer-heard.js";

/** "The SA dies" takes a capture that goes on for so long without its packets, and longer where they are rare. */
const PROVING_SILENCE_US: Micros = 30_000_000;
const PAUSES = 10;
/** If an INFORMATIONAL stands at the end of the traffic, it deleted the SA, and less will do. */
const SILENCE_AFTER_DELETE_US: Micros = 1_000_000;
const PAUSES_AFTER_DELETE = 2;

/** First and last time that a rekey was refused. */
interface Refused {
  readonly from: Micros;
  readonly to: Micros;
}

/** The stream of the last packet, and whether an INFORMATIONAL stands behind it that may have deleted the Child SA. */
export interface TrafficEnd {
  readonly last: EspStream;
  readonly isDeleted: boolean;
}

/**
 * When the ESP of both sides ended for good, where it flowed when the rekey was refused; null where it goes on, was over before the
 * first refusal, or the capture does not go on long enough. `silence`: from the last refusal to the end of the capture, microseconds.
 * `mayDelete`: whether an exchange may have deleted the Child SA.
 */
export function trafficEnd(
  context: TunnelContext,
  { from, to }: Refused,
  silence: Micros,
  mayDelete: (exchange: Exchange, setup: Setup) => boolean,
): TrafficEnd | null {
  const { streams } = context.tunnel;
  const last = streams.toSorted((a, b) => b.lastTime - a.lastTime)[0];
  if (
    last === undefined ||
    !streams.every(({ source }) => isSeen(context, canonicalOf(context.tunnel, source)))
  )
    return null;
  const end = last.lastTime;
  const began = Math.min(...streams.map(({ firstTime }) => firstTime));
  if (began > to || end < from) return null;
  const packets = streams.reduce((sum, stream) => sum + distinctPackets(stream), 0);
  const pause = (end - began) / packets;
  const isDeleted = context.setups.some((setup) =>
    setup.progress.later.some((exchange) => {
      const at = firstTimeOf(exchange.request);
      const isAtEnd = at >= end - pause && at <= end + SILENCE_AFTER_DELETE_US + pause;
      return isAtEnd && mayDelete(exchange, setup);
    }),
  );
  if (context.setups.some((setup) => isDeletedBetween(setup, end - pause, to)))
    return { last, isDeleted: true };
  const proof = isDeleted
    ? Math.max(SILENCE_AFTER_DELETE_US, pause * PAUSES_AFTER_DELETE)
    : Math.max(PROVING_SILENCE_US, pause * PAUSES);
  return to + silence - end >= proof ? { last, isDeleted } : null;
}

/** Whether a Child SA was deleted between these times, as far as the cipher tells: what was refused behind that was to take its place. */
function isDeletedBetween({ sa, progress: { later, suite } }: Setup, from: Micros, to: Micros): boolean {
  return later.some(({ exchangeType, request }) => {
    if (sa.majorVersion !== 2 || exchangeType !== EXCHANGE_V2.INFORMATIONAL || request === null) return false;
    const at = firstTimeOf(request);
    return at >= from && at < to && isChildDeleteLength(request.message, suite);
  });
}
