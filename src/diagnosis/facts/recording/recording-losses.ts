import type { Exchange, IkeSa } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";

/**
 * The share of the IKE messages that passed and were not recorded: answers whose asker went on to the next request, and
 * requests that were answered. 0 where there are none, or where the capture holds one direction only.
 */
export function missedShare({ setups }: TunnelContext): number {
  const exchanges = setups.flatMap(({ sa }) =>
    sa.exchanges.filter(({ expectsResponse }) => expectsResponse).map(inOf(sa)),
  );
  const missed = exchanges.filter((one) => isAnswerMissed(one) || isRequestMissed(one)).length;
  const whole = exchanges.filter(
    ({ exchange: { request, response } }) => request !== null && response !== null,
  );
  return whole.length === 0 ? 0 : missed / (2 * exchanges.length);
}

interface Placed {
  readonly sa: IkeSa;
  readonly exchange: Exchange;
}

function inOf(sa: IkeSa): (exchange: Exchange) => Placed {
  return (exchange) => ({ sa, exchange });
}

/** One request at a time (RFC 7296 section 2.3), unless a larger window was agreed, and it was not repeated. */
function isAnswerMissed({
  sa,
  exchange: { request, response, startedBy, messageId, step },
}: Placed): boolean {
  if (request === null || response !== null || request.tries > 1) return false;
  return sa.exchanges.some((next) =>
    sa.majorVersion === 2
      ? next.startedBy === startedBy && next.messageId === messageId + 1 && next.response !== null
      : next.messageId === messageId && next.startedBy === startedBy && next.step === step + 2,
  );
}

/** Not the first message of the capture: what was asked before it began is not missing. */
function isRequestMissed({ sa, exchange }: Placed): boolean {
  return exchange.request === null && exchange.response !== null && sa.exchanges[0] !== exchange;
}
