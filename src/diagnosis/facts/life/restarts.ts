import type { Micros } from "../../../bytes/time.js";
import type { IkeSa } from "../../../session/model.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { TunnelContext, Setup } from "../../context.js";
import { mayBeOtherClients } from "../nat/ports.js";
import type { Unanswered } from "../silence/unanswered.js";

/** Two setups that cross are no restart. */
export const NOT_CROSSING = 500_000;

/** A daemon that lost its state begins anew, or is asked for traffic, within this time. */
const RESTART_WINDOW_US = 300_000_000;

/**
 * The silent side of `found` began a new IKE SA itself, while or soon after it ignored the old one: it does not know the
 * old one any more.
 */
export function isRestart({ setups }: TunnelContext, found: Unanswered): boolean {
  return beginsAnew(setups, found) !== undefined;
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
