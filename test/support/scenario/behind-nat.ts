import { type Scenario, type ScenarioOptions, scenario } from "./scenario.js";

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
