import type { Exchange } from "../../../session/model.js";
import { isAccepted } from "../../../session/progress/auth-class.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { creationsOf, FIRST_REQUESTS_US, isAskedAtFirst } from "./first-child.js";
import { isFinishedQuickMode, refusalOf } from "./refused-quick-mode.js";
import { refusalsAtTheEnd } from "./refused-rekeys.js";

/** Child SAs that were asked for right after the setup, some of them refused. */
export interface RefusedChildren {
  readonly refused: readonly Exchange[];
  /** With the first one, which IKE_AUTH made. */
  readonly accepted: number;
  /** An accepted request is as long as the last one that was refused: what differs is no further payload. */
  readonly isAcceptedOfSameLength: boolean;
}

/**
 * IKEv2: the Child SAs beside the first one that a CREATE_CHILD_SA right after the setup asked for. Whether there is a REKEY_SA in it
 * (RFC 7296 1.3.3) is encrypted; requests of one length, some of them accepted, that follow one another so soon are no rekeys. Null where
 * none is refused, or none like it is accepted.
 */
export function refusedChildrenV2(setup: Setup, context: TunnelContext): RefusedChildren | null {
  const { upAt, authClass } = setup.progress;
  if (upAt === null || !setup.sa.startSeen) return null;
  const isFirst = (exchange: Exchange): boolean => isAskedAtFirst(exchange, setup);
  const refused = refusalsAtTheEnd(setup, context).filter(isFirst);
  const accepted = creationsOf(setup).filter((exchange) => isFirst(exchange) && !refused.includes(exchange));
  const children = countOf(refused, accepted, isAccepted(authClass) && authClass !== "childless" ? 1 : 0);
  return children?.isAcceptedOfSameLength === true ? children : null;
}

/** The same of the first quick modes of an IKEv1 phase 1. */
export function refusedChildrenV1(setup: Setup): RefusedChildren | null {
  const asked = setup.progress.quick.filter(({ step, request }) => step === 1 && request !== null);
  const began = Math.min(...asked.map(({ request }) => firstTimeOf(request)));
  const first = asked.filter(({ request }) => firstTimeOf(request) <= began + FIRST_REQUESTS_US);
  const isRefused = (exchange: Exchange): boolean =>
    exchange.response === null &&
    !isFinishedQuickMode(setup, exchange) &&
    refusalOf(setup, exchange) !== undefined;
  const accepted = first.filter((one) => one.response !== null || isFinishedQuickMode(setup, one));
  return countOf(first.filter(isRefused), accepted, 0);
}

function countOf(
  refused: readonly Exchange[],
  accepted: readonly Exchange[],
  others: number,
): RefusedChildren | null {
  const last = refused.at(-1);
  if (last === undefined) return null;
  const bytes = last.request?.message.header.length;
  return {
    refused,
    accepted: accepted.length + others,
    isAcceptedOfSameLength: accepted.some(({ request }) => request?.message.header.length === bytes),
  };
}
