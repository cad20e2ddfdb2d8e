import type { Exchange } from "../../../session/model.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import type { Rival } from "../../finding.js";
import { mayStillBeAnswered } from "../../grade.js";

/** A setup and its request that has no answer. */
interface Failed {
  readonly setup: Setup;
  readonly exchange: Exchange;
}

/**
 * The rival "it may still be answered" of the last of several setups, in order of time. Null where the capture excludes it, or where an
 * earlier setup of the same client was given up without an answer and none has come up since: that is no slow peer.
 */
export function mayLastBeAnswered(context: TunnelContext, failed: readonly Failed[]): Rival | null {
  const last = failed.at(-1);
  if (last?.exchange.request == null) return null;
  const rival = mayStillBeAnswered(context, last.exchange.request);
  if (rival === null) return null;
  const worked = context.setups.flatMap(({ progress: { upAt } }) => (upAt === null ? [] : [upAt]));
  const isGivenUp = failed.some(
    ({ setup, exchange: { request } }) =>
      setup !== last.setup &&
      request !== null &&
      worked.every((time) => time < firstTimeOf(request)) &&
      mayStillBeAnswered(context, request) === null,
  );
  return isGivenUp ? null : rival;
}
