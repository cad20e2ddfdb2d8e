import type { Address } from "../bytes/address.js";
import type { EspStream } from "../esp/stream.js";
import type { IkeSaOutline, Sighting } from "./model.js";
import { isFromInitiator } from "./role.js";
import type { SeenMessage } from "./transmission.js";
import type { TunnelBuilder } from "./tunnel-builder.js";
import type { TunnelTable } from "./tunnel-table.js";

/** From where to where. */
type Ends = Pick<Sighting, "source" | "destination">;

/** The same ESP packets with other addresses. */
export function joinView(
  tunnel: TunnelBuilder,
  before: Pick<EspStream, "source" | "destination">,
  after: Pick<EspStream, "source" | "destination">,
): void {
  const alias = (address: Address, standsFor: Address): void => {
    if (address !== standsFor) tunnel.addAlias({ address, standsFor, kind: "nat-view" });
  };
  alias(after.source, tunnel.canonical(before.source));
  alias(after.destination, tunnel.canonical(before.destination));
}

/** The same packet with other addresses: the sniffer stands on both sides of a NAT device. */
export function joinViews(
  tunnel: TunnelBuilder,
  before: Ends,
  sighting: Sighting,
  tunnels: TunnelTable,
): void {
  const source = tunnel.canonical(before.source.address);
  const destination = tunnel.canonical(before.destination.address);
  if (sighting.source.address !== before.source.address) {
    tunnel.addAlias({ address: sighting.source.address, standsFor: source, kind: "nat-view" });
  }
  if (sighting.destination.address !== before.destination.address) {
    tunnel.addAlias({ address: sighting.destination.address, standsFor: destination, kind: "nat-view" });
  }
  joinAddresses(sighting, tunnel, tunnels);
}

/** A message of the IKE SA with other addresses than before: one of its peers moved. */
export function joinMoved(
  tunnel: TunnelBuilder,
  sa: Pick<IkeSaOutline, "initiator" | "responder">,
  { message, sighting }: SeenMessage,
  tunnels: TunnelTable,
): void {
  const { source, destination } = sighting;
  const [initiator, responder] = isFromInitiator(message.header)
    ? [source, destination]
    : [destination, source];
  const alias = (address: Address, standsFor: Address): void => {
    if (!tunnel.joins(address)) tunnel.addAlias({ address, standsFor, kind: "moved" });
  };
  alias(initiator.address, sa.initiator.address);
  alias(responder.address, sa.responder.address);
  joinAddresses(sighting, tunnel, tunnels);
}

/** Lets the tunnel be found by the addresses of this sighting, too. */
function joinAddresses({ source, destination }: Sighting, tunnel: TunnelBuilder, tunnels: TunnelTable): void {
  // Both may be those that it has already.
  if (tunnels.existing(source.address, destination.address) !== tunnel) {
    tunnels.alias(source.address, destination.address, tunnel);
  }
}
