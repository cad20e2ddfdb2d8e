export interface Interrupt {
  readonly signal: AbortSignal;
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
  const onSignal = (): void => {
    if (timer !== undefined) process.exit(130);
    timer = setTimeout(() => controller.abort(), GRACE_MS);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    dispose: () => {
      clearTimeout(timer);
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
