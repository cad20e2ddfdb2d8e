import type { Micros } from "../../../bytes/time.js";
import type { ChildSa } from "../../../session/esp/child-sa.js";
import type { TunnelContext } from "../../context.js";
import { isChecked } from "../silence/answered-checks.js";
import { pauseWhileAsked } from "./pause-while-asked.js";
import { unansweredSince } from "./unanswered-since.js";
import { packetsAfter, sumOf, type EspDirection, espDirectionsOf } from "./esp-directions.js";

/** Packets of one direction at the end of a capture, since the other one was silent. */
export interface OneWayEnd {
  readonly direction: Pick<EspDirection, "source" | "lastTime">;
  readonly packets: number;
  readonly since: Micros;
}

/** Fewer packets, or in less time, may be answered in a moment. */
const WAITING = { packets: 3, least: 1_000_000 } as const;
/**
 * A longer silence than this is no end where it has the usual length, or where liveness checks are answered in it and what leaves
 * meanwhile is no more like what had answers before: reports need none.
 */
const LONG_SILENCE = 30_000_000;
const LONGER_THAN_PAUSES = 2;

/** The end of a Child SA with packets both ways, if one direction alone goes on to `lastTime`, the last packet of the tunnel. */
export function oneWayEnd(
  context: TunnelContext,
  { forward, backward }: ChildSa,
  lastTime: Micros,
): OneWayEnd | null {
  if (forward === null || backward === null) return null;
  const [silent, espSa] = forward.lastTime < backward.lastTime ? [forward, backward] : [backward, forward];
  const since = silent.lastTime;
  const waited = espSa.lastTime - since;
  if (waited < WAITING.least || espSa.lastTime < lastTime) return null;
  const pause = pauseWhileAsked(silent.streams, espSa.streams);
  const { likeAnswered, neverAnswered } = unansweredSince(espSa.streams, since);
  const needsNone = isChecked(context, since) && likeAnswered <= neverAnswered;
  if (waited > LONG_SILENCE && (waited < pause * LONGER_THAN_PAUSES || needsNone)) return null;
  return endOf(espSa, since);
}

/** The side that is missing in this Child SA had been heard in one before it: its silence begins there, not with the rekey. */
export function silentSince({ tunnel }: TunnelContext, { forward, backward }: ChildSa): OneWayEnd | null {
  const half = forward ?? backward;
  const directions = espDirectionsOf(tunnel);
  const silent = directions.find(({ source }) => source === half?.destination);
  const direction = directions.find(({ source }) => source === half?.source);
  if (half === null || silent === undefined || direction === undefined) return null;
  return silent.lastTime < half.firstTime ? endOf(direction, silent.lastTime) : null;
}

function endOf(
  direction: Pick<EspDirection, "source" | "lastTime" | "streams">,
  since: Micros,
): OneWayEnd | null {
  const packets = sumOf(direction.streams, (stream) => packetsAfter(stream, since));
  return packets < WAITING.packets ? null : { direction, packets, since };
}
