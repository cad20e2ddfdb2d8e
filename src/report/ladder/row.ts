import type { Address } from "../../bytes/address.js";
import type { FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import type { IkeMessage } from "../../ike/message.js";
import type { Role } from "../../session/model.js";
import { listed, type Message, say } from "../../texts/message.js";

/** One of the two peers: `left` is the first address of the tunnel, the initiator where there is one. */
export type Side = "left" | "right";

/** The kind of packet that a row stands for; each has a line of its own, so that no colour is needed to tell them apart. */
export type RowKind = "message" | "esp" | "icmp" | "tcp" | "fragments" | "malformed";

/** The outcome of the message of a row, as far as the capture shows it. */
export type Fate =
  | "plain"
  /** A request that wants an answer, and the capture has none to any of its tries. */
  | "unanswered"
  /** It was sent again with no answer between, or asked for again behind it: it or its answer may be lost. */
  | "repeated"
  /** The answer says no. */
  | "refused"
  /** Fragments of it are missing. */
  | "incomplete";

/** One line of the diagram: what went from one side to the other at one moment. */
export interface LadderRow {
  readonly kind: RowKind;
  readonly time: Micros;
  /** Frames that carried it; of many packets the ones that the row speaks of. */
  readonly frames: readonly FrameRef[];
  /** The side at which the arrow starts; null for a third address, which the title names. */
  readonly from: Side | null;
  readonly to: Side;
  /** Its name in the words of the RFCs, or of tcpdump where those have none. */
  readonly title: Message;
  /** More about it, the weightier first: where room is short, the last ones go. */
  readonly details: readonly Message[];
  /** 1 for what was sent once or first. */
  readonly attempt: number;
  readonly fate: Fate;
  /** The decoded message, for `kind` "message". */
  readonly message: IkeMessage | null;
}

/** A row of the diagram with the time since the one before it, and whether a finding above info cites it. */
export interface PlacedRow extends LadderRow {
  readonly isCited: boolean;
  /** 0 for the first row, and behind rows that were left out. */
  readonly gap: Micros;
  /** ESP or AH packets that are not drawn went on in the meantime. */
  readonly hasTraffic: boolean;
}

/** A place where rows were left out because there were too many. */
export interface Omission {
  readonly kind: "omitted";
  readonly count: number;
}

export interface LadderPeer {
  readonly address: Address;
  readonly role: Role | null;
  /** "behind NAT", its software, with a question mark where that is only possible: phrases. */
  readonly about: readonly Message[];
}

/** The exchanges of one tunnel as a sequence diagram: data that each format draws in its own way. */
export interface Ladder {
  readonly left: LadderPeer;
  readonly right: LadderPeer;
  /** Time of the first row; the others are told relative to it. */
  readonly start: Micros;
  readonly rows: readonly (PlacedRow | Omission)[];
  /** Sentences about packets that are not drawn. */
  readonly notes: readonly Message[];
}

/** The outcome of a row in words; null where there is nothing to say. */
export function fateText({ fate, attempt }: LadderRow): Message | null {
  const tried = attempt > 1 ? say`try ${attempt}` : null;
  const said: Readonly<Record<Fate, string | null>> = {
    plain: null,
    unanswered: "no answer",
    repeated: "lost?",
    refused: "refused",
    incomplete: "incomplete",
  };
  const parts = [tried, said[fate]].filter((part) => part !== null);
  return parts.length === 0 ? null : listed(parts, "clauses");
}
