import type { Exchange, Transmission } from "../../../session/model.js";
import { endsOf } from "../../../session/model/queries.js";
import { firstTimeOf, lastSighting, sightingsOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { canonicalOf } from "../sides.js";
import { isSeen, sendsEspAfter } from "../silence/peer-heard.js";
import { staysUnanswered } from "../silence/silence.js";
import { type Unanswered, unansweredOf } from "../silence/unanswered.js";
import { isFinishedQuickMode } from "./refused-quick-mode.js";

/** A sniffer may drop an answer and its repeat; the third try that it sees proves that the asker got none. */
const LEAST_TRIES = 3;

/**
 * The quick modes of IKEv1 SAs with a Child SA that the other side never answers, and of which nothing comes any more since the first
 * attempt, neither IKE nor ESP: it is gone, or the path to it. In order of time.
 */
export function quickModesOfGone(context: TunnelContext): Unanswered[] {
  return context.setups.flatMap((setup) => {
    if (setup.sa.majorVersion !== 1 || setup.progress.state !== "up") return [];
    return setup.progress.quick.flatMap((exchange) => {
      const { request, step } = exchange;
      if (request === null || step !== 1 || request.tries < LEAST_TRIES) return [];
      if (!staysUnanswered(exchange, context) || isFinishedQuickMode(setup, exchange)) return [];
      const found = goneOf(context, setup, exchange, request);
      return found === null ? [] : [found];
    });
  });
}

function goneOf(
  context: TunnelContext,
  setup: Setup,
  exchange: Exchange,
  request: Transmission,
): Unanswered | null {
  const [, silent] = endsOf(setup.sa, exchange.startedBy);
  const firstTry = firstTimeOf(request);
  const last = lastSighting(request);
  if (last === undefined || !isSeen(context, silent.address)) return null;
  const isHeardSince =
    sendsEspAfter(context, silent.address, firstTry) ||
    context.setups.some(({ sa }) =>
      sightingsOf(sa).some(
        ({ source, time }) =>
          time >= firstTry && canonicalOf(context.tunnel, source.address) === silent.address,
      ),
    );
  return isHeardSince ? null : unansweredOf(context, setup, exchange, { request, last, isHeard: true });
}
