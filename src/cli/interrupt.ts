import { fstatSync, statSync } from "node:fs";
import { constants } from "node:os";
import { setImmediate } from "node:timers/promises";
import { InterruptState } from "./interrupt-state.js";

export interface Interrupt {
  /** Ends the reading. */
  readonly signal: AbortSignal;
  /** Called while what was read is judged: lets signals in, and says false when judging is to end with what is done. */
  goOn(): Promise<boolean>;
  /** All is read: from now on a signal ends the program at once, for an output may wait for its reader for ever. */
  readingIsOver(): void;
  dispose(): void;
}

/** How long after Ctrl-C a pipe may still deliver what tcpdump has buffered. */
const GRACE_MS = 500;
const STDIN = 0;

/**
 * Ctrl-C ends the reading of these captures, not the program: what was read is judged for at most a second and printed. The
 * sender of a pipe gets the same signal and flushes its buffer, so the end of the pipe is awaited for a moment, and what came
 * to its end is judged whole. While tunnels are judged a signal ends that, and those that are judged are printed. A second
 * one ends the program.
 */
export function interruptSignal(captures: readonly string[]): Interrupt {
  const controller = new AbortController();
  const state = new InterruptState(captures.some(isPipe));
  let timer: NodeJS.Timeout | undefined;
  const cutReading = (): void => {
    state.readingIsCut();
    controller.abort();
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    switch (state.signal(performance.now())) {
      case "stop-reading":
        return cutReading();
      case "stop-reading-soon":
        timer = setTimeout(cutReading, GRACE_MS);
        return;
      case "stop-judging":
        return;
      case "exit":
        // As a shell tells of a program that a signal ended.
        process.exit(128 + constants.signals[signal]);
    }
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    goOn: async () => {
      // The pipe came to its end in time.
      clearTimeout(timer);
      await setImmediate();
      return state.judges(performance.now());
    },
    readingIsOver: () => state.over(),
    dispose: () => {
      clearTimeout(timer);
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}

/** Whether its sender may end by the same signal. What cannot be looked at is told of when it is opened. */
function isPipe(capture: string): boolean {
  try {
    const found = capture === "-" ? fstatSync(STDIN) : statSync(capture, { throwIfNoEntry: false });
    return found?.isFile() === false;
  } catch {
    return false;
  }
}
