import type { PageContext } from "../page-data.js";
import type { PageTunnel } from "../page-tunnel.js";
import type { PageField, PageMessage } from "../page-ladder.js";

/** The capture and its tunnels at a moment, for the page of a running `live`. Times are microseconds since 1970. */
export interface LiveState {
  readonly time: number;
  readonly startedAt: number;
  readonly interface: string;
  readonly isCapturing: boolean;
  /** Tunnels by state, the worst first. */
  readonly counts: readonly { readonly state: string; readonly count: number }[];
  readonly packets: number;
  /** Packets that the capture lost; null where nobody can say. */
  readonly dropped: number | null;
  /** Findings about the capture itself. */
  readonly findings: readonly string[];
  /** Tunnels beyond those that are shown, none in a worse state. */
  readonly tunnelsLeftOut: number;
}

/** A tunnel as it stands now. */
export interface LiveRow {
  readonly id: number;
  readonly peers: string;
  readonly state: string;
  readonly since: number;
  readonly phase: string | null;
  /** Codes of the findings that are raised, the severest first. */
  readonly codes: readonly string[];
  /** ESP and AH packets a second, from the first peer to the second, and back. */
  readonly rates: readonly [number, number];
  readonly lost: readonly [number, number];
  readonly heard: number;
}

/** All of it, once. */
export interface LiveSnapshotMessage {
  readonly state: LiveState;
  /** The worst first. */
  readonly rows: readonly LiveRow[];
}

/** The differences to the message before. */
export interface LiveChangeMessage {
  readonly state: LiveState;
  /** Rows that are new or other than before. */
  readonly rows: readonly LiveRow[];
  /** All tunnels in their order, where that is another one; null where it is the same. */
  readonly order: readonly number[] | null;
}

/** A tunnel as it is judged now. */
export interface LiveTunnelMessage {
  readonly context: Omit<PageContext, "messages" | "tunnels">;
  readonly tunnel: PageTunnel;
  readonly messages: readonly PageMessage[];
  /** The report of it as Markdown, to be copied into a ticket. */
  readonly markdown: string;
}

/** The bytes of a message or a frame that the capture still remembers. */
export interface LiveBytesMessage {
  /** From the IKE header on, or a frame from its first byte; as base64. */
  readonly bytes: string;
  /** The fields of a message with their places in the bytes; none of a frame that is no message. */
  readonly fields: readonly PageField[];
}

/** The files that can be saved of a running capture: of a tunnel as it is judged now, and of all of them the table. */
export const LIVE_TUNNEL_FILES = ["evidence", "anonymized", "html", "markdown", "json"] as const;
export const LIVE_TABLE_FILES = ["csv"] as const;
export type LiveFileForm = (typeof LIVE_TUNNEL_FILES)[number] | (typeof LIVE_TABLE_FILES)[number];
