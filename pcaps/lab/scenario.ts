/** A scenario: two configured ends, a router that may harm, some steps, and the truth. */
import type { Defects } from "./certificates.js";
import type { Peer } from "./config.js";
import type { Decided } from "./decided.js";
import type { Chain } from "./nft.js";
import type { Answer } from "./scripted.js";
import type { Stage } from "./stage.js";
import type { Truth } from "./truth.js";

export interface Scenario {
  name: string;
  /** The steps in one plain sentence without its full stop. */
  description: string;
  /** The initiator. */
  alice: Peer;
  /** The responder; without a daemon its kernel answers alone, or a script gives one answer to all. */
  bob: Peer | Answer | "no daemon";
  /** Makes certificates with so many further names: 0 gives small ones, 40 large ones. */
  certificateNames?: number;
  /** Scripts, each of which redirects from its address to another: at bob, or at the router if bob has a daemon. */
  redirects?: [from: string, to: string][];
  /** The faults of certificates; needs `certificateNames`. */
  defects?: Defects;
  /** The hosts have IPv6 addresses as well. */
  ipv6?: boolean;
  /** alice does not know the authority that signed the certificates. */
  strangers?: boolean;
  /** Rules of the router from the start. */
  rules?: [Chain, string][];
  /** Played in a User Mode Linux, with ESP of its kernel; the router has `stage.router` and no nftables. */
  kernel?: boolean;
  /** Sets the scene before the captures start. */
  before?(stage: Stage): Promise<void>;
  /** The steps that are made while both ends are captured. */
  steps(stage: Stage): Promise<void>;
  /** The frame at which a competent engineer would speak, where the truth is a fault: see decided.ts. */
  decided?: Decided;
  /** The truth at each place. A router capture is made only where its truth is given. */
  truth: { initiator: Truth; responder: Truth; router?: Truth };
}

/** Steps of a scenario that comes up: initiate, ping through the tunnel both ways, stay idle a while. */
export async function comesUp(stage: Stage): Promise<void> {
  await stage.alice.initiate();
  await stage.ping("alice", 4);
  await stage.wait(4);
  await stage.ping("bob", 3);
  await stage.wait(5);
}

/** Steps of a scenario that fails by silence: alice gives up after 9.5 s, then 7 s nothing. */
export async function givesUp(stage: Stage): Promise<void> {
  await stage.alice.initiate();
  await stage.wait(7);
}

/** Steps of a scenario that fails by an answer: no more than a short wait is needed. */
export async function isRefused(stage: Stage): Promise<void> {
  await stage.alice.initiate();
  await stage.wait(6.5);
}
