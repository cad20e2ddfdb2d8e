import type { KeyRing, Opener } from "../../index.js";
import { complain } from "../standard-error.js";
import { uselessKeys } from "../../opening/useless-keys.js";

/** Says on standard error what of the keys was of no use. The rest is for `ikescope keys`. */
export function tellUselessKeys(ring: KeyRing, opener: Opener): void {
  const lines = uselessKeys(ring, opener, "the keys open nothing of the capture (ikescope keys says why)");
  for (const line of lines) complain(line);
}
