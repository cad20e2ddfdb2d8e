import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { carriesCookie } from "../../../session/payloads.js";
import { lastTimeOf } from "../../../session/sightings.js";
import { type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { wentOnUnseen } from "../life/healing.js";
import { canonicalOf } from "../sides.js";
import { lostResponse } from "../silence/lost-response.js";
import { isPpkRefused } from "./ppk.js";

/**
 * The setups whose last answer arrived, and whose next message is not in the capture though nothing else explains that: no PPK, no
 * other SPI or IKE SA that was taken instead, nothing unread, no traffic that tells that the setup went on.
 */
export function stoppedSetups(context: TunnelContext): Setup[] {
  return setupsIn(context, "opening-answered").filter(
    (setup) =>
      lostResponse(setup, context) === null &&
      lastAnswered(setup) !== undefined &&
      !isPpkRefused(setup, context) &&
      !wentOnUnseen(setup, context, setup.sa.firstTime) &&
      !wentOnWithOtherSpi(context, setup) &&
      !wentOnUnread(context, setup) &&
      !gaveWay(context, setup),
  );
}

/** The last exchange of a setup, if it is answered by more than a cookie; aggressive mode ends with a message of its own. */
export function lastAnswered({ progress }: Setup): Exchange | undefined {
  const last = [...progress.opening, ...progress.authentication].at(-1);
  if (last?.response == null || last.exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE) return undefined;
  return carriesCookie(last.response) ? undefined : last;
}

/** The responder gave two answers with two SPIs, and the initiator took the other one. */
function wentOnWithOtherSpi({ setups }: TunnelContext, { sa }: Setup): boolean {
  return setups.some(({ sa: other, progress: { opening, authentication } }) => {
    if (other.id === sa.id || other.initiatorSpi !== sa.initiatorSpi) return false;
    const isOffered = opening.some(({ response }) => response !== null);
    return isOffered ? authentication.length > 0 : authentication.some(({ response }) => response !== null);
  });
}

/** The snap length left too little of what the initiator sent after the answer to read it: it may be the message that must follow. */
function wentOnUnread({ tunnel }: TunnelContext, setup: Setup): boolean {
  const { initiator } = setup.sa;
  const answeredAt = lastTimeOf(lastAnswered(setup)?.response ?? null);
  return tunnel.malformed.some(
    ({ cutBySnapLength, source, time }) =>
      cutBySnapLength &&
      time > answeredAt &&
      canonicalOf(tunnel, source.address) === canonicalOf(tunnel, initiator.address),
  );
}

/** The other side began an IKE SA of its own before this one was answered, and that came up: one is enough (RFC 7296 2.8). */
function gaveWay({ setups }: TunnelContext, setup: Setup): boolean {
  const { sa } = setup;
  const answeredAt = lastTimeOf(lastAnswered(setup)?.response ?? null);
  return setups.some(
    ({ sa: other, progress: { upAt } }) =>
      other.initiator.address === sa.responder.address &&
      other.firstTime < answeredAt &&
      upAt !== null &&
      upAt > sa.firstTime,
  );
}
