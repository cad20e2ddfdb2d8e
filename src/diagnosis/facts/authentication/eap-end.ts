import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import {
  BARE_NOTIFY,
  classifyAuthResponse,
  isAuthAlone,
  isOneNotifyAtMost,
  LONGEST_NOTIFY,
  mayEndEap,
  mayHoldAuth,
  SHORTEST_AUTH,
  SMALLEST_CHILD,
} from "../../../session/classes.js";
import type { Exchange, Transmission } from "../../../session/model.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { roundsOf } from "./eap-rounds.js";
import { carriesEspAfter } from "./same-client.js";

/** Some senders pad to a multiple of four bytes where the cipher needs none. */
const WORD_SLACK = 3;

/** Rounds of EAP that the initiator ended with an INFORMATIONAL instead of the next one. */
export interface EndedEap {
  readonly rounds: readonly Exchange[];
  readonly last: Exchange;
  readonly objection: Transmission;
  /** Whether the capture holds the suite; without it lengths are compared with each other. */
  readonly isSuiteKnown: boolean;
  /** Whether the objection is surely no liveness check, which is empty as its acknowledgement is. */
  readonly isNotEmpty: boolean;
}

/**
 * Rounds without a gap, an answer before the last that is too long for EAP-Success, or a last one that is too short to accept, and then
 * from the initiator an INFORMATIONAL with room for one notify instead of the next round: EAP did not come to its end. Null where it may have.
 */
export function endedByInitiator(setup: Setup, context: TunnelContext): EndedEap | null {
  const { progress } = setup;
  const rounds = roundsOf(setup);
  const [before, last] = rounds.slice(-2);
  const [end, ...more] = progress.later;
  if (before === undefined || last?.response == null || end?.request == null || more.length > 0) return null;
  if (rounds.some(({ messageId }, index) => messageId !== (rounds[0]?.messageId ?? 0) + index)) return null;
  const isNext =
    last.messageId + 1 === end.messageId &&
    end.startedBy === "initiator" &&
    end.exchangeType === EXCHANGE_V2.INFORMATIONAL;
  if (!isNext || carriesEspAfter(context, setup, firstTimeOf(last.response))) return null;
  const isSuiteKnown = progress.suite !== null;
  const isNotEmpty = lengthOf(end.request) > (end.response === null ? Infinity : lengthOf(end.response));
  const isEnd = isSuiteKnown
    ? endsUnderSuite(setup, before, last, end.request)
    : endsByLengths(before, last, end.request, isNotEmpty);
  return isEnd ? { rounds, last, objection: end.request, isSuiteKnown, isNotEmpty } : null;
}

function endsUnderSuite(
  { progress: { suite } }: Setup,
  before: Exchange,
  last: Exchange,
  objection: Transmission,
): boolean {
  if (suite === null || last.response === null) return false;
  const said = last.response.message;
  // Behind EAP-Success the responder's AUTH is due: what has no room for it is one more round.
  if (before.response !== null) {
    if (mayEndEap(before.response.message, suite) && mayHoldAuth(said, suite)) return false;
  } else {
    const isShort = ["one-notify", "no-child", "unknown"].includes(classifyAuthResponse(said, suite));
    if (!isShort || last.request === null || isAuthAlone(last.request.message, suite)) return false;
  }
  return isOneNotifyAtMost(lengthOf(objection), suite);
}

/**
 * Under a suite that the capture does not hold: the objection is one notify, as long as EAP-Success and EAP-Failure are, or a block
 * shorter where it is empty; a last answer that accepts is longer by AUTH and a Child SA.
 */
function endsByLengths(
  before: Exchange,
  { response }: Exchange,
  objection: Transmission,
  isNotEmpty: boolean,
): boolean {
  if (response === null) return false;
  const notify = lengthOf(objection);
  if (!isOneNotifyAtMost(notify, null)) return false;
  const answer = lengthOf(response);
  if (answer <= notify + WORD_SLACK) return true;
  if (before.response === null || answer >= notify - BARE_NOTIFY + SHORTEST_AUTH + SMALLEST_CHILD)
    return false;
  return lengthOf(before.response) > notify + (isNotEmpty ? WORD_SLACK : LONGEST_NOTIFY);
}

function lengthOf({ message }: Transmission): number {
  return message.header.length;
}
