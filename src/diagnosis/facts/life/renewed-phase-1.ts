import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";

/** An SA that is replaced is deleted within this time. */
export const DELETED_AT_ONCE: Micros = 1_000_000;

/** When phase 1 was done, with XAUTH and mode config where they are asked for; null where the capture does not hold its end. */
export function phase1EndOf({ sa, progress }: Setup): Micros | null {
  const { state, authentication, later } = progress;
  if (sa.majorVersion !== 1 || (state !== "phase-1-up" && state !== "up")) return null;
  const transactions = later.filter(({ exchangeType }) => exchangeType === EXCHANGE_V1.TRANSACTION);
  const last = [...authentication, ...transactions].at(-1);
  return last === undefined ? null : lastTimeOf(last.response ?? last.request);
}

/**
 * Whether a phase 1 takes the place of an older one of the same client, which is deleted as soon as it is done. The Child SAs of the older
 * one live on (strongSwan, Cisco), and no quick mode need follow.
 */
export function renewsPhase1(context: TunnelContext, setup: Setup): boolean {
  const end = phase1EndOf(setup);
  if (end === null) return false;
  return context.setups.some(({ sa }) => {
    const last = sa.exchanges.at(-1);
    if (sa.id === setup.sa.id || sa.majorVersion !== 1 || sa.firstTime >= setup.sa.firstTime) return false;
    if (last?.exchangeType !== EXCHANGE_V1.INFORMATIONAL) return false;
    const wait = firstTimeOf(last.request) - end;
    return wait >= 0 && wait <= DELETED_AT_ONCE;
  });
}
