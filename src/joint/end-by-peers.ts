import type { Address } from "../bytes/address.js";
import type { KeptTunnel } from "../session/model.js";
import type { HostRecords } from "./host.js";

/**
 * The end that a host has in the capture if the lines of its log name peers alone, as the few lines of pluto do that people paste: the
 * other end of the tunnels with them. Null where the log tells the host's own address, names both ends of a tunnel, or leaves several.
 */
export function endByPeers(
  { addresses, events }: Pick<HostRecords, "addresses" | "events">,
  tunnels: readonly Pick<KeptTunnel, "addresses">[],
): Address | null {
  if (addresses.size > 0) return null;
  const peers = new Set(events.flatMap(({ event }) => (event.daemon === "pluto" ? event.addresses : [])));
  const own = new Set<Address>();
  for (const { addresses: ends } of tunnels) {
    const [peer, another] = ends.filter((end) => peers.has(end));
    if (another !== undefined) return null;
    if (peer !== undefined) own.add(peer === ends[0] ? ends[1] : ends[0]);
  }
  const [address, ...others] = own;
  return address !== undefined && others.length === 0 ? address : null;
}
