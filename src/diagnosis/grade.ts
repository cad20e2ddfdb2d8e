import { humanDuration, type Micros } from "../bytes/time.js";
import type { Sighting, Transmission } from "../session/model.js";
import type { TunnelContext } from "./context.js";
import type { Doubt, Rival, Verdict } from "./finding.js";
import { silenceAfter } from "./facts/silence/silence.js";
import { onlyOneDirection } from "./facts/silence/unheard-side.js";
import { type Message, say } from "../texts/message.js";

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
 * The rival that is open in the last of several events alike; null where it is closed in an earlier one. The capture may end too soon to
 * tell what became of the last, not of those before.
 */
export function rivalOfRepeated(
  alike: readonly { readonly rival: Rival | null }[],
  last: Rival | null,
): Rival | null {
  return alike.some(({ rival }) => rival === null) ? null : last;
}

/**
 * The rival "the capture ends too early": open while the capture goes on for less than `needed` after the deciding message, null
 * where it goes on longer. `expected`: what else might have come, a noun phrase.
 */
export function endsEarly(
  context: TunnelContext,
  decisive: Pick<Sighting, "frames" | "time"> | undefined,
  needed: Micros,
  expected: Message,
): Rival | null {
  const silence = decisive === undefined ? 0 : silenceAfter(context, decisive);
  if (silence >= needed) return null;
  return {
    code: "capture-ends-early",
    separatedBy: say`${humanDuration(needed)} of capture after the deciding message (this one ends ${humanDuration(Math.max(0, silence))} after it): whether ${expected} follows`,
  };
}

/**
 * A request that was sent so often, in no less time than a busy peer takes, or waits for so long after the last attempt, gets no
 * answer: AAA and CRL look-ups take seconds, and Libreswan asks four times in two.
 */
const GIVEN_UP = { attempts: 4, least: 3_000_000, silence: 5_000_000 } as const;

/**
 * The rival "a slow peer" of a request of the setup: open while it was sent less often, and waited for less long, than a daemon
 * waits. Null where the capture excludes it.
 */
export function maySlowlyBeAnswered(context: TunnelContext, request: Transmission): Rival | null {
  const [first, last] = [request.sightings[0], request.sightings.at(-1)];
  if (first === undefined || last === undefined) return null;
  const silence = silenceAfter(context, last);
  const waited = last.time - first.time + silence;
  if (silence >= GIVEN_UP.silence || (request.tries >= GIVEN_UP.attempts && waited >= GIVEN_UP.least))
    return null;
  return {
    code: "responder-slow",
    separatedBy: say`a capture that goes on: whether one of the next attempts is answered (${request.tries} attempts in ${humanDuration(waited)} so far)`,
  };
}

/** The verdict while that rival is open: the fault itself is in doubt then. */
export function whileOpen(rival: Rival | null, verdict: Verdict): Verdict {
  return rival === null
    ? verdict
    : { ...verdict, confidence: "possible", doubt: "fault", rivals: [rival, ...(verdict.rivals ?? [])] };
}

/** The rival "one direction only" where nothing of the side that is asked was captured, or "a slow peer"; null where the capture excludes both. */
export function mayStillBeAnswered(context: TunnelContext, request: Transmission): Rival | null {
  return onlyOneDirection(context, request) ?? maySlowlyBeAnswered(context, request);
}
