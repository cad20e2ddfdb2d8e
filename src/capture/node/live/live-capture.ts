import type { ByteSource } from "../../source.js";
import { type Message } from "../../../texts/message.js";
import { inEnglish } from "../../../texts/texts.js";

/** The tools that capture, in the order in which they are looked for. */
export const LIVE_BACKENDS = ["tcpdump", "dumpcap", "cap"] as const;

export type LiveBackend = (typeof LIVE_BACKENDS)[number];

export interface LiveOptions {
  /** Name of the interface, such as "eth0", or "any". */
  readonly interface: string;
  /** In the language of libpcap; all packets where it is empty. */
  readonly filter: string;
  /** Bytes that are kept of a packet, from its link header on. */
  readonly snapLength: number;
  /** Room for packets that wait to be read, in KiB: the kernel's, and with cap our own of the same size beside it. */
  readonly bufferKiB: number;
}

/** Why a capture ended. */
export interface LiveEnding {
  /** closed: by us. killed: by a signal that was not ours. failed: the tool gave up or crashed. */
  readonly kind: "closed" | "interface-gone" | "killed" | "failed";
  /** A sentence without its full stop; may hold text of the tool: escape it when printing. */
  readonly text: Message;
}

/** A running capture, as the bytes of a pcap file: the header first. */
export interface LiveCapture extends ByteSource {
  readonly backend: LiveBackend;
  /** The clock of the packets' times: the kernel's as they came, or this process's when it was handed them. */
  readonly clock: "kernel" | "host";
  /**
   * Packets that were lost before we read them, as last known; null where that is unknown. Of tcpdump it is known once
   * asked for, of dumpcap at the end only; cap can tell only what its own queue lost, so it is "at least so many".
   */
  drops(): number | null;
  /** Asks for the losses; the answer shows in `drops()` a moment later. Does nothing where it cannot be asked. */
  askDrops(): void;
  /** Settles when the capture has ended, for whatever reason; never rejects. */
  readonly ending: Promise<LiveEnding>;
  /** Asks the capture to end: what was captured can still be read, then the end comes. */
  stop(): void;
}

export type LiveFault =
  | "missing-tool"
  | "permission"
  | "missing-interface"
  | "bad-filter"
  | "interface-down"
  | "ended";

/** A capture that could not be begun; the message is one line, fit for a terminal, that says what to do. */
export class LiveError extends Error {
  readonly kind: LiveFault;

  /** The whole sentence, for the language of the reader. */
  readonly said: Message;

  constructor(kind: LiveFault, said: Message) {
    super(inEnglish(said));
    this.name = "LiveError";
    this.kind = kind;
    this.said = said;
  }
}
