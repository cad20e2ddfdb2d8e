import type { Address } from "../bytes/address.js";
import type { IkeSa, KeptTunnel } from "./model.js";
import { canonicalAddress } from "./model/queries.js";
import { sightingsOf } from "./sightings.js";

/**
 * Whether messages of the tunnel's IKE SAs went to the address, and nothing came from there, while the same peer was heard at another one.
 * An initiator that looks for a working path tries every address that the responder told of (RFC 4555 3.5), private ones too.
 */
export function isOnlyTried(
  { aliases, streams }: Pick<KeptTunnel, "aliases" | "streams">,
  ikeSas: readonly IkeSa[],
  address: Address,
): boolean {
  const peer = canonicalAddress(aliases, address);
  if (!aliases.some(({ standsFor, kind }) => standsFor === peer && kind === "moved")) return false;
  const messages = ikeSas.flatMap((sa) => sightingsOf(sa));
  const heard = new Set<Address>([
    ...streams.map(({ source }) => source),
    ...messages.map(({ source }) => source.address),
  ]);
  // A capture of one direction shows where the other side's ESP goes.
  const used = [...heard, ...streams.map(({ destination }) => destination)];
  return (
    !heard.has(address) &&
    messages.some(({ destination }) => destination.address === address) &&
    used.some((other) => other !== address && canonicalAddress(aliases, other) === peer)
  );
}
