import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Exchange, Transmission } from "../../../session/model.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import type { Rival } from "../../finding.js";
import { endsEarly, mayStillBeAnswered } from "../../grade.js";
import { isNoLivenessCheck } from "../child/refused-quick-mode.js";
import { renewsPhase1 } from "../life/renewed-phase-1.js";
import { silenceAfter, staysUnanswered } from "../silence/silence.js";
import { beginsAnewAfter, carriesEspAfter } from "./same-client.js";

/** Behind XAUTH comes quick mode at once; so long without it, and the IKE SA is given up. */
const GIVEN_UP: Micros = 30_000_000;

/** A gateway asks its AAA server behind the login; behind the result the client goes on at once. */
const GATEWAY_WAITS: Micros = 20_000_000;
const CLIENT_WAITS: Micros = 5_000_000;
/** Both sides go on within this time, unless somebody is asked first. */
const NEXT_STEP: Micros = 2_000_000;
/** A client that reads of its refusal ends the IKE SA as soon as it has read it. */
const AT_ONCE: Micros = 500_000;

/** An XAUTH login, or an assignment of an address, that stops before quick mode. */
export interface Stall {
  readonly setup: Setup;
  readonly exchange: Exchange;
  /** The request of that exchange. */
  readonly request: Transmission;
  /** `behind-result`: left when the result had been told and answered; `abandoned`: left before that. */
  readonly kind: "unanswered" | "ended" | "abandoned" | "behind-result" | "refused";
  readonly ending: Exchange | null;
  /** Open while the capture ends too early to tell. */
  readonly rival: Rival | null;
}

/** How the login of a setup stopped; empty where it went on, or still may. */
export function stallOf(setup: Setup, context: TunnelContext): Stall[] {
  const { progress } = setup;
  if (progress.quick.length > 0) return [];
  const transactions = progress.later.filter(({ exchangeType }) => exchangeType === EXCHANGE_V1.TRANSACTION);
  const exchange = transactions.at(-1);
  if (exchange?.request == null) return [];
  const begun = firstTimeOf(transactions[0]?.request ?? null);
  if (carriesEspAfter(context, setup, begun)) return [];
  const { request } = exchange;
  const last = { setup, exchange, request };
  if (staysUnanswered(exchange, context)) {
    return [
      { ...last, kind: "unanswered", ending: null, rival: mayStillBeAnswered(context, exchange.request) },
    ];
  }
  const end =
    refusalOf(setup, transactions, context) ??
    (renewsPhase1(context, setup) ? null : leavingOf(setup, transactions, context)) ??
    gatewaysEnd(setup, exchange, context);
  return end === null ? [] : [{ ...last, ...end }];
}

type End = Pick<Stall, "kind" | "ending" | "rival">;

/**
 * The gateway asks for the login, which is answered, then tells its result, and the client ends the IKE SA at once instead of answering
 * (Libreswan at the status FAIL). A client that is let in answers the result.
 */
function refusalOf(setup: Setup, transactions: readonly Exchange[], context: TunnelContext): End | null {
  const result = transactions.at(-1);
  const isAsked = transactions.every(({ startedBy }) => startedBy === "responder");
  const isAnswered = transactions.slice(0, -1).every(({ response }) => response !== null);
  if (result === undefined || result.response !== null || transactions.length < 2) return null;
  if (!isAsked || !isAnswered) return null;
  const toldAt = lastTimeOf(result.request);
  const ending = setup.progress.later.find(
    ({ exchangeType, startedBy, request }) =>
      exchangeType === EXCHANGE_V1.INFORMATIONAL &&
      startedBy === "initiator" &&
      firstTimeOf(request) >= toldAt &&
      firstTimeOf(request) - toldAt <= AT_ONCE,
  );
  return ending === undefined
    ? null
    : endedBy(setup, ending, { kind: "refused", wait: CLIENT_WAITS }, context);
}

/**
 * Nothing comes behind the last answer. XAUTH is asked by the gateway: the login, then the result. Behind the login alone the gateway
 * has still to answer.
 */
function leavingOf(
  { progress }: Setup,
  transactions: readonly Exchange[],
  context: TunnelContext,
): End | null {
  const last = transactions.at(-1);
  const answer = lastSighting(last?.response ?? null);
  if (answer === undefined || progress.later.at(-1) !== last) return null;
  if (transactions.some(({ startedBy }) => startedBy !== "responder")) return null;
  if (silenceAfter(context, answer) < NEXT_STEP) return null;
  const [kind, wait] =
    transactions.length === 1
      ? (["abandoned", GATEWAY_WAITS] as const)
      : (["behind-result", CLIENT_WAITS] as const);
  return {
    kind,
    ending: null,
    rival: endsEarly(context, answer, wait, "the next TRANSACTION or Quick Mode"),
  };
}

/** The gateway ends the IKE SA behind the last transaction. */
function gatewaysEnd(setup: Setup, transaction: Exchange, context: TunnelContext): End | null {
  const last = setup.progress.later.at(-1);
  if (last?.exchangeType !== EXCHANGE_V1.INFORMATIONAL || last.startedBy !== "responder") return null;
  if (lastTimeOf(last.request) < lastTimeOf(transaction.response ?? transaction.request)) return null;
  // A check, or the answer to one, shows that the IKE SA lives.
  if (!isNoLivenessCheck(setup, last)) return null;
  return endedBy(setup, last, { kind: "ended", wait: GIVEN_UP }, context);
}

/** `wait`: the time after which Quick Mode comes no more. Who begins anew waits for none. */
function endedBy(
  setup: Setup,
  ending: Exchange,
  { kind, wait }: { readonly kind: Stall["kind"]; readonly wait: Micros },
  context: TunnelContext,
): End | null {
  const sent = lastSighting(ending.request);
  if (sent === undefined) return null;
  const beginsAnew = beginsAnewAfter(context, setup, sent.time);
  return { kind, ending, rival: beginsAnew ? null : endsEarly(context, sent, wait, "Quick Mode") };
}
