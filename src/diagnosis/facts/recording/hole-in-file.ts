import type { Address } from "../../../bytes/address.js";
import type { FrameRef } from "../../../bytes/frame.js";
import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import type { KeptTunnel } from "../../../session/model.js";
import { canonicalAddress } from "../../../session/model/queries.js";
import { SHORTEST_HOLE } from "./recording-holes.js";
import { sightingsOf } from "./sightings.js";

/** A packet or two are lost now and then where a stream begins; packets. */
const FEWEST_MISSING = 3;

/** A time in which nothing of a tunnel was recorded, though ESP of both ends passed. */
export interface FileHole {
  readonly from: Micros;
  readonly until: Micros;
  /** The last packet before it, and the first one after it. */
  readonly lastBefore: FrameRef;
  readonly firstAfter: FrameRef;
  /** ESP packets that both ends sent in it at least, by their numbers. */
  readonly packets: number;
}

/** The first packet of a stream behind numbers that are not in the capture. */
interface Resumption {
  readonly sender: Address;
  readonly time: Micros;
  readonly frame: FrameRef;
  readonly missing: number;
}

/** A packet of the tunnel, or a run of them. */
interface Activity {
  readonly from: Micros;
  readonly until: Micros;
  readonly last: FrameRef;
}

/**
 * The longest hole that the file has in a tunnel: silence of ESP and IKE, behind which the numbers of both directions are ahead at once.
 * A path that fails loses packets of the far end alone, and a tunnel that is idle counts nothing. Null where there is none.
 */
export function holeInFile(tunnel: KeptTunnel): FileHole | null {
  const resumed = tunnel.streams.flatMap((stream) => resumptionsOf(tunnel, stream));
  const holes = resumed.flatMap((one) => {
    const other = resumed.find(
      ({ sender, time }) => sender !== one.sender && Math.abs(time - one.time) < SHORTEST_HOLE,
    );
    if (other === undefined || other.time < one.time) return [];
    const before = lastBefore(tunnel, one.time);
    if (before === null || one.time - before.until < SHORTEST_HOLE) return [];
    return [
      {
        from: before.until,
        until: one.time,
        lastBefore: before.last,
        firstAfter: one.frame,
        packets: one.missing + other.missing,
      },
    ];
  });
  return holes.toSorted((a, b) => b.until - b.from - (a.until - a.from))[0] ?? null;
}

/** Packets by which a stream goes on with a higher number: the one after its largest gap, or its first one. */
function resumptionsOf(tunnel: KeptTunnel, stream: EspStream): Resumption[] {
  const { order, firstTime, firstFrame, firstSequence, gapTo, gapToFrame } = stream;
  const sender = canonicalAddress(tunnel.aliases, stream.source);
  const resumed: Resumption[] = [];
  // The SA may go on from another address or port: then its first packets are in another stream.
  const isFirst = !tunnel.streams.some(({ spi, firstTime: time }) => spi === stream.spi && time < firstTime);
  if (isFirst && firstTime > tunnel.firstTime && firstSequence > FEWEST_MISSING) {
    resumed.push({ sender, time: firstTime, frame: firstFrame, missing: firstSequence - 1 });
  }
  if (order.afterLargestGap?.time === gapTo && order.largestGap >= FEWEST_MISSING) {
    resumed.push({ sender, time: gapTo, frame: gapToFrame, missing: order.largestGap });
  }
  return resumed;
}

/** The last packet of the tunnel before `time`; null where a stream goes on through it, or there is none. */
function lastBefore(tunnel: KeptTunnel, time: Micros): Activity | null {
  const activities = [...tunnel.streams.flatMap(runsOf), ...messagesOf(tunnel)].filter(
    ({ from }) => from < time,
  );
  if (activities.some(({ until }) => until >= time)) return null;
  return activities.toSorted((a, b) => b.until - a.until)[0] ?? null;
}

/** A stream before its longest pause and behind it. */
function runsOf(stream: EspStream): Activity[] {
  const { firstTime, lastTime, lastFrame, gapFrom, gapTo, gapFromFrame } = stream;
  return gapTo <= gapFrom
    ? [{ from: firstTime, until: lastTime, last: lastFrame }]
    : [
        { from: firstTime, until: gapFrom, last: gapFromFrame },
        { from: gapTo, until: lastTime, last: lastFrame },
      ];
}

function messagesOf({ ikeSas }: KeptTunnel): Activity[] {
  return ikeSas.flatMap((sa) =>
    sightingsOf(sa.open()).flatMap(({ time, frames: [frame] }) =>
      frame === undefined ? [] : [{ from: time, until: time, last: frame }],
    ),
  );
}
