import type { Role } from "../../../../src/session/model.js";
import type { Configuration } from "../configuration.js";
import type { Obstacle } from "../datagram.js";
import type { SimulatedTunnel } from "../tunnel.js";

/** Peers that a fault needs, as only they have what it breaks. */
type Needs = "v2" | "eap" | "v1" | "main" | "aggressive" | "xauth";

/** Something that goes wrong in a simulated tunnel, and what may be concluded from a capture of all of it. */
export interface Fault {
  readonly name: string;
  /** From the first message on; else in the middle of the traffic. */
  readonly isOfSetup: boolean;
  readonly accepts: readonly string[];
  readonly needs?: Needs;
  /** It is over after a while. */
  readonly heals?: true;
  readonly happens: (tunnel: SimulatedTunnel, at: number) => void;
}

type Taken = Parameters<Obstacle["takes"]>[0];

export function obstacle(takes: (packet: Taken, side: Role) => boolean): Fault["happens"] {
  return ({ path, draws }, at) => {
    const side = draws.pick(["initiator", "responder"] as const);
    const place = draws.pick([0.1, 0.5, 0.9]);
    path.obstacles.push({ from: at, until: Infinity, place, takes: (packet) => takes(packet, side) });
  };
}

export function refuses(what: Configuration["refuses"], ...who: readonly Role[]): Fault["happens"] {
  return ({ daemons }) => {
    for (const role of who) daemons[role].configuration.refuses = what;
  };
}

export const isIke4500 = ({ port }: Taken): boolean => port === 4500;
export const isEsp = ({ protocol }: Taken): boolean => protocol === 50;

/** Codes of a peer that is not heard any more. */
export const GONE = [
  "dpd-timeout",
  "path-lost",
  "esp-one-way",
  "rekey-unanswered",
  "ike-init-unanswered",
  "ike-auth-unanswered",
  "natt-4500-unanswered",
  "retransmissions",
  "esp-large-packets-lost",
  "ike-response-lost",
  "ike-auth-missing",
  "eap-stalled",
  "xauth-stalled",
  "quick-mode-unanswered",
];
