export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}

/** The result of `filled`, or "aborted" as soon as `signal` says so: a pipe may stay silent for ever. */
export async function untilAborted(
  filled: Promise<boolean>,
  signal: AbortSignal | undefined,
): Promise<boolean | "aborted"> {
  if (signal === undefined) return filled;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<"aborted">((resolve) => {
    onAbort = () => resolve("aborted");
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([filled, aborted]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener("abort", onAbort);
  }
}
