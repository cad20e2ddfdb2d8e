import type { EspStream } from "../../../esp/stream.js";
import type { EspSa } from "../../../session/esp/child-sa.js";
import type { Tunnel } from "../../../session/model.js";
import type { CaptureContext, TunnelContext } from "../../context.js";
import { once } from "../../once.js";
import { brokenEspOf } from "./broken-esp.js";
import { sumOf, type EspDirection, espDirectionsOf } from "./esp-directions.js";

/** The fewest lost packets, and the smallest share, that are told. */
const TOLD = { lost: 3, share: 0.05 } as const;
/** A gap so many times larger than all that was seen is a counter set forward (RFC 6311), no loss. */
const JUMP = 10;
/** From this share of the loss on, packets far behind, which the accounting cannot place, spoil the count. */
const UNPLACED = 0.1;
/** Packets that came late, as a share of the gaps: more of them may have filled the first or the last gap. */
const FILLED = 0.1;

type GapTimes = NonNullable<EspStream["order"]["gapTimes"]>;

/** Packets of a direction that were sent and are not in the capture. */
export interface Loss {
  readonly direction: EspDirection;
  readonly lost: number;
  readonly share: number;
  readonly gaps: number;
  readonly times: GapTimes | null;
  /** The stream that lost most. */
  readonly stream: EspStream;
}

/**
 * Senders and SPIs whose numbers are missing towards more than one destination: one SA for all of them, as routing protocols
 * have it, whose counter no destination sees whole.
 */
const sharedCounters = once(({ tunnels }: CaptureContext): ReadonlySet<string> => {
  const destinations = new Map<string, string>();
  const shared = new Set<string>();
  for (const { streams } of tunnels) {
    for (const stream of streams) {
      if (stream.lost === 0) continue;
      const key = counterKey(stream);
      const before = destinations.get(key);
      if (before === undefined) destinations.set(key, stream.destination);
      else if (before !== stream.destination) shared.add(key);
    }
  }
  return shared;
});

function counterKey({ source, spi, encapsulation }: EspStream): string {
  return `${source} ${spi} ${encapsulation}`;
}

/** The losses of a tunnel, a direction each, the larger one first. `isLeftOut` says of which streams the largest gap does not count. */
export function lossesOf(
  { tunnel, capture }: TunnelContext,
  isLeftOut: (stream: EspStream) => boolean,
): Loss[] {
  return espDirectionsOf(tunnel)
    .flatMap((direction) => lossOf(tunnel, direction, isLeftOut, sharedCounters(capture)))
    .toSorted((a, b) => b.lost - a.lost);
}

function lossOf(
  tunnel: Tunnel,
  direction: EspDirection,
  isLeftOut: (stream: EspStream) => boolean,
  shared: ReadonlySet<string>,
): Loss[] {
  const lostIn = (stream: EspStream): number => lostOf(stream, isLeftOut(stream));
  const streams = direction.espSas
    .filter((espSa) => !alternates(espSa))
    .flatMap((espSa) => espSa.streams)
    .filter((stream) => stream.order.tooOld <= stream.lost * UNPLACED && !shared.has(counterKey(stream)));
  // Packets that came in part were sent, and are for esp-fragmented to tell.
  const broken = sumOf(brokenEspOf(tunnel, direction.source), ({ count }) => count);
  const lost = Math.max(0, sumOf(streams, lostIn) - broken);
  const [stream] = streams.toSorted((a, b) => lostIn(b) - lostIn(a));
  const share = lost / (direction.packets + lost);
  if (stream === undefined || lost === 0 || (lost < TOLD.lost && share < TOLD.share)) return [];
  const gaps = sumOf(streams, ({ order }) => order.gaps);
  return [{ direction, lost, share, gaps, times: gapTimesOf(streams), stream }];
}

/** A peer that moves away and comes back uses one counter at both places: the numbers of one lie among those of the other. */
function alternates({ streams }: EspSa): boolean {
  return streams.some((one) =>
    streams.some(
      (other) =>
        other !== one && other.firstSequence > one.firstSequence && other.firstSequence < one.highestSequence,
    ),
  );
}

/** Without the largest gap where that is a jump, or may be a pause of the recording. */
function lostOf({ lost, packets, order: { largestGap } }: EspStream, isPause: boolean): number {
  return largestGap > packets * JUMP || isPause ? Math.max(0, lost - largestGap) : lost;
}

/** When the first and the last gap of these streams are, and since when numbers are missing; null where late packets may have filled these, or counters began anew. */
function gapTimesOf(streams: readonly EspStream[]): GapTimes | null {
  const lossy = streams.filter(({ lost }) => lost > 0);
  const times = lossy.flatMap(({ order }) => order.gapTimes ?? []);
  const isVague = lossy.some(
    ({ order, reordered }) => reordered > order.gaps * FILLED || order.wraps > 0 || order.restarts > 0,
  );
  if (isVague || times.length === 0) return null;
  return {
    before: Math.min(...times.map(({ before }) => before)),
    first: Math.min(...times.map(({ first }) => first)),
    last: Math.max(...times.map(({ last }) => last)),
  };
}
