import { sightingsOf } from "../../session/sightings.js";
import type { TunnelContext } from "../context.js";
import type { Evidence } from "../finding.js";
import { canonicalOf, lastOf } from "../facts/sides.js";
import { nameOf, type Passage } from "./passage.js";
import { say } from "../../texts/message.js";

/** A packet of the other end at the second place: the file there was recording this tunnel. */
export function proofOfRecording({ tunnel }: TunnelContext, passage: Passage): Evidence[] {
  const { receiver, to } = passage;
  const text = say`${nameOf(to)} records what ${receiver} sends`;
  const [stream] = to.streams
    .filter(({ source }) => canonicalOf(tunnel, source) === receiver)
    .toSorted((a, b) => b.lastTime - a.lastTime);
  if (stream !== undefined) return [lastOf(stream, text)];
  const sighting = to.ikeSas
    .flatMap(sightingsOf)
    .findLast(({ source }) => canonicalOf(tunnel, source.address) === receiver);
  if (sighting === undefined) return [];
  return [{ frame: sighting.frames[0] ?? 0, time: sighting.time, nanos: sighting.nanos, text }];
}
