import type { Address } from "../../bytes/address.js";
import type { FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";

/** A sighting as far as a finding about another tunnel cites it. */
export interface CitedSighting {
  readonly time: Micros;
  readonly nanos: number;
  readonly frame: FrameRef;
  /** IP fragments that were seen of it; 1 for a whole datagram. */
  readonly ipFragments: number;
  readonly isWhole: boolean;
  /** SKF fragment number from 1, or 0 for a whole message. */
  readonly fragment: number;
}

/** An answer to the first message of an IKE SA. */
export interface FirstAnswer {
  readonly time: Micros;
  readonly last: CitedSighting;
}

/** REDIRECT in clear, as the answer to a first message (RFC 5685). */
export interface Redirect {
  readonly client: Address;
  readonly gateway: Address;
  readonly time: Micros;
  /** The target as text; null if it is no address or name. */
  readonly target: string | null;
  readonly last: CitedSighting;
}

/** REDIRECTED_FROM in an IKE_SA_INIT: another gateway sent the client here (RFC 5685 3), in clear or in IKE_AUTH. */
export interface RedirectedFrom {
  readonly client: Address;
  /** The gateway that sent it, as it names it: address or name. */
  readonly gateway: Address;
  /** The gateway that it went to. */
  readonly target: Address;
  readonly time: Micros;
  readonly first: CitedSighting;
}

/** An IKE_AUTH exchange of one round. */
export interface AuthenticationLengths {
  /** IKE messages, bytes; of one in IKE fragments what it would have in one piece. */
  readonly asked: number;
  readonly answer: number;
  /** The same under suites with which lengths can be compared; null where the suite is not known. */
  readonly sizesKey: number | null;
  /** The answer. */
  readonly last: CitedSighting;
}

/** Facts of an IKE SA for the judgement of another tunnel: small, and kept without its exchanges. */
export interface IkeSaFacts {
  /** When the capture first proves that the IKE SA is up; null where it never does. */
  readonly upAt: Micros | null;
  /** The first sighting of the first request; null where the IKE SA was never up. */
  readonly began: CitedSighting | null;
  /** In order of their exchanges. */
  readonly firstAnswers: readonly FirstAnswer[];
  readonly redirects: readonly Redirect[];
  /** Null where the client came by itself, or this gateway did not answer. */
  readonly redirectedFrom: RedirectedFrom | null;
  /** IKEv2; null where the first round is not the only one, or not whole. */
  readonly authentication: AuthenticationLengths | null;
}
