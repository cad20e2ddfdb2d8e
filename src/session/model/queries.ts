import type { Address } from "../../bytes/address.js";
import { IKE_PORT, NAT_T_PORT } from "../../ike/ports.js";
import type { Endpoint } from "./endpoint.js";
import type { Role } from "./exchange.js";
import type { IkeSa } from "./ike-sa.js";
import type { AddressAlias, KeptTunnel } from "./tunnel.js";

/** The tunnel's own address that `address` stands for; itself where it is no alias. */
export function canonicalAddress(aliases: readonly AddressAlias[], address: Address): Address {
  return aliases.find((alias) => alias.address === address)?.standsFor ?? address;
}

/** Initiators send from 500 or 4500 unless a NAT device changes that (RFC 7296 2); some are configured otherwise. */
export function isTranslatedPort({ port }: Pick<Endpoint, "port">): boolean {
  return port !== IKE_PORT && port !== NAT_T_PORT;
}

/** Whether messages prove that the first address of the tunnel is the initiator's. */
export function areRolesProven({ ikeSas }: Pick<KeptTunnel, "ikeSas">): boolean {
  return ikeSas[0]?.rolesProven === true;
}

/** The role of the tunnel's first or second address; null where nothing proves it. */
export function roleOfPeer(tunnel: Pick<KeptTunnel, "ikeSas">, index: 0 | 1): Role | null {
  if (!areRolesProven(tunnel)) return null;
  return index === 0 ? "initiator" : "responder";
}

export function otherRole(role: Role): Role {
  return role === "initiator" ? "responder" : "initiator";
}

/** The side that asks, and the side that has to answer. */
export function endsOf({ initiator, responder }: IkeSa, startedBy: Role): readonly [Endpoint, Endpoint] {
  return startedBy === "initiator" ? [initiator, responder] : [responder, initiator];
}

/** Both sides of a NAT device are in the capture: each packet has two pairs of addresses and ports. */
export function seenOnTranslator({ aliases }: Pick<KeptTunnel, "aliases">): boolean {
  return aliases.some(({ kind }) => kind === "nat-view");
}
