import type { Address } from "../../bytes/address.js";
import { IKE_PORT, NAT_T_PORT } from "../../ike/ports.js";
import type { IkeSa } from "../model.js";
import { isTranslatedPort } from "../model/queries.js";
import { sightingsOf } from "../sightings.js";

/**
 * Whether two IKE SAs share no port at one of their addresses, and a NAT device gave at least one: behind it there may
 * be two clients. Either side may have begun an IKE SA, as the gateway that rekeys it does.
 */
export function mayBeOtherClients(one: IkeSa, other: IkeSa): boolean {
  return [one.initiator.address, one.responder.address].some((address) => {
    const [ports, otherPorts] = [portsOf(one, address), portsOf(other, address)];
    return (
      areApart(ports, otherPorts) && [...ports, ...otherPorts].some((port) => isTranslatedPort({ port }))
    );
  });
}

/** Whether two IKE SAs share no port at the address of the first one's initiator. */
export function usesOtherPorts(one: IkeSa, other: IkeSa): boolean {
  const { address } = one.initiator;
  return areApart(portsOf(one, address), portsOf(other, address));
}

/** The ports that the initiator of an IKE SA was seen with. */
export function initiatorPorts(sa: IkeSa): Set<number> {
  return portsOf(sa, sa.initiator.address);
}

/** The ports that an end of an IKE SA was seen with; with `towards`, those that it has towards that port of the other end. */
function portsOf(sa: IkeSa, address: Address, towards: number | null = null): Set<number> {
  const ports = new Set<number>();
  for (const { source, destination } of sightingsOf(sa)) {
    const [own, other] = source.address === address ? [source, destination] : [destination, source];
    if (own.address === address && (towards === null || other.port === towards)) ports.add(own.port);
  }
  return ports;
}

/** The ports that an end has on NAT-T: towards UDP 4500, or 4500 itself. */
export function natTPorts(sa: IkeSa, address: Address): Set<number> {
  const ports = portsOf(sa, address, NAT_T_PORT);
  if (portsOf(sa, address).has(NAT_T_PORT)) ports.add(NAT_T_PORT);
  return ports;
}

function areApart(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return one.size > 0 && other.size > 0 && ![...one].some((port) => other.has(port));
}

/**
 * The ports that tell a client from others behind its address: UDP 500 as it was sent from is no such port where NAT-T has others, for many
 * NAT devices leave it to all clients alike.
 */
export function tellingPorts(sa: IkeSa, address: Address): Set<number> {
  const ports = portsOf(sa, address);
  if ([...natTPorts(sa, address)].some((port) => isTranslatedPort({ port }))) ports.delete(IKE_PORT);
  return ports;
}
