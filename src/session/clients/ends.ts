import { type Address, endpointText } from "../../bytes/address.js";
import type { KeptTunnel } from "../model.js";

/** The ends of a tunnel as they are called: its addresses, that of one of several clients with its port. */
export function endsOf({
  addresses: [first, second],
  client,
}: Pick<KeptTunnel, "addresses" | "client">): readonly [string, string] {
  const nameOf = (address: Address): string => (address === client?.address ? endpointText(client) : address);
  return [nameOf(first), nameOf(second)];
}
