import type { Address } from "../bytes/address.js";
import type { Setup } from "../diagnosis/context.js";
import type { KeptTunnel, Sighting } from "../session/model.js";

/** Ports that an address used for IKE or ESP in UDP, ascending, at most 16. */
export function portsOf(tunnel: KeptTunnel, setups: readonly Setup[], address: Address): number[] {
  const ports = new Set<number>();
  const add = (endpoint: { readonly address: string; readonly port: number }): void => {
    if (endpoint.address === address && ports.size < 16) ports.add(endpoint.port);
  };
  const addBoth = ({ source, destination }: Sighting): void => {
    add(source);
    add(destination);
  };
  for (const { sa } of setups) {
    for (const { request, response } of sa.exchanges) {
      request?.sightings.forEach(addBoth);
      response?.sightings.forEach(addBoth);
    }
  }
  for (const { source, sourcePort, destination, destinationPort, encapsulation } of tunnel.streams) {
    if (encapsulation !== "udp" && encapsulation !== "tcp") continue;
    add({ address: source, port: sourcePort });
    add({ address: destination, port: destinationPort });
  }
  return [...ports].toSorted((a, b) => a - b);
}
