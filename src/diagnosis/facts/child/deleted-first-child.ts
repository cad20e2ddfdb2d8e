import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Suite } from "../../../ike/suite.js";
import type { Exchange } from "../../../session/model.js";
import { areChildDeletes, isRefusalLength } from "../../../session/short-messages.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import { type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { creationsOf } from "./first-child.js";

/** An initiator that refuses the responder's choice says so at once; nobody else deletes a Child SA that is so young. */
const AT_ONCE: Micros = 1_000_000;

interface DeletedFirstChild {
  readonly setup: Setup;
  /** The IKE_AUTH exchange that made the Child SA, and the one that deletes it. */
  readonly made: Exchange;
  readonly deleted: Exchange;
}

/**
 * Whether an INFORMATIONAL deletes one Child SA, as far as lengths tell: it and its answer have that of Delete of one Child SA (RFC 7296
 * 1.4.1). An announcement of an address has it too, and so may an error, but their answers are empty.
 */
export function deletesChild({ exchangeType, request, response }: Exchange, suite: Suite | null): boolean {
  return (
    exchangeType === EXCHANGE_V2.INFORMATIONAL &&
    request !== null &&
    response !== null &&
    areChildDeletes(request.message, response.message, suite)
  );
}

/**
 * The last IKE SA whose initiator deletes its first Child SA right after IKE_AUTH and keeps the IKE SA: it does not accept what the
 * responder chose, as tunnel mode where it asked for transport mode (RFC 7296 1.3.1). Null where there is none.
 */
export function deletedFirstChild(context: TunnelContext): DeletedFirstChild | null {
  const found = setupsIn(context, "up").flatMap((setup): DeletedFirstChild[] => {
    const { suite, later, authentication } = setup.progress;
    const made = authentication.at(-1);
    if (setup.sa.majorVersion !== 2 || made?.response == null) return [];
    const answeredAt = firstTimeOf(made.response);
    const deleted = later.find(
      (exchange) =>
        exchange.startedBy === "initiator" &&
        deletesChild(exchange, suite) &&
        firstTimeOf(exchange.request) >= answeredAt &&
        firstTimeOf(exchange.request) <= lastTimeOf(made.response) + AT_ONCE,
    );
    if (deleted === undefined) return [];
    const isMadeAgain = creationsOf(setup).some(
      ({ response }) => firstTimeOf(response) > answeredAt && !isRefusalLength(response?.message, suite),
    );
    return isMadeAgain || isSecond(context, setup, deleted) ? [] : [{ setup, made, deleted }];
  });
  return found.at(-1) ?? null;
}

/** Another IKE SA of the peers is up by then: of two Child SAs for the same traffic, as two sides that begin at once make, one goes. */
function isSecond(context: TunnelContext, setup: Setup, { request }: Exchange): boolean {
  return context.setups.some(
    ({ sa, progress }) =>
      sa.id !== setup.sa.id &&
      progress.state === "up" &&
      progress.upAt !== null &&
      progress.upAt <= lastTimeOf(request),
  );
}
