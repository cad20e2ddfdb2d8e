import { mayBeOtherClients } from "../../../session/clients/ports.js";
import type { Address } from "../../../bytes/address.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Exchange, IkeSa } from "../../../session/model.js";
import { mayBeCheckV1 } from "../../../session/notification-length-v1.js";
import { CHECKS_APART } from "../../../session/r-u-there.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import { endsOf } from "../../../session/model/queries.js";
import type { Setup, TunnelContext } from "../../context.js";
import { carriesTrafficAfter, healedAfter } from "../life/healing.js";
import { canonicalOf } from "../sides.js";
import { sendsEspAfter } from "./peer-heard.js";
import { silenceAfter } from "./silence.js";

/** A request without an answer, and the IKE SA that it is of. */
export interface PendingRequest {
  readonly sa: IkeSa;
  readonly exchange: Exchange;
}

/** The last request that nobody answered, and that nothing overtook: no later message or packet of the side that was asked. */
export function pendingRequest(context: TunnelContext): PendingRequest | null {
  const up = context.setups.filter(({ progress }) => progress.state === "up");
  for (const setup of context.setups.toReversed()) {
    const { sa } = setup;
    const exchange =
      sa.exchanges.findLast((one) => isPending(one, setup, context)) ?? unacknowledgedCheck(setup, context);
    if (exchange === undefined) continue;
    // Behind one address other clients may work.
    if (up.some((other) => other.sa.id !== sa.id && mayBeOtherClients(sa, other.sa))) continue;
    return { sa, exchange };
  }
  return null;
}

/** IKEv1: the last message is one of the length of R-U-THERE, and so is the one before: the peer acknowledged neither. */
function unacknowledgedCheck(setup: Setup, context: TunnelContext): Exchange | undefined {
  const { sa, progress } = setup;
  const [before, last] = sa.exchanges.slice(-2);
  if (sa.majorVersion !== 1 || before === undefined || last?.request == null) return undefined;
  const areChecks = [before, last].every(
    ({ exchangeType, request, startedBy }) =>
      exchangeType === EXCHANGE_V1.INFORMATIONAL &&
      startedBy === last.startedBy &&
      request !== null &&
      mayBeCheckV1(request.message.header.length, progress.suite),
  );
  // The Deletes of a Child SA and of its IKE SA have about that length and want no answer.
  if (firstTimeOf(last.request) - firstTimeOf(before.request) < CHECKS_APART) return undefined;
  const at = lastTimeOf(last.request);
  const isHeard = sendsEspAfter(context, silentEnd(sa, last, context), at, setup);
  return areChecks && !isHeard && !healedAfter(context, at, setup) ? last : undefined;
}

function isPending(exchange: Exchange, setup: Setup, context: TunnelContext): boolean {
  const { request, response, expectsResponse } = exchange;
  const last = lastSighting(request);
  if (request === null || last === undefined || response !== null || !expectsResponse) return false;
  if (last.transport === "tcp") return false;
  return (
    !isOvertaken(setup.sa, exchange) &&
    !sendsEspAfter(context, silentEnd(setup.sa, exchange, context), last.time, setup) &&
    !healedAfter(context, last.time, setup) &&
    !carriesTrafficAfter(context, last.time, setup)
  );
}

function silentEnd(sa: IkeSa, { startedBy }: Exchange, { tunnel }: TunnelContext): Address {
  const [, silent] = endsOf(sa, startedBy);
  return canonicalOf(tunnel, silent.address);
}

/** The asker's next request, or any message of the side that was asked, comes later (RFC 7296 2.3: one request at a time). */
function isOvertaken({ exchanges, majorVersion }: IkeSa, asked: Exchange): boolean {
  const time = lastTimeOf(asked.request);
  return exchanges.some((other) => {
    if (other === asked) return false;
    const isOwn = other.startedBy === asked.startedBy;
    if (majorVersion === 2 && isOwn && other.messageId > asked.messageId) return true;
    return isOwn ? lastTimeOf(other.response) > time : firstTimeOf(other.request) > time;
  });
}

/** How long the capture goes on after the last packet of that request, microseconds. */
export function waitedFor(context: TunnelContext, { request }: Exchange): number {
  const last = lastSighting(request);
  return last === undefined ? 0 : silenceAfter(context, last);
}
