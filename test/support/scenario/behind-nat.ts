import { setsUpBetween } from "./flows.js";
import type { Peer } from "./peer.js";
import { type Scenario, type ScenarioOptions, scenario } from "./scenario.js";
import type { SaSpis } from "./wire.js";

/** The address of an initiator in its own network. */
export const INSIDE = "10.0.0.5";
/** The NAT device before it: its address, and the ports that it gives. */
export const NAT = { address: "192.0.2.10", port500: 61_001, port4500: 61_002 } as const;
/** A story of an initiator behind NAT, seen behind the NAT device. */
export const BEHIND_NAT: ScenarioOptions = { floats: true, initiator: { address: INSIDE, nat: NAT } };

/** Begins such a story. */
export function behindNat(): Scenario {
  return scenario(BEHIND_NAT);
}

/** Sets up an IKE SA of its own of one of several clients, at `from` seconds; returns its SPIs. */
export function clientSetsUp(talk: Scenario, from: number, client: Peer): SaSpis {
  const sa = talk.newSa();
  setsUpBetween(talk, client, talk.responder, { from, sa });
  return sa;
}

/** A client's pings each second, answered 100 ms later on the SPI that follows. */
export function clientPings(talk: Scenario, client: Peer, spi: number, from: number, to: number): void {
  for (let second = from; second < to; second++) {
    talk.between(client, talk.responder, second).esp({ sequence: second, spi });
    talk.between(talk.responder, client, second + 0.1).esp({ sequence: second, spi: spi + 1 });
  }
}
