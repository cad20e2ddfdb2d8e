import type { Micros } from "../../../bytes/time.js";
import { type EspStream, SIZE_BIN_WIDTH } from "../../../esp/stream.js";
import type { ClearFlow } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { flowsByEnds } from "./clear-flows.js";
import { isNear } from "../side.js";
import { type EspDirection, espDirectionsOf, packetsAfter } from "./esp-directions.js";

/** Fewer packets without a copy, or for a shorter time, say nothing. */
const LEAST_WITHOUT = 6;
const LEAST_TIME: Micros = 3_000_000;
/** Nearly each packet before has a copy, and nearly each packet in clear is one, or becomes ESP. */
const NEARLY_ALL = 0.8;
/** A copy comes so shortly behind its ESP packet. */
const COPIED_WITHIN: Micros = 50_000;

/** ESP that comes to the capturing gateway, which shows in clear what it has decrypted, and no longer shows any of it. */
export interface NotDecrypted {
  readonly direction: EspDirection;
  readonly stream: EspStream;
  /** The last packet that was shown decrypted; null where none ever was. */
  readonly lastCopy: ClearFlow | null;
  /** Packets that came without a copy, at least. */
  readonly without: number;
}

/**
 * The direction whose packets arrive and are not decrypted, as far as the capture shows it: all packets are of one size, so that those
 * without a copy are of the same kind as those that had one, or as the answers to packets that are shown before they are encrypted.
 */
export function notDecrypted(context: TunnelContext): NotDecrypted | null {
  for (const direction of espDirectionsOf(context.tunnel)) {
    const [stream, ...others] = direction.streams;
    if (stream === undefined || others.length > 0 || !isOfOneSize(stream)) continue;
    if (stream.order.restarts > 0 || stream.duplicates > 0 || !isNear(context, direction.destination))
      continue;
    const copies = copiesOf(context, direction);
    if (copies === null) continue;
    const lastCopy = copies.toSorted((a, b) => b.lastTime - a.lastTime)[0] ?? null;
    const since = lastCopy === null ? -Infinity : lastCopy.lastTime + COPIED_WITHIN;
    const without = lastCopy === null ? stream.packets : packetsAfter(stream, since);
    const copied = copies.reduce((sum, { mirrored, relayed }) => sum + mirrored + relayed, 0);
    if (without < LEAST_WITHOUT || stream.lastTime - Math.max(since, stream.firstTime) < LEAST_TIME) continue;
    if (copied < (stream.packets - without) * NEARLY_ALL) continue;
    return { direction, stream, lastCopy, without };
  }
  return null;
}

/** The flows of decrypted packets of that direction; empty where none is, though the capture would show them, null where it would not. */
function copiesOf(context: TunnelContext, direction: EspDirection): readonly ClearFlow[] | null {
  const { tunnel, capture } = context;
  const mirrors = flowsByEnds(capture.clearFlows)
    .mirrorsOf(tunnel.addresses)
    .filter(({ mirroredFrom }) => mirroredFrom?.source === direction.source);
  if (mirrors.length > 0) return mirrors;
  // On several links no copy tells its tunnel: of one tunnel alone it is clear.
  return capture.tunnels.length > 1 ? null : repliesInClear(context, direction);
}

/** The flows back to those that are shown right before their ESP; null where none is, or where the ESP has other packets as well. */
function repliesInClear(
  { tunnel, capture }: TunnelContext,
  direction: EspDirection,
): readonly ClearFlow[] | null {
  const asking = espDirectionsOf(tunnel).find((other) => other !== direction);
  const asked = capture.clearFlows.filter(
    ({ packets, encrypted, mirrored, relayed }) =>
      encrypted >= LEAST_WITHOUT &&
      encrypted >= packets * NEARLY_ALL &&
      // What was decrypted may be answered so soon that ESP follows it, too.
      mirrored + relayed <= packets * (1 - NEARLY_ALL),
  );
  const questions = asked.reduce((sum, { packets }) => sum + packets, 0);
  if (asking === undefined || !isAbout(asking.packets, questions) || !isAbout(direction.packets, questions))
    return null;
  return capture.clearFlows.filter((flow) =>
    asked.some(({ source, destination }) => flow.source === destination && flow.destination === source),
  );
}

function isAbout(count: number, other: number): boolean {
  return Math.min(count, other) >= Math.max(count, other) * NEARLY_ALL;
}

function isOfOneSize({ sizes: { smallest, largest } }: EspStream): boolean {
  return largest - smallest < SIZE_BIN_WIDTH / 4;
}
