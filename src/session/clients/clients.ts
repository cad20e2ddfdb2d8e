import type { Tunnel } from "../model.js";
import { seenOnTranslator } from "../model/queries.js";
import { clientsByPorts } from "./by-ports.js";
import { type Client, isBeyondOpening, isTranslated } from "./client.js";
import { withReturns } from "./returns.js";
import type { Address } from "../../bytes/address.js";

/** The clients that share an address. */
export interface Clients {
  readonly address: Address;
  readonly clients: readonly Client[];
  /** How many of them were there at the same time. */
  readonly atOnce: number;
}

/**
 * The clients of a tunnel that share one of its addresses at the same time, as their ports tell; null where there is one only, no NAT
 * device gave a port, the capture shows both its sides, or nobody came further than a first message, as a scanner from many ports.
 */
export function clientsOf(tunnel: Tunnel): Clients | null {
  if (seenOnTranslator(tunnel)) return null;
  for (const address of tunnel.addresses) {
    const byPorts = clientsByPorts(tunnel, address);
    const atOnce = mostAtOnce(byPorts);
    if (!byPorts.some(isTranslated) || !byPorts.some(isBeyondOpening) || atOnce < 2) continue;
    return { address, clients: withReturns(byPorts), atOnce };
  }
  return null;
}

function mostAtOnce(clients: readonly Client[]): number {
  const heard = clients.filter(({ from, to }) => from <= to);
  const ends = heard.map(({ to }) => to).toSorted((a, b) => a - b);
  const begins = heard.map(({ from }) => from).toSorted((a, b) => a - b);
  let [most, gone] = [0, 0];
  for (const [index, from] of begins.entries()) {
    while ((ends[gone] ?? Infinity) < from) gone++;
    most = Math.max(most, index + 1 - gone);
  }
  return most;
}
