import type { Micros } from "../../../bytes/time.js";
import type { TunnelContext } from "../../context.js";
import { IN_FLIGHT_US } from "./one-direction.js";
import { ownStreamsOf } from "../nat/own-streams.js";
import { canonicalOf } from "../sides.js";
import type { Unanswered } from "../silence/unanswered.js";

/**
 * When the last ESP of the silent side came in, by its own SAs, which had traffic before the last attempt: a new SA is a new tunnel,
 * another port another client. -Infinity where none did.
 */
export function lastEspOfSilent(context: TunnelContext, { setup, silent, lastTry }: Unanswered): Micros {
  const { tunnel } = context;
  const isOwn = ownStreamsOf(context, setup);
  const own = tunnel.streams.filter(
    (stream) =>
      stream.firstTime <= lastTry && canonicalOf(tunnel, stream.source) === silent.address && isOwn(stream),
  );
  return Math.max(...own.map(({ lastTime }) => lastTime));
}

/** ESP of the silent side still comes in when at least two attempts, a second or more apart, have had no answer. */
export function goesOn(context: TunnelContext, found: Unanswered): boolean {
  const { request, firstTry, lastTry } = found;
  const second = request.sightings.find(({ time }) => time >= firstTry + IN_FLIGHT_US)?.time ?? lastTry;
  return lastEspOfSilent(context, found) > second;
}
