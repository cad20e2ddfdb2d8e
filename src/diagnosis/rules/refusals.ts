import type { Exchange, Transmission } from "../../session/model.js";
import { errorNotify, firstSighting } from "../../session/progress.js";
import type { Setup, TunnelContext } from "../context.js";
import { firstTimeOf } from "../../session/progress.js";

/** A first message that was answered with a clear error notify of the wanted type. */
export interface Refusal {
  readonly setup: Setup;
  readonly exchange: Exchange;
  /** The message that carries the notify: the response, in IKEv1 an INFORMATIONAL of its own. */
  readonly answer: Transmission;
  readonly data: Uint8Array;
  readonly time: number;
}

/** Clear refusals of a tunnel's setups with the given notify type, in order of time. */
export function refusalsOf(context: TunnelContext, typeV2: number, typeV1: number): Refusal[] {
  return context.setups.flatMap((setup) =>
    setup.sa.majorVersion === 2 ? refusalsV2(setup, typeV2) : refusalsV1(setup, typeV1),
  );
}

function refusalsV2(setup: Setup, wanted: number): Refusal[] {
  return setup.progress.opening.flatMap((exchange) => {
    const notify = errorNotify(exchange.response);
    if (exchange.response === null || notify?.notifyType !== wanted) return [];
    const time = firstTimeOf(exchange.response);
    return [{ setup, exchange, answer: exchange.response, data: notify.data, time }];
  });
}

/** IKEv1 refuses phase 1 with an INFORMATIONAL in clear (RFC 2408 5.4), not with a response of the exchange. */
function refusalsV1(setup: Setup, wanted: number): Refusal[] {
  const exchange = setup.progress.opening.at(-1);
  if (exchange === undefined || exchange.response !== null) return [];
  return setup.progress.later.flatMap(({ startedBy, request: answer }) => {
    const notify = errorNotify(answer);
    if (answer === null || startedBy !== "responder" || notify?.notifyType !== wanted) return [];
    if (firstSighting(answer) === undefined) return [];
    return [{ setup, exchange, answer, data: notify.data, time: firstTimeOf(answer) }];
  });
}
