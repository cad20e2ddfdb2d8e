import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import { NOTIFY_V1 } from "../../../ike/registries/notify-v1.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import type { Exchange, Role, Transmission } from "../../../session/model.js";
import { errorNotify } from "../../../session/payloads.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import type { Rival } from "../../finding.js";
import { UNKNOWN_SA_ERRORS_V1 } from "./refusals.js";

/** A message of a setup that an error notify in clear answers. */
export interface ClearRefusal {
  readonly setup: Setup;
  /** The message that is refused; in IKEv1 the INFORMATIONAL itself, where the capture does not hold that message. */
  readonly exchange: Exchange;
  readonly asked: Transmission | null;
  readonly answer: Transmission;
  readonly by: Role;
  /** Notify type. */
  readonly type: number;
}

export const MAY_BE_FORGED: Rival = {
  code: "capture-starts-late",
  separatedBy:
    "a capture that holds the message that is refused: a single notify in clear, which is not authenticated, may be old or forged",
};

/** Verdicts of their own stand for these, and know what heals them: a group that is asked for is no refusal. */
const TOLD_ELSEWHERE_V2: ReadonlySet<number> = new Set([
  NOTIFY_V2.UNSUPPORTED_CRITICAL_PAYLOAD,
  NOTIFY_V2.INVALID_MAJOR_VERSION,
  NOTIFY_V2.NO_PROPOSAL_CHOSEN,
  NOTIFY_V2.INVALID_KE_PAYLOAD,
]);

/** By their numbers errors of IKEv1, and none. */
const NO_ERRORS_V1: ReadonlySet<number> = new Set([
  NOTIFY_V1.ADDRESS_NOTIFICATION,
  NOTIFY_V1.NOTIFY_SA_LIFETIME,
]);

/** Setups that ended with an error in clear, in order of time: of each the last one. */
export function clearRefusals(context: TunnelContext): ClearRefusal[] {
  return context.setups.flatMap((setup) => {
    const refusal = setup.sa.majorVersion === 2 ? refusalV2(setup) : refusalV1(setup);
    return refusal === null ? [] : [refusal];
  });
}

/** The response to the last message of the setup. */
function refusalV2(setup: Setup): ClearRefusal | null {
  const { opening, chosen, authentication, later } = setup.progress;
  // A filter on UDP 4500 leaves the authentication alone.
  const exchange = authentication.at(-1) ?? (chosen === null ? opening.at(-1) : undefined);
  const answer = exchange?.response ?? null;
  const type = errorNotify(answer)?.notifyType;
  if (exchange === undefined || answer === null || type === undefined) return null;
  if (later.some(({ response }) => response !== null && errorNotify(response) === null)) return null;
  if (authentication.length === 0 && TOLD_ELSEWHERE_V2.has(type)) return null;
  const by = exchange.startedBy === "initiator" ? "responder" : "initiator";
  return { setup, exchange, asked: exchange.request, answer, by, type };
}

/** An INFORMATIONAL of the side whose message of phase 1 should come (RFC 2408 5.4): the tunnel gets no further. */
function refusalV1(setup: Setup): ClearRefusal | null {
  const { opening, authentication, quick, later } = setup.progress;
  const exchange = [...opening, ...authentication].at(-1);
  // Quick mode and XAUTH come under the keys of phase 1: it was not refused.
  if (quick.length > 0 || later.some(({ exchangeType }) => exchangeType === EXCHANGE_V1.TRANSACTION))
    return null;
  for (const said of later.toReversed()) {
    const { request: answer, startedBy: by } = said;
    const type = errorNotify(answer)?.notifyType;
    if (answer === null || type === undefined || NO_ERRORS_V1.has(type)) continue;
    if (exchange === undefined)
      return UNKNOWN_SA_ERRORS_V1.has(type) ? null : { setup, exchange: said, asked: null, answer, by, type };
    // The capture holds one direction: what the initiator refuses is not in it.
    if (by === "initiator" && exchange.response === null && opening.includes(exchange))
      return { setup, exchange: said, asked: null, answer, by, type };
    const asked = by === "responder" ? exchange.request : exchange.response;
    const isLast = by === "responder" ? exchange.response === null : authentication.length === 0;
    if (isLast && asked !== null && firstTimeOf(asked) <= firstTimeOf(answer))
      return { setup, exchange, asked, answer, by, type };
  }
  return null;
}
