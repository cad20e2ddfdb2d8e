import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import type { RefusalCause } from "./refusal-cause.js";

/** A line of a file. Lines count from 1. */
export interface Source {
  readonly file: string;
  readonly line: number;
}

/** An address with its UDP or TCP port. */
export interface Endpoint {
  readonly address: Address;
  readonly port: number;
}

/**
 * The moment that a line names. `step`: resolution of the stamp in microseconds. `zone` unknown: read as if it were UTC.
 * `year` guessed: the stamp has none, and the one was taken that lies nearest to the time that the reader was given.
 */
export interface Stamp {
  readonly time: Micros;
  readonly step: Micros;
  readonly zone: "utc" | "offset" | "unknown";
  readonly year: "given" | "guessed";
}

/** Things that have a moment, by what they say. */
export type EventKind =
  | "daemon-start"
  | "daemon-stop"
  | "initiate"
  | "received"
  | "sent"
  | "retransmit"
  | "gave-up"
  | "refused-setup"
  | "ignored"
  | "notify-received"
  | "proposals-differ"
  | "selectors-differ"
  | "auth-ok"
  | "auth-failed"
  | "peer-config-missing"
  | "cert-problem"
  | "ike-up"
  | "child-up"
  | "child-failed"
  | "delete"
  | "socket-error"
  | "kernel-error"
  | "netlink-unknown"
  | "acquire-refused"
  | "rekey"
  | "config"
  | "xfrm-added"
  | "xfrm-updated"
  | "xfrm-deleted"
  | "xfrm-expired"
  | "xfrm-acquire"
  | "xfrm-other"
  | "suppressed";

/** An IKE message that a log says was sent or received. What its line does not say is null. */
export interface MessageNote {
  readonly out: boolean;
  readonly from: Endpoint | null;
  readonly to: Endpoint | null;
  /** Length of the IKE message in bytes. */
  readonly length: number | null;
  /** Set once a line beside it names them: "generating" before, "parsed" after. */
  exchange: string | null;
  messageId: number | null;
  response: boolean | null;
  /** The payloads in the daemon's own words, empty for none. */
  payloads: string | null;
}

type Daemon = "charon" | "pluto" | "kernel" | null;

export interface HostEvent {
  readonly source: Source;
  /** Null where the log has no times: then the order of lines alone says what came first. */
  readonly stamp: Stamp | null;
  /** The time as the line has it, also one without a day; empty where it has none. */
  readonly writtenTime: string;
  readonly kind: EventKind;
  /** Why a peer was refused, where the line says it. */
  readonly cause: RefusalCause | null;
  readonly daemon: Daemon;
  readonly thread: number | null;
  readonly ikeName: string | null;
  readonly ikeId: number | null;
  readonly childName: string | null;
  readonly reqid: number | null;
  readonly spiIn: number | null;
  readonly spiOut: number | null;
  readonly message: MessageNote | null;
  /** Addresses of hosts that the line names, in its order. */
  readonly addresses: readonly Address[];
  /** The message of the line with secrets cut out, safe for a terminal. */
  readonly text: string;
}

/** A security association of the kernel, as `ip xfrm state` prints it. */
export interface XfrmState {
  readonly source: Source;
  readonly src: Address;
  readonly dst: Address;
  readonly protocol: string;
  readonly spi: number;
  readonly reqid: number;
  readonly mode: string;
  readonly ifId: number | null;
  readonly mark: string | null;
  readonly offloaded: boolean;
  /** Waits for the daemon: it was made by a packet that needs one and has no keys. */
  readonly larval: boolean;
  /** Counted by the kernel; null where it was not asked with -s. */
  readonly bytes: number | null;
  readonly packets: number | null;
  readonly replay: number | null;
  readonly failed: number | null;
  /** The newest sequence number that was sent or accepted, its lower 32 bits; null where the dump does not say it. */
  readonly sequence: number | null;
  /** Which end of the state is this host: it counts what it sends or receives (iproute2 6.12 says it as "dir"); null if unknown. */
  readonly own: Address | null;
  /** As they are written, without a zone: read as if it were UTC. */
  readonly added: Micros | null;
  readonly used: Micros | null;
}

/** A policy of the kernel, as `ip xfrm policy` prints it. `template` is null for one that asks for no IPsec. */
export interface XfrmPolicy {
  readonly source: Source;
  readonly src: string;
  readonly dst: string;
  readonly direction: "in" | "out" | "fwd";
  readonly ofSocket: boolean;
  readonly ifId: number | null;
  readonly mark: string | null;
  readonly action: "allow" | "block";
  readonly template: XfrmTemplate | null;
  readonly used: Micros | null;
}

export interface XfrmTemplate {
  readonly src: Address;
  readonly dst: Address;
  readonly protocol: string;
  /** Zero where the template names none. */
  readonly spi: number;
  readonly reqid: number;
  readonly mode: string;
  readonly optional: boolean;
}

/** Packets and bytes of one SPI; a status may say one of them alone, and bytes only about. */
export interface Counted {
  readonly packets: number | null;
  readonly bytes: number | null;
}

/** A Child SA in the eyes of the daemon. */
export interface StatusChild {
  readonly source: Source;
  readonly name: string;
  readonly ikeName: string | null;
  readonly reqid: number | null;
  readonly state: string;
  readonly spiIn: number | null;
  readonly spiOut: number | null;
  /** Counted by the kernel since the SPI was made; null where the status does not say it. */
  readonly countedIn: Counted | null;
  readonly countedOut: Counted | null;
  /** This host's address of the Child SA, where its own lines tell it. */
  readonly local: Address | null;
  readonly localSelectors: readonly string[];
  readonly remoteSelectors: readonly string[];
}

/** An IKE SA in the eyes of the daemon. SPIs are 16 hexadecimal digits. */
export interface StatusIkeSa {
  readonly source: Source;
  readonly name: string;
  readonly state: string;
  readonly initiatorSpi: string | null;
  readonly responderSpi: string | null;
  /** Whether this host began it; null where the status does not say it. */
  readonly isInitiator: boolean | null;
  readonly local: Endpoint | null;
  readonly remote: Endpoint | null;
}

/** Counters of the daemon itself. */
export interface DaemonStats {
  readonly source: Source;
  readonly workersTotal: number | null;
  readonly workersIdle: number | null;
  readonly ikeSas: number | null;
  readonly halfOpen: number | null;
}

/** A reading of /proc/net/xfrm_stat. */
export interface XfrmCounters {
  /** The first line of the reading. */
  readonly source: Source;
  readonly values: ReadonlyMap<string, number>;
  /** The line of each counter. */
  readonly lines: ReadonlyMap<string, number>;
}
