import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import type { RaisedFinding } from "./raised.js";
import type { LiveTunnel } from "./tunnel.js";

/** A notify type that was seen in clear, and how often. */
export interface NotifyCount {
  readonly version: 1 | 2;
  readonly type: number;
  /** Its name in the registry, or its number where it has none. */
  readonly name: string;
  readonly count: number;
}

/** Setups that are begun and not finished, by who answers them; the responders with the most first. */
export interface HalfOpenCount {
  readonly responder: Address;
  readonly count: number;
}

/** Counts since the program began. None of them ever goes down. */
export interface LiveCounts {
  readonly packets: number;
  readonly ikeMessages: number;
  readonly retransmissions: number;
  readonly malformed: number;
  readonly espPackets: number;
  readonly espBytes: number;
  readonly espLost: number;
  readonly notifies: readonly NotifyCount[];
  /** Packets that the capture lost before they were read; null where the backend cannot say. */
  readonly dropped: number | null;
  /** Times that the capture had to be begun again. */
  readonly captureRestarts: number;
  /** Tunnels and streams that were given up for want of room. */
  readonly tunnelsEvicted: number;
  readonly streamsEvicted: number;
  /** Judgements of single tunnels. */
  readonly judgements: number;
}

/** Everything that can be shown at a moment. */
export interface LiveSnapshot {
  readonly time: Micros;
  readonly startedAt: Micros;
  /** The interface, such as "eth0". */
  readonly interface: string;
  /** The capture runs; false while it is waited for. */
  readonly capturing: boolean;
  readonly tunnels: readonly LiveTunnel[];
  /** Peers that said one thing only and got no answer: not among the tunnels. */
  readonly strangers: number;
  /** Tunnels whose judgement is due and not made yet: what is told of them is late. */
  readonly backlog: number;
  readonly halfOpen: readonly HalfOpenCount[];
  /** About the capture itself, not about a tunnel. */
  readonly findings: readonly RaisedFinding[];
  readonly counts: LiveCounts;
}

/** How much an engine holds. */
export interface Kept {
  /** Tunnels that are known, and of those the ones that something was heard of since the capture began. */
  readonly tunnels: number;
  readonly heard: number;
  /** Tunnels and streams of the session, strangers among them. */
  readonly filed: number;
  readonly streams: number;
  /** Streams that are accounted for, and tunnels that are to be judged at a time. */
  readonly accounts: number;
  readonly due: number;
}
