import { printable } from "../../bytes/text.js";
import type { KeyRing, Opener } from "../../index.js";
import { fitsOf } from "../../opening/fits.js";

/** Faulty lines that are told one by one. */
const MOST_TOLD = 3;

/**
 * Says on standard error what of the keys was of no use: lines that could not be taken, and that nothing was opened at all.
 * The rest is for `ikescope keys`.
 */
export function tellUselessKeys(ring: KeyRing, opener: Opener): void {
  const lines = ring.faults
    .slice(0, MOST_TOLD)
    .map(({ source, reason }) => `${source.file} line ${source.line} (${source.form}): not taken: ${reason}`);
  if (ring.faults.length > MOST_TOLD)
    lines.push(`${ring.faults.length - MOST_TOLD} more key lines were not taken`);
  if (ring.leftOut > 0) lines.push(`${ring.leftOut} more keys were left out`);
  const opens = fitsOf(ring, opener).some(
    ({ fit }) => fit.kind.startsWith("opens") && fit.kind !== "opens nothing",
  );
  if (!opens) lines.push("the keys open nothing of the capture (ikescope keys says why)");
  for (const line of lines) process.stderr.write(`ikescope: ${printable(line)}\n`);
}
