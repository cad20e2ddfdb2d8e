import type { Micros } from "../bytes/time.js";
import type { CaptureSource } from "../capture/source.js";

/**
 * Opens the captures that were read once more: one of them by itself, or all (null), with what the clock of each shows too
 * much.
 */
export type Reopen = (only: number | null, clocks: readonly Micros[]) => Promise<CaptureSource>;
