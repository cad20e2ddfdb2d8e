import type { Address } from "../../bytes/address.js";
import type { EspStream } from "../../esp/stream.js";
import type { IkeSa, Role, Tunnel } from "../../session/model.js";
import { canonicalAddress } from "../../session/model/queries.js";
import type { Side } from "./row.js";

/** The side that an address belongs to; null for a third one. */
export function sideOf(tunnel: Tunnel, address: Address): Side | null {
  const own = canonicalAddress(tunnel.aliases, address);
  if (own === tunnel.addresses[0]) return "left";
  return own === tunnel.addresses[1] ? "right" : null;
}

/** The side that plays a role in an IKE SA: later ones may be begun by the other peer. */
export function sideOfRole(tunnel: Tunnel, sa: IkeSa, role: Role): Side {
  const initiator = sideOf(tunnel, sa.initiator.address) ?? "left";
  return role === "initiator" ? initiator : other(initiator);
}

export function other(side: Side): Side {
  return side === "left" ? "right" : "left";
}

/** The streams without the second view of those that the sniffer saw on both sides of a NAT device. */
export function seenOnce({ streams, aliases }: Pick<Tunnel, "streams" | "aliases">): readonly EspStream[] {
  const views = new Set(aliases.filter(({ kind }) => kind === "nat-view").map(({ address }) => address));
  const once = streams.filter(({ source, destination }) => !views.has(source) && !views.has(destination));
  return once.length > 0 ? once : streams;
}
