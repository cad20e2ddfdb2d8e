import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Micros } from "../../../bytes/time.js";
import { firstJudgement } from "../../../session/nat.js";
import { lastSighting } from "../../../session/sightings.js";
import type { TunnelContext, Setup } from "../../context.js";
import type { Exchange } from "../../../session/model.js";
import { ENOUGH_REPEATS, lostResponse, repeatsBehindAnswer } from "../silence/lost-response.js";
import { silenceAfter } from "../silence/silence.js";

/** The next message of a setup comes within moments of the answer; a capture that ends sooner lacks it with any filter. */
export const NEXT_MESSAGE_US: Micros = 1_000_000;

/** Nothing but UDP 500 in the whole capture, which goes on after a setup stops where it would go on on port 4500. */
export function hidesPort4500(context: TunnelContext): boolean {
  return holdsPort500Only(context) && stoppedBeforeNatT(context).some((setup) => goesOnAfter(context, setup));
}

/** Nothing but UDP 500 in the whole capture, as a filter leaves it, or a recording that ended before anything else came. */
export function holdsPort500Only({ capture }: TunnelContext): boolean {
  const { otherPackets, port4500, espPackets } = capture.observations;
  return otherPackets + port4500 + espPackets === 0;
}

/**
 * The setups of which the next message is unseen and would go to port 4500; an answer that is lost, and a refusal of the initiator,
 * explain themselves on port 500. Who asks again behind the answer, or is answered again unasked, has not gone on elsewhere.
 */
export function stoppedBeforeNatT(context: TunnelContext): Setup[] {
  return context.setups.filter(
    (setup) =>
      setup.progress.state === "opening-answered" &&
      !staysOnPort500(context, setup) &&
      !isRepeated(setup.progress.opening.at(-1)) &&
      !isRefusedByInitiator(setup) &&
      lostResponse(setup, context) === null,
  );
}

/** Whether the capture goes on for longer after the setup's last answer than the next message takes. */
function goesOnAfter(context: TunnelContext, { progress }: Setup): boolean {
  const answer = lastSighting(progress.opening.at(-1)?.response ?? null);
  return answer !== undefined && silenceAfter(context, answer) >= NEXT_MESSAGE_US;
}

/**
 * IKEv1 moves with Main Mode 5, and only if the hashes of Main Mode 3 and 4 show a NAT device; or with Aggressive Mode 3, by the hashes
 * of Aggressive Mode 2 (RFC 3947 section 4).
 */
function staysOnPort500({ tunnel, setups }: TunnelContext, { sa, progress }: Setup): boolean {
  if (sa.majorVersion !== 1) return false;
  if (progress.opening.length < 2 && !isAggressive(progress.opening.at(-1))) return true;
  const nat = firstJudgement(tunnel, setups);
  return nat === null || (nat.initiatorBehindNat === false && nat.responderBehindNat === false);
}

function isAggressive(exchange: Exchange | undefined): boolean {
  return exchange?.exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE;
}

/** One answer that comes again may have crossed the next message. */
function isRepeated(exchange: Exchange | undefined): boolean {
  if (exchange?.response == null) return false;
  const unasked = exchange.response.tries - (exchange.request?.tries ?? 0);
  return repeatsBehindAnswer(exchange) > 0 || unasked >= ENOUGH_REPEATS;
}

/** The initiator says on port 500 that it does not accept Aggressive Mode 2. */
function isRefusedByInitiator({ progress }: Setup): boolean {
  return (
    isAggressive(progress.opening.at(-1)) && progress.later.some(({ startedBy }) => startedBy === "initiator")
  );
}
