import type { Address } from "../bytes/address.js";
import type { FrameRef } from "../bytes/frame.js";
import type { Micros } from "../bytes/time.js";
import type { EspStream } from "../esp/stream.js";
import type { IkeMessage } from "../ike/message.js";
import type { IcmpError, IncompleteDatagram } from "../packet/packet.js";
import type { ChildSa } from "./esp/child-sa.js";

/** Address and UDP or TCP port of one end of a message. */
export interface Endpoint {
  readonly address: Address;
  readonly port: number;
}

/** How the capturing host met the packet, where the capture says so. */
export type HostSide = "received" | "sent" | "unknown";

/** One sighting on the wire of one message (or of one SKF fragment of it). */
export interface Sighting {
  readonly time: Micros;
  readonly nanos: number;
  /** More than one where the datagram came in IP fragments, or the message in several TCP segments. */
  readonly frames: readonly FrameRef[];
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
  /** What carried it. Over TCP there are no retransmissions to be seen: those of TCP are left out. */
  readonly transport: Transport;
}

/** What there is of a datagram that never became whole. */
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

/** Who of the IKE SA: the initiator of its first message, or the other one. */
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

/** An ICMP error that quotes a packet of a tunnel. */
export interface IcmpAnswer {
  readonly time: Micros;
  readonly frame: FrameRef;
  /** Who sent the ICMP message. */
  readonly source: Address;
  readonly destination: Address;
  readonly ttl: number;
  readonly error: IcmpError;
}

/** A frame and its time. */
export interface Moment {
  readonly frame: FrameRef;
  readonly time: Micros;
}

/** What one end of a TCP connection sent. */
export interface TcpSide {
  readonly endpoint: Endpoint;
  /** IKE messages, ESP packets and keepalives. */
  readonly records: number;
  /** First and last segment with payload; null where it sent none. */
  readonly firstData: Moment | null;
  readonly lastData: Moment | null;
  /** Last segment of any kind behind its SYN, an acknowledgement perhaps. */
  readonly lastHeard: Micros | null;
}

/** What ended a TCP connection: the first FIN, or an RST behind which no payload came both ways. */
export interface TcpEnding extends Moment {
  readonly by: "fin" | "rst";
  readonly source: Address;
}

/** A TCP connection that carried IKE and ESP (RFC 9329), or that was opened on port 4500 and carried nothing. */
export interface TcpConnection {
  /** The TCP originator, which opens the connection, and the other end. */
  readonly client: TcpSide;
  readonly server: TcpSide;
  /** Its bytes are those of IKE and ESP. */
  readonly recognised: boolean;
  /** The client's SYNs, the first ones; empty where the capture does not hold the start. `tries` counts all. */
  readonly opening: readonly Moment[];
  readonly tries: number;
  /** The server's answer to the SYN. */
  readonly accepted: Moment | null;
  readonly ending: TcpEnding | null;
  /** Why a direction could not be read to its end. */
  readonly fault: string | null;
  readonly firstTime: Micros;
  readonly lastTime: Micros;
}

/** What is known of an IKE SA beside its exchanges. */
export interface IkeSaOutline {
  readonly id: string;
  readonly majorVersion: 1 | 2;
  readonly initiatorSpi: string;
  /** Zero until a responder's SPI was seen. */
  readonly responderSpi: string;
  /** Where the initiator of the IKE SA sends from and to, as first seen. */
  readonly initiator: Endpoint;
  readonly responder: Endpoint;
  /** Whether the capture holds the first message (IKE_SA_INIT request, first phase 1 message). */
  readonly startSeen: boolean;
  /** Messages that were counted but not kept because the SA had too many, and what they lie between. */
  readonly unkept: number;
  readonly unkeptSpan: { readonly from: Moment; readonly to: Moment } | null;
  readonly firstTime: Micros;
  readonly lastTime: Micros;
}

/** An IKE SA with its exchanges, in the order of their beginnings. */
export interface IkeSa extends IkeSaOutline {
  readonly exchanges: readonly Exchange[];
}

/**
 * An IKE SA whose exchanges are packed. `open` unpacks them, other objects each time: who compares exchanges by
 * identity opens once.
 */
export interface KeptIkeSa extends IkeSaOutline {
  open(): IkeSa;
}

/** Everything between two peers, as rules look at it. */
export interface Tunnel extends TunnelOf<IkeSa> {
  /** The streams in pairs, in order of their beginnings. */
  readonly childSas: readonly ChildSa[];
}

/** The same as it is kept: thousands of them fit into the memory. */
export type KeptTunnel = TunnelOf<KeptIkeSa>;

