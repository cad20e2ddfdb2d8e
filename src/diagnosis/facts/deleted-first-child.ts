import type { Micros } from "../../bytes/time.js";
import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import type { Exchange } from "../../session/model.js";
import { isDeleteChildLength } from "../../session/short-messages.js";
import { firstTimeOf, lastTimeOf } from "../../session/sightings.js";
import { type Setup, setupsIn, type TunnelContext } from "../context.js";

/** Who refuses what the responder chose says so at once; nobody else deletes a Child SA that is so young. */
const AT_ONCE: Micros = 1_000_000;

interface DeletedFirstChild {
  readonly setup: Setup;
  /** The IKE_AUTH exchange that made the Child SA, and the one that deletes it. */
  readonly made: Exchange;
  readonly deleted: Exchange;
}

/**
 * The last IKE SA whose initiator deletes its first Child SA right after IKE_AUTH and keeps the IKE SA: it does not accept what the
 * responder chose, as tunnel mode where it asked for transport mode (RFC 7296 1.3.1). Both INFORMATIONALs have the length of Delete of
 * one Child SA (RFC 7296 1.4.1); an announcement of an address has it too, but its answer is empty. Null where there is none.
 */
export function deletedFirstChild(context: TunnelContext): DeletedFirstChild | null {
  const found = setupsIn(context, "up").flatMap((setup): DeletedFirstChild[] => {
    const { suite, later, authentication } = setup.progress;
    const made = authentication.at(-1);
    if (setup.sa.majorVersion !== 2 || made?.response == null) return [];
    const answeredAt = firstTimeOf(made.response);
    const deleted = later.find(
      ({ exchangeType, startedBy, request, response }) =>
        exchangeType === EXCHANGE_V2.INFORMATIONAL &&
        startedBy === "initiator" &&
        request !== null &&
        response !== null &&
        firstTimeOf(request) >= answeredAt &&
        firstTimeOf(request) <= lastTimeOf(made.response) + AT_ONCE &&
        isDeleteChildLength(request.message, suite) &&
        isDeleteChildLength(response.message, suite),
    );
    const isMadeAgain = later.some(
      ({ exchangeType, response }) =>
        exchangeType === EXCHANGE_V2.CREATE_CHILD_SA &&
        response !== null &&
        firstTimeOf(response) > answeredAt,
    );
    return deleted === undefined || isMadeAgain ? [] : [{ setup, made, deleted }];
  });
  return found.at(-1) ?? null;
}
