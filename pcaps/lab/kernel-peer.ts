/** Ends whose kernel carries ESP. */
import { peer, type Peer } from "./config.js";
import type { Scenario } from "./scenario.js";
import type { End } from "./topology.js";

/** User Mode Linux takes its time: a message is repeated only after 2 s, 3.6 s and 6.5 s. */
const PATIENCE = { retransmit_timeout: "2.0" };

/** As `peer`, with ESP of the kernel. */
export function kernelPeer(end: End, changes: Partial<Peer> = {}): Peer {
  return peer(end, { ipsec: "kernel", ...changes, charon: { ...PATIENCE, ...changes.charon } });
}

/** Both ends with the same changes; the initiator asks every three seconds whether the responder is there. */
export function checkedPair(changes: Partial<Peer> = {}): Pick<Scenario, "kernel" | "alice" | "bob"> {
  return {
    kernel: true,
    alice: kernelPeer("alice", { connection: { dpd_delay: "3s" }, ...changes }),
    bob: kernelPeer("bob", changes),
  };
}
