import { UsageError } from "../exit.js";
import type { LiveFlags } from "./flags.js";

/** `ikescope live`: the verdicts while sniffing. */
export function liveCommand(_flags: LiveFlags): Promise<void> {
  return Promise.reject(new UsageError("live is not built yet"));
}
