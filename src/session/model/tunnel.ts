import type { Address } from "../../bytes/address.js";
import type { FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import type { EspStream } from "../../esp/stream.js";
import type { IcmpError, IncompleteDatagram } from "../../packet/packet.js";
import type { ChildSa } from "../esp/child-sa.js";
import type { Endpoint } from "./endpoint.js";
import type { IkeSa, IkeSaOutline, KeptIkeSa } from "./ike-sa.js";
import type { TcpConnection } from "./tcp-connection.js";

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
  /** Streams that were let go, for want of room or because others replaced them, ended before; -Infinity where none was. */
  readonly streamsWholeFrom: Micros;
  readonly icmp: readonly IcmpAnswer[];
  /** Incomplete datagrams between the two peers that could not be tied to a message. */
  readonly strayFragments: readonly IncompleteDatagram[];
  /** ESP packets in IP fragments that never became whole here, by the address that they come from; no stream has them. */
  readonly brokenEsp: ReadonlyMap<Address, BrokenEsp>;
  /** NAT-T keepalives: packets that each end sent. */
  readonly keepalives: ReadonlyMap<Address, number>;
  /** IKE messages that were seen twice within moments (mirror port, several interfaces). */
  readonly duplicates: DuplicateCount;
  readonly malformed: readonly MalformedMessage[];
  /** In order of their beginnings. */
  readonly tcpConnections: readonly TcpConnection[];
  readonly notKept: NotKept;
  readonly firstTime: Micros;
  readonly lastTime: Micros;
  /** The client whose tunnel this is, where several share an address; else null: then it is all that two addresses do. */
  readonly client: TunnelClient | null;
}

/** One of several clients behind a NAT device, told from the others at its address by ports. */
export interface TunnelClient {
  readonly address: Address;
  /** The port of its NAT-T, as a gateway's own tables show it; of a client that never came there the one that it began with. */
  readonly port: number;
  /** All ports that it had. */
  readonly ports: ReadonlySet<number>;
  /** Clients that were behind the address at the same time. */
  readonly atOnce: number;
  /** The tunnel of all clients of the address together. */
  readonly ofAll: KeptTunnel;
}

/** ESP packets of one sender of which IP fragments are missing. */
export interface BrokenEsp {
  readonly count: number;
  /** Packets among these whose missing fragments had all the time to come. */
  readonly lost: number;
  readonly firstTime: Micros;
  readonly lastTime: Micros;
  /** The first of them, whatever is missing; what they hold is not kept. */
  readonly examples: readonly IncompleteDatagram[];
}

export interface AddressAlias {
  readonly address: Address;
  readonly standsFor: Address;
  /** "nat-view": the same packet seen on both sides of a NAT device; "moved": the peer changed its address. */
  readonly kind: "nat-view" | "moved";
}

/** How many of a kind were seen beyond those that are kept. */
interface NotKept {
  readonly icmp: number;
  readonly malformed: number;
  readonly tcpConnections: number;
}

interface DuplicateCount {
  readonly count: number;
  readonly copies: readonly { readonly frame: FrameRef; readonly time: Micros }[];
  /** Copies had another TTL than their originals: the sniffer saw packets before and after a router. */
  readonly routed: boolean;
}

/** An ICMP error that quotes a packet of a tunnel. */
export interface IcmpAnswer {
  readonly time: Micros;
  readonly frame: FrameRef;
  /** The sender of the ICMP message. */
  readonly source: Address;
  readonly destination: Address;
  readonly ttl: number;
  readonly error: IcmpError;
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
