import type { Address } from "../../bytes/address.js";
import type { AddressAlias } from "./tunnel.js";

/** The tunnel's own address that `address` stands for; itself where it is no alias. */
export function canonicalAddress(aliases: readonly AddressAlias[], address: Address): Address {
  return aliases.find((alias) => alias.address === address)?.standsFor ?? address;
}
