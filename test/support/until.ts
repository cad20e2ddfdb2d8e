import { vi } from "vitest";

/** Long enough for a machine that has other work to do. */
const PATIENCE_MS = 60_000;

/** Fulfilled when the condition holds, which is asked for again and again; rejected where it never does. */
export async function until(holds: () => boolean): Promise<void> {
  await vi.waitUntil(holds, { timeout: PATIENCE_MS, interval: 5 });
}
