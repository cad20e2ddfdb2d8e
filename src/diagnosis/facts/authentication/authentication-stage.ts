import type { Micros } from "../../../bytes/time.js";
import { NAT_T_PORT } from "../../../ike/ports.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange, Transmission } from "../../../session/model.js";
import { errorNotify } from "../../../session/payloads.js";
import { firstTimeOf, sentAfter } from "../../../session/sightings.js";
import { sendsOnNatT, type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { wentOnUnseen } from "../life/healing.js";
import { isRefusedByIcmp } from "../icmp-errors.js";
import { UNKNOWN_SA_ERRORS_V1 } from "../negotiation/refusals.js";
import { staysUnanswered } from "../silence/silence.js";
import { isRepeatedUnheard } from "../silence/unheard-side.js";
import { onceInTurn } from "../../once.js";

/** A setup whose authentication was asked for and never answered. */
export interface UnansweredAuthentication {
  readonly setup: Setup;
  readonly exchange: Exchange;
  readonly fragmentation: "ip" | "ike" | "none";
  /** The request went to or from the NAT-T port. */
  readonly onNatT: boolean;
  /** The responder was seen to send from the NAT-T port in this tunnel. */
  readonly natTAnswered: boolean;
  /** IKEv1: INFORMATIONAL messages that the responder sent once the request had been sent. */
  readonly informational: readonly Exchange[];
}

/**
 * The setups of a tunnel that stopped at the authentication, sorted so that each belongs to exactly one rule: the
 * way the message travels (IP fragments, IKE fragments, port) decides which.
 */
export function unansweredAuthentications(context: TunnelContext): UnansweredAuthentication[] {
  return allUnanswered(context).filter((found) => !stopsAtIntermediate(found));
}

/** The setups that stopped at IKE_INTERMEDIATE, apart from those to which port 4500 may never have been open. */
export function unansweredIntermediates(context: TunnelContext): UnansweredAuthentication[] {
  return allUnanswered(context).filter(stopsAtIntermediate);
}

function stopsAtIntermediate({
  exchange,
  setup,
  fragmentation,
  onNatT,
  natTAnswered,
}: UnansweredAuthentication): boolean {
  const isIt = setup.sa.majorVersion === 2 && exchange.exchangeType === EXCHANGE_V2.IKE_INTERMEDIATE;
  return isIt && (fragmentation !== "none" || !onNatT || natTAnswered);
}

const allUnanswered = onceInTurn((context: TunnelContext): readonly UnansweredAuthentication[] => {
  if (isRefusedByIcmp(context)) return [];
  const begun = setupsIn(context, "authenticating");
  const later = context.setups.filter(
    ({ sa, progress }) =>
      progress.state === "authenticating" && (sa.majorVersion === 1 || progress.opening.length === 0),
  );
  return [...new Set([...begun, ...later])].flatMap((setup) => {
    const { progress, sa } = setup;
    const exchange = [...progress.opening, ...progress.authentication].at(-1);
    const request = exchange?.request;
    if (exchange === undefined || request == null) return [];
    const onNatT = request.sightings.some(
      ({ source, destination }) => source.port === NAT_T_PORT || destination.port === NAT_T_PORT,
    );
    // Without any answer to the opening the capture shows one direction only; a filter on UDP 4500 hides it, and the attempts tell.
    const isHidden = onNatT && progress.opening.length === 0 && request.tries >= GIVEN_UP_TRIES;
    const isOpened = progress.opening.some(({ response }) => response !== null);
    const isUnheard = isRepeatedUnheard(context, setup, exchange);
    if (!isHidden && !isUnheard && !isOpened && !isMetAtOnce(setup, request)) return [];
    const sentAt = request.sightings[0]?.time ?? 0;
    const informational = progress.later.filter(
      ({ startedBy, request: sent }) =>
        sa.majorVersion === 1 && startedBy === "responder" && (sent?.sightings[0]?.time ?? 0) >= sentAt,
    );
    if (
      informational.some(({ request: said }) => UNKNOWN_SA_ERRORS_V1.has(errorNotify(said)?.notifyType ?? 0))
    )
      return [];
    const isRefused = informational.length > 0 || answersBeforeIt(setup, request);
    if (!isRefused && !isAggressive3(exchange) && !staysUnanswered(exchange, context)) return [];
    if (wentOnUnseen(setup, context, sentAt)) return [];
    return [
      {
        setup,
        exchange,
        fragmentation: fragmentationOf(exchange),
        onNatT,
        natTAnswered: sendsOnNatT(context, "responder", [sa]),
        informational,
      },
    ];
  });
});

/** It wants no answer; that it is sent in vain the state of the setup says. */
function isAggressive3({ exchangeType }: Exchange): boolean {
  return exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE;
}

/**
 * IKEv1, in a capture that begins with the first message under the new keys: the other side meets it with an INFORMATIONAL at once,
 * and no quick mode follows.
 */
function isMetAtOnce({ sa, progress }: Setup, request: Transmission): boolean {
  const [met] = progress.later;
  const wait = firstTimeOf(met?.request ?? null) - firstTimeOf(request);
  return (
    sa.majorVersion === 1 &&
    progress.quick.length === 0 &&
    met?.startedBy === "responder" &&
    wait >= 0 &&
    wait <= MET_AT_ONCE
  );
}

/** A liveness check comes seconds later (RFC 3706); what refuses a message comes as soon as it is read. */
const MET_AT_ONCE: Micros = 500_000;

/**
 * Main mode: the responder repeats its last answer, and again, while the asker repeats the message under the new keys. It is there
 * and has not got that message, or cannot read it; a slow one would not repeat what is answered.
 */
function answersBeforeIt({ sa, progress }: Setup, request: Transmission): boolean {
  const sentAt = firstTimeOf(request);
  const before = progress.opening.at(-1)?.response ?? null;
  return (
    sa.majorVersion === 1 && sentAfter(request, -Infinity) >= REPEATS && sentAfter(before, sentAt) >= REPEATS
  );
}

/** Two packets may be missing from a capture; who sends a third attempt has had no answer. */
const GIVEN_UP_TRIES = 3;

/** One repeat may have crossed the message; two of each side have not. */
const REPEATS = 2;

function fragmentationOf({ request }: Exchange): "ip" | "ike" | "none" {
  if (request === null) return "none";
  if (request.sightings.some(({ ipFragments, missingFragments }) => ipFragments > 1 || missingFragments))
    return "ip";
  return request.fragments === null ? "none" : "ike";
}

/** Setups that stopped at a message in IP fragments, of which the responder had no whole copy to object to. */
export function lostInIpFragments(context: TunnelContext): UnansweredAuthentication[] {
  return unansweredAuthentications(context).filter(
    (found) => found.fragmentation === "ip" && !isObjectedTo(found),
  );
}

/**
 * IKEv1: an INFORMATIONAL of the responder meets a whole copy of the message at once, as strongSwan's does that refuses a certificate.
 * Libreswan repeats Main Mode 5 all the same, for it does not take a notify for an answer.
 */
function isObjectedTo({ exchange: { request }, informational }: UnansweredAuthentication): boolean {
  const times = informational.map(({ request: said }) => firstTimeOf(said));
  return (request?.sightings ?? []).some(
    ({ time, missingFragments }) =>
      missingFragments === null && times.some((saidAt) => saidAt >= time && saidAt - time <= MET_AT_ONCE),
  );
}

/** Only first fragments, in a capture that holds nothing which a filter on ports would have dropped. */
export function filterMayHideFragments({ capture }: TunnelContext, { sightings }: Transmission): boolean {
  const partial = sightings.filter(({ missingFragments }) => missingFragments !== null);
  const anyTail = partial.some(({ missingFragments }) =>
    (missingFragments?.fragments ?? []).some(({ offset }) => offset > 0),
  );
  return partial.length > 0 && !anyTail && capture.observations.otherPackets === 0;
}
