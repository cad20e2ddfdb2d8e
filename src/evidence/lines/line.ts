import type { Stamp } from "../record.js";

/** A line of a log taken apart: what stands before its message, in whatever dialect. */
export interface LogLine {
  readonly stamp: Stamp | null;
  /** Name of the host, where syslog or the journal wrote the line. */
  readonly host: string | null;
  /** Name of the program, where the line tells. */
  readonly tag: string | null;
  /** charon's: thread, group, level and IKE SA. */
  readonly thread: number | null;
  readonly group: string | null;
  readonly level: number | null;
  readonly ikeName: string | null;
  readonly ikeId: number | null;
  /** The message, unread if it is neither charon's nor pluto's. */
  readonly message: string;
  readonly dialect: "charon" | "pluto" | "whack" | "plain";
  /** The time as it is written; empty where there is none. */
  readonly stampText: string;
}
