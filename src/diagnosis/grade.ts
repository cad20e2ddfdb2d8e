import { humanDuration, type Micros } from "../bytes/time.js";
import type { Sighting } from "../session/model.js";
import type { TunnelContext } from "./context.js";
import type { Doubt, Rival, Verdict } from "./finding.js";
import { silenceAfter } from "./facts/silence.js";

/** How sure a verdict is, with what else may explain what was seen. */
export type Grade = Pick<Verdict, "confidence" | "rivals" | "doubt">;

/**
 * likely where no rival is open, possible where one is. `open`: explanations that the capture does not exclude, the weightiest
 * first; null for one that it excludes. `others`: further ones that the reader should know of, none of them serious. `doubt`: what
 * is open then, the fault itself where not given.
 */
export function graded(
  open: readonly (Rival | null)[],
  others: readonly Rival[] = [],
  doubt: Doubt = "fault",
): Grade {
  const left = open.filter((rival) => rival !== null);
  return left.length === 0
    ? { confidence: "likely", rivals: others }
    : { confidence: "possible", doubt, rivals: [...left, ...others] };
}

/**
 * The rival "the capture ends too early": open while the capture goes on for less than `needed` after the deciding message, null
 * where it goes on longer. `expected`: what else might have come, a noun phrase.
 */
export function endsEarly(
  context: TunnelContext,
  decisive: Pick<Sighting, "frames" | "time"> | undefined,
  needed: Micros,
  expected: string,
): Rival | null {
  const silence = decisive === undefined ? 0 : silenceAfter(context, decisive);
  if (silence >= needed) return null;
  return {
    code: "capture-ends-early",
    separatedBy: `${humanDuration(needed)} of capture after the deciding message (this one ends ${humanDuration(Math.max(0, silence))} after it): whether ${expected} follows`,
  };
}
