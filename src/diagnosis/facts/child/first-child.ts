import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { isRefusalLength } from "../../../session/short-messages.js";
import type { Setup, TunnelContext } from "../../context.js";

/** Whether the IKE SA was set up without a Child SA (RFC 6023) and none was made since: what is refused then is the first one. */
export function isFirstChild(setup: Setup, { tunnel }: TunnelContext): boolean {
  const { progress } = setup;
  if (progress.authClass !== "childless" || tunnel.streams.length > 0) return false;
  return creationsOf(setup).every(({ response }) => isRefusalLength(response?.message, progress.suite));
}

/** The answered CREATE_CHILD_SA exchanges of an IKE SA. */
export function creationsOf({ progress }: Setup): Exchange[] {
  return progress.later.filter(
    ({ exchangeType, request, response }) =>
      exchangeType === EXCHANGE_V2.CREATE_CHILD_SA && request !== null && response !== null,
  );
}
