import { EXCHANGE_V1 } from "../../ike/registries/exchanges.js";
import type { TunnelContext, Setup } from "../context.js";
import type { Exchange } from "../../session/model.js";
import { lostResponse, repeatsBehindAnswer } from "./lost-response.js";

/** Nothing but UDP 500 in the whole capture, and a setup stops where it would go on on port 4500. */
export function hidesPort4500(context: TunnelContext): boolean {
  const { otherPackets, port4500, espPackets } = context.capture.observations;
  return otherPackets + port4500 + espPackets === 0 && stoppedBeforeNatT(context) !== undefined;
}

/**
 * A setup whose next message is unseen; an answer that is lost, and aggressive mode, explain themselves on port 500. Who asks again
 * behind the answer has not gone on elsewhere.
 */
export function stoppedBeforeNatT(context: TunnelContext): Setup | undefined {
  return context.setups.findLast(
    (setup) =>
      setup.progress.state === "opening-answered" &&
      setup.progress.opening.at(-1)?.exchangeType !== EXCHANGE_V1.AGGRESSIVE_MODE &&
      !asksAgain(setup.progress.opening.at(-1)) &&
      lostResponse(setup, context) === null,
  );
}

function asksAgain(exchange: Exchange | undefined): boolean {
  return exchange?.response != null && repeatsBehindAnswer(exchange) > 0;
}
