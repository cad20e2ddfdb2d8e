import type { Micros } from "../../../bytes/time.js";
import { type EspStream, SIZE_BIN_WIDTH } from "../../../esp/stream.js";
import type { ClearFlow } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { contextsAtPlaces } from "../../places/at-one-place.js";
import { flowsByEnds } from "./clear-flows.js";
import { PROMPT } from "./followed-alike.js";
import { isNear } from "../side.js";
import { type EspDirection, espDirectionsOf, packetsAfter } from "./esp-directions.js";

/** Fewer packets without a copy, or for a shorter time, say nothing. */
const LEAST_WITHOUT = 6;
const LEAST_TIME: Micros = 3_000_000;
/** Nearly each packet before has a copy. */
const NEARLY_ALL = 0.8;
/** A copy comes so shortly behind its ESP packet. */
const COPIED_WITHIN: Micros = 50_000;

/** ESP that comes to the capturing gateway, which shows in clear what it has decrypted, and no longer shows any of it. */
export interface NotDecrypted {
  readonly direction: EspDirection;
  readonly stream: EspStream;
  /** The flow of what was shown decrypted last. */
  readonly lastCopy: ClearFlow;
  /** Packets that came without a copy, at least. */
  readonly without: number;
  /** The inner network goes on asking in clear, and the file holds no copy of an answer: so a filter lets packets of these hosts pass. */
  readonly isAskedInClear: boolean;
}

/**
 * The direction whose packets arrive and are not decrypted, as far as the capture shows it: all packets are of one size, so that those
 * without a copy are of the same kind as those that had one.
 */
export function notDecrypted(context: TunnelContext): NotDecrypted | null {
  const contexts = context.capture.places.length > 0 ? contextsAtPlaces(context) : [context];
  return contexts.map(notDecryptedAt).find((found) => found !== null) ?? null;
}

function notDecryptedAt(context: TunnelContext): NotDecrypted | null {
  for (const direction of espDirectionsOf(context.tunnel)) {
    const [stream, ...others] = direction.streams;
    if (stream === undefined || others.length > 0 || !isOfOneSize(stream)) continue;
    if (stream.order.restarts > 0 || stream.duplicates > 0 || !isNear(context, direction.destination))
      continue;
    const copies = copiesOf(context, direction);
    const [lastCopy] = copies.toSorted((a, b) => b.lastTime - a.lastTime);
    if (lastCopy === undefined) continue;
    const since = lastCopy.lastTime + COPIED_WITHIN;
    const without = packetsAfter(stream, since);
    const copied = copies.reduce((sum, { mirrored }) => sum + mirrored, 0);
    if (without < LEAST_WITHOUT || stream.lastTime - since < LEAST_TIME) continue;
    if (copied < (stream.packets - without) * NEARLY_ALL) continue;
    if (areAnswered(stream, since)) continue;
    return { direction, stream, lastCopy, without, isAskedInClear: isAskedInClear(context, lastCopy) };
  }
  return null;
}

/** The flows of decrypted packets of that direction. */
function copiesOf({ tunnel, capture }: TunnelContext, { source }: EspDirection): readonly ClearFlow[] {
  return flowsByEnds(capture.clearFlows)
    .mirrorsOf(tunnel.addresses)
    .filter(({ mirroredFrom }) => mirroredFrom?.source === source);
}

/** ESP of the other side follows these packets at once: who answers has decrypted them, and the copies are missing in the file only. */
function areAnswered({ sizes: { lastLarge } }: EspStream, since: Micros): boolean {
  const later = lastLarge.filter(({ time }) => time > since);
  const prompt = later.filter(({ followedAfter }) => followedAfter !== null && followedAfter <= PROMPT);
  return prompt.length * 2 >= later.length;
}

function isAskedInClear({ capture }: TunnelContext, { source, destination, lastTime }: ClearFlow): boolean {
  return capture.clearFlows.some(
    (flow) =>
      flow.source === destination && flow.destination === source && flow.lastTime > lastTime + LEAST_TIME,
  );
}

function isOfOneSize({ sizes: { smallest, largest } }: EspStream): boolean {
  return largest - smallest < SIZE_BIN_WIDTH / 4;
}
