import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { carriesEspAfter } from "./same-client.js";

/** The exchanges of IKE_AUTH in their order: EAP takes several of them. */
export function roundsOf({ progress }: Setup): readonly Exchange[] {
  return progress.authentication.filter(({ exchangeType }) => exchangeType === EXCHANGE_V2.IKE_AUTH);
}

/** One attempt that ends in the middle may be a user who changed his mind; the same twice is a fault. */
export const SAME_STOPS = 2;

/** Twice the last gap between two tries: then the next one was due and did not come. */
const GAVE_UP = 2;

const LEAST_TRIES = 3;

/** An initiator that still waits goes on at once with the late answer. */
export const LATE_PROOF: Micros = 2_000_000;

/** An answered round of IKE_AUTH comes before: the path is open, and what hangs is EAP. */
export function isBehindEap(setup: Setup, exchange: Exchange): boolean {
  const rounds = roundsOf(setup);
  return rounds.at(-1) === exchange && rounds.slice(0, -1).some(({ response }) => response !== null);
}

/** Whether the last round was answered only when the next try was long due and did not come, and nothing follows. */
export function isLate(setup: Setup, context: TunnelContext): boolean {
  const rounds = roundsOf(setup);
  const last = rounds.at(-1);
  if (rounds.length < SAME_STOPS || last?.request == null || last.response === null) return false;
  if (last !== setup.progress.authentication.at(-1) || setup.progress.later.length > 0) return false;
  const [before, final] = last.request.sightings.slice(-2);
  if (before === undefined || final === undefined || last.request.tries < LEAST_TRIES) return false;
  const answered = firstTimeOf(last.response);
  if (carriesEspAfter(context, setup, answered)) return false;
  return answered - final.time > (final.time - before.time) * GAVE_UP;
}
