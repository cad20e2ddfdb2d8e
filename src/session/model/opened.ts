import type { Micros } from "../../bytes/time.js";
import type { FrameRef } from "../../bytes/frame.js";
import type { Address } from "../../bytes/address.js";

/** Content of one encrypted IKE message, opened with keys that were given. */
export interface OpenedMessage {
  readonly version: 1 | 2;
  /** Type of the first payload; 0 where there is none. */
  readonly firstType: number;
  /** The payloads: of IKEv2 without padding, of IKEv1 with it. */
  readonly plain: Uint8Array;
  /** Whose keys: "alice.charon.log line 1042". */
  readonly by: string;
}

/** The messages and packets of a capture that keys opened. */
export interface OpenedSession {
  /** The message one of whose frames that is, the first one; null where nothing of it was opened. */
  of(frame: FrameRef): OpenedMessage | null;
  /**
   * IKEv1: the key that opens messages of the same phase 1 and was tried in vain, by every IV, on the one whose first frame that is:
   * "alice.log line 12". Null where there is none.
   */
  foreignTo(frame: FrameRef): string | null;
  /** The ESP stream with that SPI from one address to the other; null where nothing of it was opened. */
  streamOf(spi: number, source: Address, destination: Address): OpenedStream | null;
}

/** Packets of one inner flow that were opened. */
export interface InnerFlow {
  readonly source: Address;
  readonly destination: Address;
  /** IP protocol number. */
  readonly protocol: number;
  /** Null where the protocol has none, or for a later fragment. */
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
  /** The type of the first packet, for ICMP. */
  readonly icmpType: number | null;
  readonly packets: number;
  /** Length of the largest inner IP packet, bytes. */
  readonly largest: number;
  /** TCP packets with SYN, FIN and RST. */
  readonly syn: number;
  readonly fin: number;
  readonly rst: number;
  readonly first: { readonly frame: FrameRef; readonly time: Micros };
}

/** The packets of one ESP stream that were opened, which are some of them. */
export interface OpenedStream {
  readonly spi: number;
  readonly source: Address;
  readonly destination: Address;
  readonly by: string;
  /** "tunnel" or "transport" by the next header of its packets. */
  readonly mode: "tunnel" | "transport" | "other";
  readonly opened: number;
  /** Packets that were tried and whose ICV is not that of the key which opens the others. */
  readonly wrongIcv: readonly { readonly frame: FrameRef; readonly time: Micros }[];
  /** How many they are: of `wrongIcv` the first ones alone are kept. */
  readonly wrong: number;
  /** Bytes of the ICV as its key's source says, where the packets have another length; else null. */
  readonly statedIcv: { readonly stated: number; readonly found: number } | null;
  readonly wrongPadding: number;
  /** Whether sequence numbers have 64 bits. */
  readonly esn: boolean;
  readonly flows: readonly InnerFlow[];
  /** Packets of flows beyond those that are kept. */
  readonly otherFlows: number;
}
