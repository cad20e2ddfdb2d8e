import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import { type UpSetup, trafficGap, lastExchange } from "./setups.js";
import { staysUnanswered } from "../silence/silence.js";

/** Setups that follow sooner are flapping; microseconds. */
export const SHORTEST_PERIOD_US = 60_000_000;

/** A re-authentication interrupts traffic for a second or two; a dead tunnel that has to be noticed first, for longer. */
const OUTAGE_US = 8_000_000;

/** An outage is as long as so many pauses between packets: rare packets make pauses of their own. */
export const USUAL_PAUSES = 5;

/** Each setup with the one that follows it. */
export function pairs(setups: readonly UpSetup[]): (readonly [UpSetup, UpSetup])[] {
  return setups.slice(1).flatMap((next, index) => {
    const before = setups[index];
    return before === undefined ? [] : [[before, next] as const];
  });
}

/** Whether the tunnel was down before the next setup: a request stayed without an answer, or traffic paused and did not end in order. */
export function isDrop(context: TunnelContext, setup: UpSetup, next: UpSetup): boolean {
  const isDead = setup.progress.later.some((exchange) => staysUnanswered(exchange, context));
  if (isDead) return true;
  const gap = trafficGap(context, setup, next);
  if (gap === null) return false;
  const outage = Math.max(OUTAGE_US, gap.pause * USUAL_PAUSES);
  return gap.length >= outage && !isEndedIdle(setup, gap.from + outage);
}

/** Nothing was sent any more when the SA was ended in order: it is set up on demand, and demand may be regular. */
function isEndedIdle({ sa }: UpSetup, idleSince: Micros): boolean {
  const last = lastExchange(sa);
  return (
    last?.exchangeType === EXCHANGE_V2.INFORMATIONAL &&
    last.response !== null &&
    firstTimeOf(last.request) >= idleSince
  );
}
