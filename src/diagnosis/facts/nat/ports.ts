import { IKE_PORT, NAT_T_PORT } from "../../../ike/ports.js";
import type { IkeSa } from "../../../session/model.js";
import { sightingsOf } from "../recording/sightings.js";

/**
 * Whether two IKE SAs of one address share no port of the initiator, and a NAT device gave at least one: behind it there may
 * be two clients.
 */
export function mayBeOtherClients(one: IkeSa, other: IkeSa): boolean {
  const ports = [...initiatorPorts(one), ...initiatorPorts(other)];
  return usesOtherPorts(one, other) && ports.some((port) => port !== IKE_PORT && port !== NAT_T_PORT);
}

/** Whether two IKE SAs share no port of the initiator. */
export function usesOtherPorts(one: IkeSa, other: IkeSa): boolean {
  const ports = initiatorPorts(one);
  return ![...initiatorPorts(other)].some((port) => ports.has(port));
}

/** The ports that the initiator of an IKE SA was seen with. */
export function initiatorPorts(sa: IkeSa): Set<number> {
  const { address } = sa.initiator;
  const ports = new Set<number>();
  for (const { source, destination } of sightingsOf(sa)) {
    if (source.address === address) ports.add(source.port);
    else if (destination.address === address) ports.add(destination.port);
  }
  return ports;
}
