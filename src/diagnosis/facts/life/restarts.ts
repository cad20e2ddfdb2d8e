import { mayBeOtherClients } from "../../../session/clients/ports.js";
import type { Micros } from "../../../bytes/time.js";
import type { IkeSa } from "../../../session/model.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { TunnelContext, Setup } from "../../context.js";
import { type Restart, restartOver } from "../host/forgotten-sa.js";
import type { Unanswered } from "../silence/unanswered.js";

/** Two setups that cross are no restart. */
export const NOT_CROSSING = 500_000;

/** A daemon that lost its state begins anew, or is asked for traffic, within this time. */
const RESTART_WINDOW_US = 300_000_000;

/**
 * The silent side of `found` does not know the IKE SA any more: it began a new one itself, while or soon after it ignored the old one,
 * or its log says that its daemon was started since.
 */
export function isRestart(context: TunnelContext, found: Unanswered): boolean {
  return beginsAnew(context.setups, found) !== undefined || loggedRestart(context, found) !== null;
}

/** The restart of the silent side in its own log; null where no log tells of one. */
export function loggedRestart(
  context: TunnelContext,
  { silent, setup, firstTry, lastTry }: Unanswered,
): Restart | null {
  return restartOver(context, silent.address, setup.sa, { from: firstTry, to: lastTry });
}

/** A new IKE SA begins there, but from other ports of a NAT device: that peer again, or another client behind it. */
export function mayBeBack({ setups }: TunnelContext, found: Unanswered): boolean {
  return newSetups(setups, found).length > 0;
}

export function beginsAnew(setups: readonly Setup[], found: Unanswered) {
  return newSetups(setups, found).find(({ sa }) => !mayBeOtherClients(found.setup.sa, sa));
}

function newSetups(setups: readonly Setup[], { setup, silent, firstTry, lastTry }: Unanswered): Setup[] {
  return setups.filter(
    ({ sa }) =>
      sa.id !== setup.sa.id &&
      sa.startSeen &&
      sa.initiator.address === silent.address &&
      sa.firstTime >= firstTry - RESTART_WINDOW_US &&
      sa.firstTime > setup.sa.firstTime &&
      sa.firstTime <= lastTry + RESTART_WINDOW_US &&
      !answersAfter(setup.sa, sa.firstTime + NOT_CROSSING),
  );
}

/** A peer that answers on an IKE SA knows it: behind a NAT device the new one is another client's. */
function answersAfter({ exchanges }: IkeSa, time: Micros): boolean {
  return exchanges.some(
    ({ request, response }) => request !== null && firstTimeOf(request) > time && response !== null,
  );
}
