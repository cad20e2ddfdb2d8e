import type { Micros } from "../../bytes/time.js";
import type { Message } from "../../texts/message.js";
import type { Split } from "./separation.js";

/** By what tunnels are told apart: what stands before any failure, so that a failure cannot have made it. */
export const PROPERTIES = [
  "responder",
  "responder-product",
  "initiator-network",
  "initiator-product",
  "initiator-port",
  "initiator-nat",
  "ike-version",
  "suite",
  "set-up",
] as const;
export type PropertyName = (typeof PROPERTIES)[number];

/** A property that failing tunnels share, with how many of them and how many of the working ones have it. */
export interface SharedProperty extends Split {
  readonly property: PropertyName;
  /** A phrase, such as "initiator in 192.0.2.0/24". Where it is about a time, the time stands in `from`. */
  readonly text: Message;
  /** For "set-up": the tunnels were set up at this moment or later. */
  readonly from: Micros | null;
}
