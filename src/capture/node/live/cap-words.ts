import type { LiveOptions } from "./live-capture.js";

/** What the process with `cap` is asked for: its only argument, as JSON. */
export type CapRequest = LiveOptions;

/** The first words of what it says on standard error, a line each. */
export const CAP_WORDS = {
  running: "capturing",
  /** Followed by the packets that its queue has lost. */
  lost: "lost so far:",
  /** Followed by the reason. */
  badFilter: "bad filter:",
  /** The package cannot be loaded. */
  missing: "cannot load cap:",
} as const;
