import { ZERO_SPI } from "../../../ike/message.js";
import type { Exchange, IkeSa, Transmission } from "../../../session/model.js";
import { carriesCookie, errorNotify } from "../../../session/payloads.js";
import { type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { staysUnanswered } from "../silence/silence.js";
import { isRefusedByIcmp } from "../icmp-errors.js";
import type { Micros } from "../../../bytes/time.js";
import { onceInTurn } from "../../once.js";

/** An answer that only the capture misses is never waited for this long. */
const ROUND_OF_REPEATS = 3;

/** A setup whose first message repeats, and to which nothing ever came back. */
export interface UnansweredOpening {
  readonly setup: Setup;
  readonly exchange: Exchange;
}

/** The setups of a tunnel that stopped at their first message. The rules share them out: each belongs to one. */
export const unansweredOpenings = onceInTurn((context: TunnelContext): readonly UnansweredOpening[] => {
  if (isRefusedByIcmp(context)) return [];
  const failed = setupsIn(context, "opening").flatMap((setup) =>
    hasHiddenAnswer(setup) || knowsResponder(setup) || isRefused(setup)
      ? []
      : setup.progress.opening
          .filter((exchange) => staysUnanswered(exchange, context))
          .slice(-1)
          .map((exchange) => ({ setup, exchange })),
  );
  const last = failed.at(-1)?.setup.sa;
  if (last === undefined) return [];
  if (context.tunnel.streams.some((stream) => stream.firstTime > last.firstTime)) return [];
  return isAnsweredInOtherVersion(context, last) ? [] : failed;
});

/**
 * IKE_SA_INIT with other content, sent at once, follows COOKIE or INVALID_KE_PAYLOAD only: they came, and the capture does
 * not show them. After a round of repeats it is a new attempt.
 */
function hasHiddenAnswer({ progress: { opening } }: Setup): boolean {
  const before = opening.slice(0, -1);
  return (
    before.length > 0 &&
    opening.every(({ response }) => response === null) &&
    before.every(({ request }) => (request?.tries ?? 0) < ROUND_OF_REPEATS)
  );
}

/** The initiator's own messages carry the responder's SPI: an answer reached it, and the capture holds one direction only. */
function knowsResponder({ sa: { exchanges } }: Setup): boolean {
  return exchanges.some(
    ({ startedBy, request }) =>
      startedBy === "initiator" && request !== null && request.message.header.responderSpi !== ZERO_SPI,
  );
}

/** IKEv1 errors in clear are messages of their own, and initiators often go on repeating behind them: other rules say how it answered. */
function isRefused({ sa, progress }: Setup): boolean {
  return (
    sa.majorVersion === 1 &&
    progress.later.some(
      ({ startedBy, request }) => startedBy === "responder" && errorNotify(request) !== null,
    )
  );
}

/** Then the responder did answer, and `ike-version-mismatch` says how. */
function isAnsweredInOtherVersion({ setups }: TunnelContext, { initiatorSpi, id }: IkeSa): boolean {
  return setups.some(({ sa }) => sa.initiatorSpi === initiatorSpi && sa.id !== id);
}

/** Whether the responder answers the other mode, so that it ignores this one. */
export function isOtherModeAnswered(context: TunnelContext, { setup, exchange }: UnansweredOpening): boolean {
  return answeredOtherMode(context, setup.sa, exchange) !== null;
}

export function answeredOtherMode(
  { setups }: TunnelContext,
  sa: IkeSa,
  exchange: Exchange,
): Transmission | null {
  if (sa.majorVersion !== 1) return null;
  const other = (one: Setup): Transmission | null =>
    one.sa.majorVersion === 1 && one.sa.initiator.address === sa.initiator.address
      ? (one.progress.opening.find(
          ({ exchangeType, response }) => exchangeType !== exchange.exchangeType && response !== null,
        )?.response ?? null)
      : null;
  for (const setup of setups) {
    const answer = other(setup);
    if (answer !== null) return answer;
  }
  return null;
}

/** strongSwan counts half-open IKE SAs per address, gives them up after 30 s, and ignores what is beyond 5. */
const HALF_OPEN_TIME: Micros = 30_000_000;

const HALF_OPEN_LIMIT = 5;

/** The setups that were half open when this one began, where they are enough for a limit; else none. */
export function halfOpenBefore({ setups }: TunnelContext, { setup }: UnansweredOpening): readonly Setup[] {
  const { firstTime, majorVersion, initiator } = setup.sa;
  if (majorVersion !== 2) return [];
  const open = setups.filter(
    ({ sa, progress }) =>
      sa.id !== setup.sa.id &&
      sa.majorVersion === 2 &&
      sa.startSeen &&
      sa.initiator.address === initiator.address &&
      sa.firstTime <= firstTime &&
      sa.firstTime >= firstTime - HALF_OPEN_TIME &&
      progress.opening.some(({ response }) => response !== null) &&
      (progress.state === "opening-answered" ||
        progress.state === "authenticating" ||
        (progress.state === "opening" && progress.opening.some(({ response }) => carriesCookie(response)))),
  );
  return open.length >= HALF_OPEN_LIMIT ? open : [];
}
