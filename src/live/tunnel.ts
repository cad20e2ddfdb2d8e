import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import type { Phase } from "../diagnosis/finding.js";
import type { RaisedFinding } from "./raised.js";

/** How a tunnel stands, in the order in which an operator wants to see them. */
export const LIVE_STATES = ["failing", "down", "degraded", "setting-up", "up", "quiet", "unknown"] as const;

/**
 * failing: a critical finding is raised. down: it was ended in order. degraded: it works, and a warning is raised.
 * setting-up: an exchange of the setup is under way. up: proven to work. quiet: it worked, and nothing was heard for a
 * while. unknown: what was seen does not tell.
 */
export type LiveState = (typeof LIVE_STATES)[number];

/** The SPIs of a Child SA by the end that sends to them: those of packets from the first peer, and from the second. */
export interface LiveSpiPair {
  readonly fromFirst: number | null;
  readonly fromSecond: number | null;
}

/** The newest exchange of a tunnel. */
export interface LiveExchange {
  /** Such as "IKE_AUTH". */
  readonly name: string;
  readonly messageId: number;
  readonly time: Micros;
  readonly tries: number;
  readonly answered: boolean;
}

/** Traffic from one end of a tunnel to the other. */
export interface LiveDirection {
  /** ESP and AH packets per second over the last interval. */
  readonly rate: number;
  /** Since the tunnel is known. */
  readonly packets: number;
  readonly bytes: number;
  readonly lost: number;
}

/** One tunnel as it stands now: a row of the table. */
export interface LiveTunnel {
  /** The same for as long as the tunnel is known, also when the capture was interrupted. */
  readonly id: number;
  /** The initiator first, if `rolesProven`. */
  readonly peers: readonly [Address, Address];
  /** Whether messages prove who the initiator of its first IKE SA is. */
  readonly rolesProven: boolean;
  /** IKE version, or null where only ESP was seen. */
  readonly version: 1 | 2 | null;
  readonly state: LiveState;
  /** When it came into that state. */
  readonly since: Micros;
  /** The phase that failed, or that is under way; null where it is up or nothing is known. */
  readonly phase: Phase | null;
  readonly lastExchange: LiveExchange | null;
  /** Messages that were sent again, since the tunnel is known. */
  readonly retransmissions: number;
  /** From the first peer to the second, and back. */
  readonly directions: readonly [LiveDirection, LiveDirection];
  /** Child SAs that carry traffic now or did last, the newest first. */
  readonly spis: readonly LiveSpiPair[];
  /** Raised and not yet cleared, the most severe first. */
  readonly findings: readonly RaisedFinding[];
  readonly firstTime: Micros;
  readonly lastTime: Micros;
}
