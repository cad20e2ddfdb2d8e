import { constants } from "node:os";

export interface Interrupt {
  /** Ends the reading. */
  readonly signal: AbortSignal;
  /** All is read: from now on a signal ends the program at once, for an output may wait for its reader for ever. */
  readingIsOver(): void;
  dispose(): void;
}

/** How long after Ctrl-C a pipe may still deliver what tcpdump has buffered. */
const GRACE_MS = 500;

/**
 * Ctrl-C ends the reading, not the program: what was read is judged and printed. The sender of a pipe gets the same
 * signal and flushes its buffer, so the end of the pipe is awaited for a moment. A second Ctrl-C ends the program.
 */
export function interruptSignal(): Interrupt {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    // As a shell tells of a program that a signal ended.
    if (isOver || timer !== undefined) process.exit(128 + constants.signals[signal]);
    timer = setTimeout(() => controller.abort(), GRACE_MS);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    readingIsOver: () => (isOver = true),
    dispose: () => {
      clearTimeout(timer);
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