interface TunnelOf<Sa extends IkeSaOutline> {
  readonly id: number;
  /** The initiator of the first IKE SA first, where there is one. */
  readonly addresses: readonly [Address, Address];
  /** Further addresses that the same SPIs were seen with: NAT on both sides of the sniffer, MOBIKE, rebinding. */
  readonly aliases: readonly AddressAlias[];
  readonly ikeSas: readonly Sa[];
  /** IKE SAs that were counted but not kept because the peers had too many. */
  readonly ikeSasNotKept: number;
  readonly streams: readonly EspStream[];
  /** Streams that were counted but not kept because the peers had too many. */
  readonly streamsNotKept: number;
  readonly icmp: readonly IcmpAnswer[];
  /** Incomplete datagrams between the two peers that could not be tied to a message. */
  readonly strayFragments: readonly IncompleteDatagram[];
  /** NAT-T keepalives: packets that each end sent. */
  readonly keepalives: ReadonlyMap<Address, number>;
  /** IKE messages that were seen twice within moments (mirror port, several interfaces). */
  readonly duplicates: DuplicateCount;
  readonly malformed: readonly MalformedMessage[];
  /** In order of their beginnings. */
  readonly tcpConnections: readonly TcpConnection[];
  readonly firstTime: Micros;
  readonly lastTime: Micros;
}

export interface AddressAlias {
  readonly address: Address;
  readonly standsFor: Address;
  /** "nat-view": the same packet seen on both sides of a translator; "moved": the peer changed its address. */
  readonly kind: "nat-view" | "moved";
}

interface DuplicateCount {
  readonly count: number;
  readonly copies: readonly { readonly frame: FrameRef; readonly time: Micros }[];
  /** Copies had another TTL than their originals: the sniffer saw packets before and after a router. */
  readonly routed: boolean;
}

/** A message that could not be decoded to its end. */
export interface MalformedMessage {
  readonly frame: FrameRef;
  readonly time: Micros;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly reason: string;
  /** "message": it has an IKE header, and what follows is not as the header says. "datagram": not even that. */
  readonly what: "message" | "datagram";
  /** The snap length cut the frame, so the fault may not be the sender's. */
  readonly cutBySnapLength: boolean;
}

/** One capture file, as the judgement and the report need it. Texts may come from the file: escape them. */
export interface CaptureFile {
  readonly file: string;
  readonly format: string;
  readonly linkTypes: readonly number[];
  readonly packets: number;
  readonly bytes: number;
  readonly firstTime: Micros | null;
  readonly lastTime: Micros | null;
  readonly nanosecondTimes: boolean;
  /** Drops that the capture file itself reports; null where it says nothing. */
  readonly dropped: number | null;
  /** The largest step back of the time from one packet to the next, by frame number within the file; null for none. */
  readonly stepBack: { readonly by: Micros; readonly frame: number; readonly time: Micros } | null;
  /** Capture filters that the file names. */
  readonly filters: readonly string[];
  readonly notes: readonly { readonly kind: string; readonly text: string }[];
}

/** What the capture as a whole showed beside the tunnels. */
export interface CaptureObservations {
  readonly packets: number;
  readonly firstTime: Micros | null;
  readonly lastTime: Micros | null;
  readonly firstFrame: FrameRef | null;
  readonly lastFrame: FrameRef | null;
  readonly ikeMessages: number;
  readonly espPackets: number;
  readonly ahPackets: number;
  readonly keepalives: number;
  /** Frames that hold neither IKE nor ESP nor AH nor an ICMP error about them: they prove that no port filter was on. */
  readonly otherPackets: number;
  /** UDP packets by port: one of 500, one of 4500. */
  readonly port500: number;
  readonly port4500: number;
  /** Frames whose IKE or ESP header was cut by the snap length. */
  readonly cutIke: readonly { readonly frame: FrameRef; readonly time: Micros }[];
  readonly cutIkeCount: number;
  readonly tunnelsNotKept: number;
  /** ESP and AH streams that were given up because there were too many, and their packets. */
  readonly espStreamsEvicted: number;
  readonly espUntracked: number;
}

/** Outer addresses of an IPsec packet. */
export interface OuterPair {
  readonly source: Address;
  readonly destination: Address;
}

/** Packets in clear between two addresses, at least one of them private, over one link in one direction. */
export interface ClearFlow {
  readonly source: Address;
  readonly destination: Address;
  /** IP protocol. */
  readonly protocol: number;
  readonly packets: number;
  readonly firstTime: Micros;
  readonly lastTime: Micros;
  readonly firstFrame: FrameRef;
  readonly lastFrame: FrameRef;
  /** Of these, packets that came within 5 ms after an ESP packet on the same link, as Linux shows what it decrypted. */
  readonly mirrored: number;
  /** The peers of the last such ESP packet. */
  readonly mirroredFrom: OuterPair | null;
  /** Packets that came within 5 ms after an ESP packet on another link, or one that is not known: decrypted, and sent on. */
  readonly relayed: number;
  /** Packets that ESP followed within 5 ms: shown before they were encrypted. */
  readonly encrypted: number;
  /** Who has IKE or ESP on the same link in the same direction, at most 16 pairs. */
  readonly beside: readonly OuterPair[];
}

export interface SessionModel {
  readonly tunnels: readonly KeptTunnel[];
  /** Of packets that are no IPsec, those with a private address, by flow. */
  readonly clearFlows: readonly ClearFlow[];
  readonly observations: CaptureObservations;
}
