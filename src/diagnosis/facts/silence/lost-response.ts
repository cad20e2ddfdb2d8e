import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import { CLOCKS_APART } from "../../../session/clocks.js";
import type { Exchange, IkeSa } from "../../../session/model.js";
import { canonicalAddress } from "../../../session/model/queries.js";
import { errorNotify, carriesCookie } from "../../../session/payloads.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { arrivedResponse, triesBehind } from "./arrived-response.js";
import { wentOnUnseen } from "../life/healing.js";
import { objectionsTo } from "./objections.js";
import { timeBefore, silenceAfter } from "./silence.js";

/** Repeats behind the first answer: one may have crossed it, or only that answer was lost. */
export const ENOUGH_REPEATS = 2;

/** The next request after an answer comes sooner. */
const NOTHING_FOLLOWS = 5_000_000;

/** The next repeat of a back-off comes within this many of the last interval (strongSwan 1.8, Libreswan 2). */
export const BACK_OFF = 2.5;

/**
 * The exchange that an IKE SA stopped at has its response in the capture, and still the request comes again and the
 * response is sent again: it does not arrive. Null where the requester went on.
 */
export function lostResponse(setup: Setup, context: TunnelContext): Exchange | null {
  const { sa, progress } = setup;
  const last = stoppedAt(sa);
  if (last?.request == null || last.response === null) return null;
  // RFC 7296 2.21.1: a clear error is not authenticated, so an initiator that received it may well ask again.
  if (errorNotify(last.response) !== null) return null;
  // A demand that is not met is for `cookie-loop` to tell.
  if (carriesCookie(last.response)) return null;
  const repeats = repeatsBehindAnswer(last);
  if (repeats < ENOUGH_REPEATS && !(repeats === 1 && mayBeLastTries(setup, last, context))) return null;
  if (last.response.tries < 2 || wentOn(sa, last)) return null;
  if (cameInTheEnd(setup, last, context) || objectionsTo(sa, last) > 0) return null;
  const isSettled = progress.state === "up" || progress.state === "child-refused";
  return isSettled && cameThrough(setup, last, context) ? null : last;
}

/** A check of the answering side that is sent so often in vain shows that it is not heard; sent more often, `dpd-timeout` tells it. */
const IN_VAIN = 2;

/**
 * The last exchange of an IKE SA; or, where the side that answered asks by itself since and in vain, the one that it answered, for
 * neither its answers nor its requests arrive. However often it asks: a peer that repeats its own request meanwhile lives.
 */
function stoppedAt({ exchanges }: IkeSa): Exchange | undefined {
  const asked = exchanges.filter(({ expectsResponse }) => expectsResponse);
  const last = asked.at(-1);
  if (last?.request == null || last.response !== null) return last;
  const before = asked.findLast(({ startedBy }) => startedBy !== last.startedBy);
  if (before?.response == null) return last;
  const isToldHere = last.request.tries === IN_VAIN || lastTimeOf(before.request) > firstTimeOf(last.request);
  const isInVain = asked
    .slice(asked.indexOf(before) + 1)
    .every(
      ({ request, response }) => response === null && firstTimeOf(request) > firstTimeOf(before.response),
    );
  return isToldHere && isInVain ? before : last;
}

/** Whether nothing is asked behind an exchange any more, or only by the side that answered it, again and again without an answer. */
export function endsWith({ exchanges }: IkeSa, exchange: Exchange): boolean {
  const asked = exchanges.filter((one) => one.expectsResponse || one === exchange);
  return asked
    .slice(asked.indexOf(exchange) + 1)
    .every(
      ({ startedBy, request, response }) =>
        startedBy !== exchange.startedBy && response === null && (request?.tries ?? 0) >= IN_VAIN,
    );
}

/**
 * The exchange that an IKE SA ends with, if its request is repeated behind the answer as that of `like`; undefined where it is not. ESP of
 * the next IKE SA may go on: between two that end so it proves nothing.
 */
export function endsInRepeats({ sa }: Setup, like: Exchange): Exchange | undefined {
  const last = sa.exchanges.findLast(({ expectsResponse }) => expectsResponse);
  const isAlike =
    last !== undefined &&
    last.exchangeType === like.exchangeType &&
    last.startedBy === like.startedBy &&
    errorNotify(last.response) === null &&
    repeatsBehindAnswer(last) >= ENOUGH_REPEATS;
  return isAlike ? last : undefined;
}

export function repeatsBehindAnswer({ request, response }: Exchange): number {
  return triesBehind(request?.sightings ?? [], firstTimeOf(response) + CLOCKS_APART);
}

/** The asker's own capture has the response, and no more than one repeat behind it: what was lost before came in the end. */
export function cameInTheEnd({ sa }: Pick<Setup, "sa">, exchange: Exchange, context: TunnelContext): boolean {
  const arrived = arrivedResponse(context, sa, exchange);
  return arrived !== null && arrived.repeats < ENOUGH_REPEATS;
}

/** A setup that goes no further, in a capture that begins so late that more tries may have come before it. */
function mayBeLastTries(setup: Setup, { request }: Exchange, context: TunnelContext): boolean {
  const [first, second] = request?.sightings ?? [];
  if (first === undefined || second === undefined) return false;
  if (setup.progress.state !== "opening-answered" || wentOnUnseen(setup, context, setup.sa.firstTime))
    return false;
  return (
    timeBefore(context, first) < second.time - first.time && silenceAfter(context, second) >= NOTHING_FOLLOWS
  );
}

/** IKEv1 message 3 of aggressive and quick mode says that message 2 arrived, and wants no answer itself. */
function wentOn({ exchanges, majorVersion }: IkeSa, { startedBy, response }: Exchange): boolean {
  const answeredAt = firstTimeOf(response);
  return exchanges.some(
    ({ exchangeType, startedBy: by, request }) =>
      majorVersion === 1 &&
      exchangeType !== EXCHANGE_V1.INFORMATIONAL &&
      by === startedBy &&
      firstTimeOf(request) > answeredAt,
  );
}

/** After an exchange that nothing has to follow: the asker lives on when it should have asked again. */
function cameThrough(setup: Setup, exchange: Exchange, { tunnel }: TunnelContext): boolean {
  const [before, last] = exchange.request?.sightings.slice(-2) ?? [];
  const answer = lastSighting(exchange.response);
  if (before === undefined || last === undefined || answer === undefined || answer.time <= last.time)
    return false;
  // The first child needs the answer; ESP of an older one goes on until the asker gives up.
  const isFirstChild = setup.progress.authentication.includes(exchange);
  const due = isFirstChild ? answer.time : last.time + (last.time - before.time) * BACK_OFF;
  const asker = exchange.startedBy === "initiator" ? setup.sa.initiator.address : setup.sa.responder.address;
  return tunnel.streams.some(
    ({ source, lastTime }) => lastTime > due && canonicalAddress(tunnel.aliases, source) === asker,
  );
}
