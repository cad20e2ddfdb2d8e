import type { Micros } from "../../../bytes/time.js";
import { largestInner } from "../../../ike/length-oracle.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange, Transmission } from "../../../session/model.js";
import { isRefusalLength, namesGroup } from "../../../session/short-messages.js";
import { firstSighting, firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import type { Rival } from "../../finding.js";
import { creationsOf } from "./first-child.js";
import { IN_FLIGHT_US } from "../esp/one-direction.js";
import { isIkeRekey } from "../life/replaced-ike-sa.js";
import { canonicalOf } from "../sides.js";
import { silenceAfter } from "../silence/silence.js";
import { isAnotherRequestLater, isRenewal, lengthOf, PUT_OFF_US } from "./renewals.js";

/** An answer of the length of one notify need not refuse: it may put the request off. */
export const MAY_COLLIDE: Rival = {
  code: "rekey-collision",
  separatedBy:
    "the decrypted answer: TEMPORARY_FAILURE, because the other side rekeys or deletes at the same time",
};
/** SA with one proposal that names four algorithms and an 8-byte SPI, and the shortest nonce (RFC 7296 3.3, 3.9): what stands beside KE. */
const SMALLEST_BESIDE_KE = 4 + 8 + 8 + 4 * 8 + 4 + 16;

/**
 * Refused requests that no later one made good. One that crossed a success was put off, not refused (RFC 7296 2.25); a success
 * after it may be the same request with another group, or once more, unless {@link isOfAnotherChild} or {@link isRenewal}.
 */
export function refusalsAtTheEnd(setup: Setup, context: TunnelContext): Exchange[] {
  const { sa, progress } = setup;
  if (sa.majorVersion !== 2) return [];
  const answered = creationsOf(setup);
  const isRefused = ({ response }: Exchange): boolean =>
    response !== null && isRefusalLength(response.message, progress.suite);
  const accepted = answered.filter((exchange) => !isRefused(exchange));
  const atTheEnd = answered.filter(
    (refused) =>
      isRefused(refused) &&
      !isAskedAgain(refused, progress, context) &&
      accepted.every(
        (made) =>
          lastTimeOf(made.response) < firstTimeOf(refused.request) ||
          isOfAnotherChild(made, refused, progress) ||
          isRenewal(made, refused, accepted, setup) ||
          isOfIkeSa(made, refused, progress, context),
      ),
  );
  const isOneOfThem = (refused: Exchange): boolean =>
    atTheEnd.some((last) => last === refused || isSameRequest(refused, last, accepted));
  return answered.filter((exchange) => isRefused(exchange) && isOneOfThem(exchange));
}

/** Whether the request that was refused again in `last` was refused before in `earlier`, and nothing like it accepted in between. */
function isSameRequest(earlier: Exchange, last: Exchange, accepted: readonly Exchange[]): boolean {
  return (
    earlier.startedBy === last.startedBy &&
    lengthOf(earlier) === lengthOf(last) &&
    firstTimeOf(earlier.request) < firstTimeOf(last.request) &&
    accepted.every(
      (made) =>
        lastTimeOf(made.response) < firstTimeOf(earlier.request) ||
        firstTimeOf(made.request) > lastTimeOf(last.response) ||
        isAnotherRequestLater(made, earlier),
    )
  );
}

/**
 * Whether the same side asks with another length as soon as it is refused, and the capture ends before an answer to that: it
 * sends the group that INVALID_KE_PAYLOAD wanted (RFC 7296 1.3), and nothing is refused yet.
 */
function isAskedAgain(refused: Exchange, { later }: Setup["progress"], context: TunnelContext): boolean {
  const refusedAt = lastTimeOf(refused.response);
  return later.some(({ exchangeType, startedBy, request, response }) => {
    if (request === null || response !== null || exchangeType !== EXCHANGE_V2.CREATE_CHILD_SA) return false;
    const again = firstSighting(request);
    if (again === undefined || silenceAfter(context, again) > PUT_OFF_US) return false;
    const wait = again.time - refusedAt;
    return (
      startedBy === refused.startedBy &&
      wait >= 0 &&
      wait < PUT_OFF_US &&
      request.message.header.length !== refused.request?.message.header.length
    );
  });
}

/**
 * Whether the success `made` has nothing to do with the refusal before it. A request that is repeated with the group that
 * INVALID_KE_PAYLOAD wanted has another length, and follows at once; TEMPORARY_FAILURE needs a rekey of the side that
 * refuses (RFC 7296 2.25), and the next attempt waits. So a request of the same length, soon, on an IKE SA on which the side that
 * refused rekeys nothing, is for another Child SA.
 */
function isOfAnotherChild(made: Exchange, refused: Exchange, { later, suite }: Setup["progress"]): boolean {
  const refusedAt = lastTimeOf(refused.response);
  const wait = firstTimeOf(made.request) - refusedAt;
  return (
    made.startedBy === refused.startedBy &&
    !namesGroup(refused.response?.message, suite) &&
    lengthOf(made) === lengthOf(refused) &&
    wait >= 0 &&
    wait < PUT_OFF_US &&
    !later.some(
      ({ exchangeType, startedBy, request }) =>
        exchangeType === EXCHANGE_V2.CREATE_CHILD_SA &&
        startedBy !== refused.startedBy &&
        Math.abs(firstTimeOf(request) - refusedAt) < PUT_OFF_US,
    )
  );
}

/**
 * Whether the success `made` rekeyed the IKE SA, and the refusal before it was of a Child SA: after it all ESP goes on with the SPIs
 * that were there before, or there is none any more. Then the refused request is too short for the key exchange that this IKE SA was made with, and the other is
 * not, or one side sent both, of different lengths and not at once, as it does after INVALID_KE_PAYLOAD.
 */
function isOfIkeSa(
  made: Exchange,
  refused: Exchange,
  progress: Setup["progress"],
  context: TunnelContext,
): boolean {
  const wait = firstTimeOf(made.request) - lastTimeOf(refused.response);
  const madeAt = lastTimeOf(made.response);
  if (wait < 0 || !(usesOldSpis(context, madeAt) || carriesNothingMore(context, madeAt))) return false;
  if (isChildRequest(refused.request, progress)) return !isChildRequest(made.request, progress);
  return isAnotherRequestLater(made, refused);
}

/** CREATE_CHILD_SA without room for a rekey of the IKE SA with the group that it has: it asks for a Child SA without PFS. */
export function isChildRequest(request: Transmission | null, { suite, chosen }: Setup["progress"]): boolean {
  const ke = chosen?.response?.message.payloads.find(({ kind }) => kind === "ke");
  if (request === null || suite === null || ke?.kind !== "ke") return false;
  const inner = largestInner(suite, request.message.header.length);
  return inner !== null && inner < SMALLEST_BESIDE_KE + ke.length;
}

/** ESP of both sides goes on after `time`, and none has an SPI that began after it. */
export function usesOldSpis({ tunnel }: TunnelContext, time: Micros): boolean {
  const later = tunnel.streams.filter(({ lastTime }) => lastTime > time + IN_FLIGHT_US);
  const sources = new Set(later.map(({ source }) => canonicalOf(tunnel, source)));
  return sources.size > 1 && tunnel.streams.every(({ firstTime }) => firstTime <= time);
}

/** No ESP, and no CREATE_CHILD_SA that may make a Child SA, comes after `time`. */
export function carriesNothingMore({ setups, tunnel }: TunnelContext, time: Micros): boolean {
  const mayMakeChild = setups.some((setup) =>
    creationsOf(setup).some(
      (made) =>
        firstTimeOf(made.request) > time &&
        made.response !== null &&
        !isRefusalLength(made.response.message, setup.progress.suite) &&
        !isIkeRekey(setup, made) &&
        (setup.progress.suite === null || isChildRequest(made.request, setup.progress)),
    ),
  );
  return !mayMakeChild && tunnel.streams.every(({ lastTime }) => lastTime <= time);
}
