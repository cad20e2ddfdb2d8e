import { constants } from "node:os";
import { setImmediate } from "node:timers/promises";

export interface Interrupt {
  /** Ends the reading. */
  readonly signal: AbortSignal;
  /** Called while what was read is judged: lets signals in, and says false when one came since the first call. */
  goOn(): Promise<boolean>;
  /** All is read: from now on a signal ends the program at once, for an output may wait for its reader for ever. */
  readingIsOver(): void;
  dispose(): void;
}

/** How long after Ctrl-C a pipe may still deliver what tcpdump has buffered. */
const GRACE_MS = 500;

/**
 * Ctrl-C ends the reading, not the program: what was read is judged and printed. The sender of a pipe gets the same
 * signal and flushes its buffer, so the end of the pipe is awaited for a moment. While tunnels are judged it ends that, and
 * those that are judged are printed. A second Ctrl-C within one of the two ends the program.
 */
export function interruptSignal(): Interrupt {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  let judging: "not-begun" | "goes-on" | "ended" = "not-begun";
  const onSignal = (signal: NodeJS.Signals): void => {
    if (!isOver && judging === "goes-on") {
      judging = "ended";
      return;
    }
    // As a shell tells of a program that a signal ended.
    if (isOver || judging === "ended" || timer !== undefined) process.exit(128 + constants.signals[signal]);
    timer = setTimeout(() => controller.abort(), GRACE_MS);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    goOn: async () => {
      if (judging === "not-begun") judging = "goes-on";
      await setImmediate();
      return judging === "goes-on";
    },
    readingIsOver: () => (isOver = true),
    dispose: () => {
      clearTimeout(timer);
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
