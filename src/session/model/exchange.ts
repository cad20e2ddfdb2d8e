import type { FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import type { IkeMessage } from "../../ike/message.js";
import type { IncompleteDatagram } from "../../packet/packet.js";
import type { Endpoint } from "./endpoint.js";

/** How the capturing host met the packet, where the capture says so. */
export type HostSide = "received" | "sent" | "unknown";

/** One sighting on the wire of one message (or of one SKF fragment of it). */
export interface Sighting {
  readonly time: Micros;
  readonly nanos: number;
  /** More than one where the datagram came in IP fragments, or the message in several TCP segments. */
  readonly frames: readonly FrameRef[];
  /** Set where there are more frames than are kept: so many are left out before the last of `frames`. */
  readonly framesLeftOut?: number;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** UDP payload, bytes, as declared; over TCP the message alone. */
  readonly bytes: number;
  /** Number of IP fragments that were seen; 1 for a whole datagram. */
  readonly ipFragments: number;
  /** Set where fragments of the datagram are missing from the capture. */
  readonly missingFragments: LostFragments | null;
  /** SKF fragment number from 1, or 0 for a whole message. */
  readonly fragment: number;
  readonly ttl: number;
  /** IPv4 identification; 0 where there is none. Copies of one packet share it, retransmissions do not. */
  readonly identification: number;
  readonly hostSide: HostSide;
  /** The transport that carried it. Over TCP there are no retransmissions to be seen: those of TCP are left out. */
  readonly transport: Transport;
}

/** The fragments of a datagram that never became whole. */
export type LostFragments = Pick<IncompleteDatagram, "fragments" | "totalLength" | "reason">;

/** How a message travels: in a UDP packet, or in a TCP stream (RFC 9329). */
type Transport = "udp" | "tcp";

/** One message of an exchange and every time it was sent. */
export interface Transmission {
  /** The message as first decoded; for a fragmented one its fragment number 1 where that was seen. */
  message: IkeMessage;
  /** In order of time; at most `SIGHTING_LIMIT`, `tries` goes on counting. */
  readonly sightings: Sighting[];
  /** How often the message was sent, 1 for no retransmission. */
  tries: number;
  /** RFC 7383: total fragments, and how often each number was seen; null for an unfragmented message. */
  fragments: { total: number; readonly seen: Map<number, number> } | null;
}

export const SIGHTING_LIMIT = 64;

/** The side of an IKE SA: the initiator of its first message, or the other one. */
export type Role = "initiator" | "responder";

/**
 * A request and its response. IKEv1 phase 1 and quick mode are cut into such pairs too (messages 1-2, 3-4, 5-6);
 * `step` is the number of the request within its mode, 1 everywhere else.
 */
export interface Exchange {
  readonly exchangeType: number;
  readonly messageId: number;
  readonly step: number;
  /** Which end sent the request. */
  readonly startedBy: Role;
  request: Transmission | null;
  response: Transmission | null;
  /** Whether the protocol wants a response (not so for IKEv1 INFORMATIONAL, aggressive 3 and quick 3). */
  readonly expectsResponse: boolean;
}
