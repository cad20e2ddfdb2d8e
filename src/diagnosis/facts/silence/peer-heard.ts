import { sightingsOf } from "../../../session/sightings.js";
import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { Setup, TunnelContext } from "../../context.js";
import { ownStreamsOf } from "../nat/own-streams.js";
import { canonicalOf } from "../sides.js";

/** Whether the sniffer sees IKE messages of that end at all. */
export function isSeen({ setups, tunnel }: TunnelContext, address: Address): boolean {
  return setups.some(({ sa }) =>
    sightingsOf(sa).some(({ source }) => canonicalOf(tunnel, source.address) === address),
  );
}

/** ESP of that end comes in after `time`; with `setup`, on ports that its IKE SA has: other clients may share the address. */
export function sendsEspAfter(
  context: TunnelContext,
  address: Address,
  time: Micros,
  setup?: Pick<Setup, "sa">,
): boolean {
  const { tunnel } = context;
  const isOwn = setup === undefined ? () => true : ownStreamsOf(context, setup);
  return tunnel.streams.some(
    (stream) => stream.lastTime > time && canonicalOf(tunnel, stream.source) === address && isOwn(stream),
  );
}
