import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import { otherRole } from "../../model/queries.js";
import type { HeldExchange } from "./held.js";

/**
 * The exchange after the roles of its IKEv1 SA were found to be the other way round. Phase 1 is always begun by the initiator, so that
 * its requests turn into responses; anything else keeps who asked, who now plays the other role.
 */
export function withRolesTurned(exchange: HeldExchange): HeldExchange {
  const { exchangeType, startedBy } = exchange;
  const isPhase1 = exchangeType === EXCHANGE_V1.MAIN_MODE || exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE;
  return isPhase1 ? withSidesTurned(exchange) : { ...exchange, startedBy: otherRole(startedBy) };
}

/** The exchange after its only message was found to be the response: the other peer began it. */
export function withStarterTurned(exchange: HeldExchange): HeldExchange {
  return { ...withSidesTurned(exchange), startedBy: otherRole(exchange.startedBy) };
}

function withSidesTurned(exchange: HeldExchange): HeldExchange {
  const { request, response, requestDigests, responseDigests } = exchange;
  return {
    ...exchange,
    request: response,
    response: request,
    requestDigests: responseDigests,
    responseDigests: requestDigests,
  };
}
