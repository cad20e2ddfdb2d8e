import { sightingsOf } from "../../session/sightings.js";
import { frameCapture } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import type { TunnelContext } from "../context.js";
import { movedAsker } from "../facts/nat/moved-asker.js";
import { canonicalOf } from "../facts/sides.js";
import { contextsAtPlaces } from "./at-one-place.js";
import type { Between } from "./between.js";
import type { Passage } from "./passage.js";

/** Packets of the old address may be under way when the first packet to it is lost, microseconds. */
const UNDER_WAY: Micros = 1_000_000;

/**
 * Whether what is lost goes to an address that its receiver has left: where it is sent, requests of the receiver come from another address
 * later, without an answer, and nothing from the old one since. Then the move lost it, not a device between the two places.
 */
export function goesToLeftAddress(
  context: TunnelContext,
  { sender, from: { index, segment } }: Passage,
  { from }: Between,
): boolean {
  if (segment !== null) return false;
  return contextsAtPlaces(context).some((own) => {
    const found = movedAsker(own);
    // Requests from the new address that do not come so far are lost between the places themselves.
    if (found === null || frameCapture(found.moved.frames[0] ?? 0) !== index) return false;
    if (canonicalOf(context.tunnel, found.silent.address) !== sender) return false;
    const { address } = found.asker;
    const isHeard = ({ source, time }: { readonly source: string; readonly time: Micros }): boolean =>
      source === address && time > from + UNDER_WAY;
    return (
      own.tunnel.streams.every(({ source, lastTime }) => !isHeard({ source, time: lastTime })) &&
      own.tunnel.ikeSas
        .flatMap(sightingsOf)
        .every(({ source, time }) => !isHeard({ source: source.address, time }))
    );
  });
}
