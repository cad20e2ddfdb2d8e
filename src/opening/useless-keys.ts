import type { KeyRing } from "../secrets/key.js";
import { type Message, say } from "../texts/message.js";
import { keyFaultMessage } from "./key-fault.js";
import { type Fit, fitsOf } from "./fits.js";
import type { Opener } from "./opener.js";

/** Faulty lines that are told one by one. */
const MOST_TOLD = 3;

/** Lines about keys that were of no use: those that could not be taken, and `nothing` if nothing was opened at all. */
export function uselessKeys(ring: KeyRing, opener: Opener, nothing: Message): Message[] {
  const lines = ring.faults.slice(0, MOST_TOLD).map(keyFaultMessage);
  if (ring.faults.length > MOST_TOLD)
    lines.push(say`${ring.faults.length - MOST_TOLD} more key lines were not taken`);
  if (ring.leftOut > 0) lines.push(say`${ring.leftOut} more keys were left out`);
  if (!fitsOf(ring, opener).some(opensSome)) lines.push(nothing);
  return lines;
}

/** Whether a key opens anything. */
export function opensSome({ fit }: { readonly fit: Fit }): boolean {
  return fit.kind.startsWith("opens") && fit.kind !== "opens nothing";
}
