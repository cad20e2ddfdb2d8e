import type { Address } from "../../bytes/address.js";
import type { Micros } from "../../bytes/time.js";
import type { Confidence, Phase } from "../../diagnosis/finding.js";
import type { Severity } from "../../diagnosis/severity.js";
import type { Encapsulation } from "../../esp/stream.js";
import type { Endpoint } from "../../session/model.js";
import type { BehindNat } from "../../session/nat.js";
import type { VantagePlace } from "../../session/vantage.js";
import type { LiveSpiPair, LiveState } from "../tunnel.js";

/** Index of a peer in the `peers` of the same account. */
export type PeerIndex = 0 | 1;

/** One IKE message with all its attempts. */
export interface AccountedMessage {
  readonly from: PeerIndex;
  readonly attempts: number;
  /** The first and the newest attempt. */
  readonly firstTime: Micros;
  readonly lastTime: Micros;
  /** As the first attempt carries them here. */
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly transport: "udp" | "tcp";
  /** It travels in IP fragments or IKE fragments, of which some may be missing. */
  readonly isFragmented: boolean;
}

export interface AccountedExchange {
  /** Exchange type by the IANA registry of the IKE version. */
  readonly type: number;
  readonly name: string;
  readonly messageId: number;
  /** Number of the request within an IKEv1 mode, from 1; 1 for IKEv2. */
  readonly step: number;
  /** The role of the requester in the IKE SA. */
  readonly startedBy: "initiator" | "responder";
  readonly request: AccountedMessage | null;
  readonly response: AccountedMessage | null;
  readonly expectsResponse: boolean;
}

export interface AccountedIkeSa {
  readonly version: 1 | 2;
  /** 16 hex digits; the responder's is zero until one was seen. */
  readonly initiatorSpi: string;
  readonly responderSpi: string;
  /** Every exchange that began at this time or later is listed; null if all of the IKE SA are. */
  readonly exchangesFrom: Micros | null;
  /** In order of their beginnings. */
  readonly exchanges: readonly AccountedExchange[];
}

/** Counters of one direction of ESP or AH, from its first packet here. */
export interface AccountedStream {
  readonly from: PeerIndex;
  readonly spi: number;
  readonly encapsulation: Encapsulation;
  /** Addresses and ports of the outer header here. */
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** Without duplicates. */
  readonly packets: number;
  readonly firstTime: Micros;
  readonly lastTime: Micros;
  readonly firstSequence: number;
  readonly highestSequence: number;
  /** Numbers between that of the first packet and the highest that were never seen. */
  readonly lost: number;
  /** Packets that came after a higher number. */
  readonly late: number;
  /** How far behind the highest number the latest of them came. */
  readonly deepest: number;
  /** The numbers are not one ascending run: a restart, a wrap, or packets too late to be judged. */
  readonly isBroken: boolean;
  /** Bytes of the largest ESP or AH packet. */
  readonly largest: number;
  /** Packets by size, as pairs: the lowest size of a bin of 64 bytes, and the packets in it; empty bins are left out. */
  readonly sizes: readonly (readonly [bytes: number, packets: number])[];
}

/** A certificate that a peer shows in clear: when it runs out, and by what it is known again. Nothing else of it. */
export interface AccountedCertificate {
  readonly from: PeerIndex;
  readonly notAfter: Micros;
  readonly isAuthority: boolean;
  /** First 16 hex digits of its SHA-256. */
  readonly fingerprint: string;
}

/** A finding that is raised, by its code: its texts are in the event that raised it. */
interface AccountedFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly phase: Phase | null;
}

/** One tunnel as its gateway counts it, to be compared with the account of the other end. It holds no key and no payload. */
export interface TunnelAccount {
  /** The same for as long as the program runs. */
  readonly tunnel: number;
  readonly peers: readonly [Address, Address];
  /** Which of the peers this gateway is; null if neither its addresses nor the packets tell. */
  readonly self: PeerIndex | null;
  readonly vantage: VantagePlace;
  readonly state: LiveState;
  readonly since: Micros;
  /** Software of the peers, where known. */
  readonly products: readonly [string | null, string | null];
  readonly nat: BehindNat | null;
  /** The newest ones, in order of their beginnings. */
  readonly ikeSas: readonly AccountedIkeSa[];
  /** Every IKE SA that began at this time or later is listed; null if all are. */
  readonly ikeSasFrom: Micros | null;
  readonly spiPairs: readonly LiveSpiPair[];
  /** The newest ones. */
  readonly streams: readonly AccountedStream[];
  /** Every stream that began at this time or later is listed; null if all are. */
  readonly streamsFrom: Micros | null;
  readonly findings: readonly AccountedFinding[];
  /** For each peer those of its newest message that has any. */
  readonly certificates: readonly AccountedCertificate[];
  readonly firstTime: Micros;
  readonly lastTime: Micros;
}

/** The state of the capture that the accounts rest on. */
export interface CaptureStatus {
  readonly time: Micros;
  readonly interface: string;
  readonly isCapturing: boolean;
  /** Since when without a gap: what passed before is in no account. */
  readonly recordedSince: Micros;
  readonly packets: number;
  /** Packets that the capture lost before they were read, since `recordedSince`; null if the backend cannot say. */
  readonly dropped: number | null;
  readonly tunnels: number;
  /** Addresses of this gateway, as far as they are known. */
  readonly addresses: readonly Address[];
  readonly hears: HeardKinds;
}

/** Whether a packet of that kind would be in the capture: the filter is known to let it pass, or others of its kind are there. */
export interface HeardKinds {
  /** No filter keeps anything of IPsec out. */
  readonly everything: boolean;
  readonly port500: boolean;
  readonly port4500: boolean;
  readonly esp: boolean;
}

/** Told of accounts; must not throw and not wait. */
export interface AccountListener {
  status(status: CaptureStatus): void;
  accounts(accounts: readonly TunnelAccount[], time: Micros): void;
}

/** The listener for the accounts of tunnels, and which addresses this gateway has, as far as they are known. */
export interface AccountOptions {
  readonly listener: AccountListener;
  readonly own: readonly Address[];
}
