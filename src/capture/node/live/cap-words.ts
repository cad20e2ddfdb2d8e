/** The first words of what the process with the package `cap` says on standard error, a line each. */
export const CAP_WORDS = {
  running: "capturing",
  /** Followed by the packets that its queue has lost. */
  lost: "lost so far:",
  /** Followed by the reason. */
  badFilter: "bad filter:",
  /** The package cannot be loaded. */
  missing: "cannot load cap:",
} as const;
