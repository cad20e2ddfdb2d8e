import type { Address } from "../../bytes/address.js";
import { IKE_PORT, NAT_T_PORT } from "../../ike/ports.js";
import type { Endpoint } from "./endpoint.js";
import type { Role } from "./exchange.js";
import type { AddressAlias } from "./tunnel.js";

/** The tunnel's own address that `address` stands for; itself where it is no alias. */
export function canonicalAddress(aliases: readonly AddressAlias[], address: Address): Address {
  return aliases.find((alias) => alias.address === address)?.standsFor ?? address;
}

/** Initiators send from 500 or 4500 unless a NAT device changes that (RFC 7296 2); some are configured otherwise. */
export function isTranslatedPort({ port }: Endpoint): boolean {
  return port !== IKE_PORT && port !== NAT_T_PORT;
}

export function otherRole(role: Role): Role {
  return role === "initiator" ? "responder" : "initiator";
}
