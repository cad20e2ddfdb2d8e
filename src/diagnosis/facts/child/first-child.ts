import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { isRefusalLength } from "../../../session/short-messages.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";

/** Peers that want several Child SAs ask for all of them within this time after the setup; no lifetime is so short. */
export const FIRST_REQUESTS_US: Micros = 5_000_000;

/** Whether a CREATE_CHILD_SA comes so soon after the setup, which the capture holds, that it is no rekey. */
export function isAskedAtFirst({ request }: Exchange, { sa, progress: { upAt } }: Setup): boolean {
  return sa.startSeen && upAt !== null && firstTimeOf(request) <= upAt + FIRST_REQUESTS_US;
}

/** Whether the IKE SA was set up without a Child SA (RFC 6023) and none was made since: what is refused then is the first one. */
export function isFirstChild(setup: Setup, context: TunnelContext): boolean {
  return setup.progress.authClass === "childless" && hasNoChild(setup, context);
}

/** Whether IKE_AUTH made no Child SA, asked for or not, and none was made since: CREATE_CHILD_SA renews none then. */
export function hasNoChild(setup: Setup, { tunnel }: TunnelContext): boolean {
  const { authClass } = setup.progress;
  if ((authClass !== "childless" && authClass !== "no-child") || tunnel.streams.length > 0) return false;
  return refusedCreationsOf(setup).length === creationsOf(setup).length;
}

/** The answered CREATE_CHILD_SA exchanges of an IKE SA. */
export function creationsOf({ progress }: Setup): Exchange[] {
  return progress.later.filter(
    ({ exchangeType, request, response }) =>
      exchangeType === EXCHANGE_V2.CREATE_CHILD_SA && request !== null && response !== null,
  );
}

/** Those of them whose answer has the length of an error alone. */
export function refusedCreationsOf(setup: Setup): Exchange[] {
  const { suite } = setup.progress;
  return creationsOf(setup).filter(({ response }) => isRefusalLength(response?.message, suite));
}
