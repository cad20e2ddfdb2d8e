import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { TunnelContext } from "../../context.js";
import { canonicalOf } from "../sides.js";
import { sightingsOf } from "../recording/sightings.js";

/** Whether the sniffer sees IKE messages of that end at all. */
export function isSeen({ setups, tunnel }: TunnelContext, address: Address): boolean {
  return setups.some(({ sa }) =>
    sightingsOf(sa).some(({ source }) => canonicalOf(tunnel, source.address) === address),
  );
}

/** ESP of that end comes in after `time`. */
export function sendsEspAfter({ tunnel }: TunnelContext, address: Address, time: Micros): boolean {
  return tunnel.streams.some(
    ({ source, lastTime }) => lastTime > time && canonicalOf(tunnel, source) === address,
  );
}
