import type { Micros } from "../bytes/time.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import { NOTIFY_V2 } from "../ike/registries/notify-v2.js";
import type { IkeMessage } from "../ike/message.js";
import { cutChoice } from "../ike/payloads/sa/cut.js";
import { type Suite, suiteOf } from "../ike/suite.js";
import {
  classifyAuthResponse,
  type ContentClass,
  endsEap,
  isAuthAlone,
  mayAskForChild,
  mayEndEap,
  SMALLEST_CHILD,
} from "./classes.js";
import type { Exchange, IkeSa, Transmission } from "./model.js";
import { beginsWithSa, errorNotify, notifiesOf, saOf } from "./payloads.js";
import { answeredChecksV1 } from "./r-u-there.js";
import { isRefusalLength } from "./short-messages.js";
import { firstSighting } from "./sightings.js";

/** How far one IKE SA came, as far as the capture shows it. */
type SetupState =
  /** No normal answer to the first message. */
  | "opening"
  /** The first exchange (IKEv1 main mode: any exchange before the authentication) is answered, the next message is missing. */
  | "opening-answered"
  /** The authentication (or an exchange between) was requested and not answered. */
  | "authenticating"
  /** The answer to the authentication can only be an error. */
  | "authentication-refused"
  /** The IKE SA is up, the first Child SA was refused. */
  | "child-refused"
  /** IKEv1: phase 1 is up, no quick mode has been answered. */
  | "phase-1-up"
  /** The IKE SA and, as far as can be told, its Child SA are up. */
  | "up"
  /** The capture does not hold enough to say. */
  | "unknown";

export interface Progress {
  readonly state: SetupState;
  /** Negotiated algorithms, where the exchange that chose them is in the capture. */
  readonly suite: Suite | null;
  /** IKE_SA_INIT rounds, or the exchanges of phase 1 before the authentication. */
  readonly opening: readonly Exchange[];
  /** The exchange whose answer chose the algorithms; null where none did. */
  readonly chosen: Exchange | null;
  /** IKE_INTERMEDIATE, IKE_AUTH; main mode 5, aggressive 3. */
  readonly authentication: readonly Exchange[];
  /** Quick mode (IKEv1). */
  readonly quick: readonly Exchange[];
  /** Everything after the setup: CREATE_CHILD_SA, INFORMATIONAL. */
  readonly later: readonly Exchange[];
  readonly authClass: ContentClass | null;
  /** When the capture first proves that the IKE SA is up; null where it never does. */
  readonly upAt: Micros | null;
}

/** The IKE SA that was asked about last: of a tunnel that has one it is asked twice, when it is opened and when it is judged. */
let last: { readonly sa: IkeSa; readonly progress: Progress } | null = null;

/** Derives the progress of an IKE SA from its exchanges. Pure. */
export function progressOf(sa: IkeSa): Progress {
  if (last?.sa !== sa) last = { sa, progress: sa.majorVersion === 2 ? progressV2(sa) : progressV1(sa) };
  return last.progress;
}

function progressV2(sa: IkeSa): Progress {
  const opening: Exchange[] = [];
  const authentication: Exchange[] = [];
  const later: Exchange[] = [];
  for (const exchange of sa.exchanges) {
    switch (exchange.exchangeType) {
      case EXCHANGE_V2.IKE_SA_INIT:
      case EXCHANGE_V2.IKE_SESSION_RESUME:
        opening.push(exchange);
        break;
      case EXCHANGE_V2.IKE_INTERMEDIATE:
      case EXCHANGE_V2.IKE_AUTH:
        authentication.push(exchange);
        break;
      default:
        later.push(exchange);
    }
  }
  const chosen = opening.find(({ response }) => beginsWithSa(response)) ?? null;
  const suite = suiteChosenIn(chosen);
  const last = authentication.at(-1);
  const authClass = authClassOf({ authentication, later, opening }, suite);
  // An error in clear where both have keys proves nothing: anybody may have sent it.
  const answered = later.filter(
    ({ request, response }) => request !== null && response !== null && errorNotify(response) === null,
  );
  // A Child SA that was made after all says more than a check that was answered before.
  const answeredLater =
    answered.find(
      ({ exchangeType, response }) =>
        exchangeType === EXCHANGE_V2.CREATE_CHILD_SA && !isRefusalLength(response?.message, suite),
    ) ?? answered[0];
  const [state, proof] = stateV2({ opening, chosen, authClass, later }, last, answeredLater, suite);
  const upAt = timeOf(proof?.response ?? null);
  return { state, suite, opening, chosen, authentication, quick: [], later, authClass, upAt };
}

function stateV2(
  { opening, chosen, authClass, later }: Pick<Progress, "opening" | "chosen" | "authClass" | "later">,
  last: Exchange | undefined,
  answeredLater: Exchange | undefined,
  suite: Suite | null,
): readonly [SetupState, Exchange | undefined] {
  if (
    answeredLater?.exchangeType === EXCHANGE_V2.CREATE_CHILD_SA &&
    !(authClass === "no-child" && isRefusalLength(answeredLater.response?.message, suite))
  ) {
    // If the answer to the authentication proved it already, a rekey is no second beginning.
    return ["up", isAccepted(authClass) ? last : answeredLater];
  }
  switch (authClass) {
    case "one-notify":
      return ["authentication-refused", undefined];
    case "no-child":
      return ["child-refused", last];
    case "full":
    case "childless":
    case "with-certificate":
      return ["up", last];
    case "unknown":
      return answeredLater === undefined ? ["unknown", undefined] : ["up", answeredLater];
    case null:
      break;
  }
  if (answeredLater !== undefined) return ["up", answeredLater];
  if (later.length > 0) return ["unknown", undefined];
  if (last !== undefined) return [last.response === null ? "authenticating" : "opening-answered", undefined];
  if (chosen !== null) return ["opening-answered", undefined];
  return [opening.length > 0 ? "opening" : "unknown", undefined];
}

/** The answer to IKE_AUTH has room for a whole acceptance. */
export function isAccepted(authClass: ContentClass | null): boolean {
  return authClass === "full" || authClass === "childless" || authClass === "with-certificate";
}

/**
 * What the last answer to IKE_AUTH means; null where there is none. Of several rounds (EAP, RFC 7296 2.16) only the one
 * behind EAP-Success is the answer to the authentication: what was said before is "unknown", whatever its length.
 */
function authClassOf(
  { authentication, later, opening }: Pick<Progress, "authentication" | "later" | "opening">,
  suite: Suite | null,
): ContentClass | null {
  const rounds = authentication.filter(({ exchangeType }) => exchangeType === EXCHANGE_V2.IKE_AUTH);
  const last = authentication.at(-1);
  if (last?.response == null || last !== rounds.at(-1)) return null;
  const answer =
    suite === null
      ? classifyUnderCutSuite(last.response.message, opening)
      : classifyAuthResponse(last.response.message, suite);
  const isAlive = later.some(({ request, response }) => request !== null && response !== null);
  // An IKE SA that goes on was not refused: the round that accepted it is missing from the capture.
  if (answer === "one-notify") return isAlive ? "unknown" : answer;
  // Under a suite that is not known a round of EAP has the lengths of a refused Child SA.
  if (rounds.length > 1 && suite === null) return "unknown";
  if (rounds.length > 1) return isLastRound(rounds, later, suite, answer) ? answer : "unknown";
  const isChildless =
    last.request !== null && asksForNoChild(last.request.message, last.response.message, suite, opening);
  return answer === "no-child" && isChildless ? "childless" : answer;
}

/**
 * The class if the snap length left of the chosen suite its cipher alone. A combined-mode cipher says what the message can hold at most;
 * how long AUTH is, the PRF would say, so that an answer with room for a Child SA proves none.
 */
function classifyUnderCutSuite(message: IkeMessage, opening: readonly Exchange[]): ContentClass {
  const answer = opening.findLast((exchange) => beginsWithSa(exchange.response))?.response?.message;
  const choice = answer === undefined ? null : cutChoice(answer);
  const underAny = classifyAuthResponse(message, null);
  if (underAny !== "unknown" || choice === null) return underAny;
  const underCipher = classifyAuthResponse(message, suiteOf(choice));
  return underCipher === "no-child" ? underCipher : underAny;
}

/**
 * Childless initiation (RFC 6023): the request is too short for a Child SA; or the responder supports it, and the request is not
 * longer than the response by the payloads that a refusal leaves out.
 */
function asksForNoChild(
  request: IkeMessage,
  response: IkeMessage,
  suite: Suite | null,
  opening: readonly Exchange[],
): boolean {
  if (!mayAskForChild(request, suite)) return true;
  const answers = opening.flatMap((exchange) => exchange.response ?? []);
  // A response of which the snap length cut the notifies may have said so.
  const maySupport =
    answers.length === 0 ||
    answers.some(
      (answer) =>
        answer.message.problem !== null ||
        notifiesOf(answer.message).some(
          ({ notifyType }) => notifyType === NOTIFY_V2.CHILDLESS_IKEV2_SUPPORTED,
        ),
    );
  return maySupport && request.header.length - response.header.length < SMALLEST_CHILD;
}

/** The initiator's next Message ID belongs to another exchange, or EAP-Success was met by a request that is AUTH alone. */
function isLastRound(
  rounds: readonly Exchange[],
  later: readonly Exchange[],
  suite: Suite | null,
  answer: ContentClass,
): boolean {
  const [success, last] = rounds.slice(-2);
  if (success?.response == null || last === undefined) return false;
  if (
    later.some(({ startedBy, messageId }) => startedBy === "initiator" && messageId === last.messageId + 1)
  ) {
    return true;
  }
  if (last.request === null || mayAskForChild(last.request.message, suite)) return false;
  const said = success.response.message;
  if (answer === "no-child") {
    return endsEap(said, suite) || (mayEndEap(said, suite) && isAuthAlone(last.request.message, suite));
  }
  return classifyAuthResponse(said, suite) === "one-notify";
}

function progressV1(sa: IkeSa): Progress {
  const opening: Exchange[] = [];
  const authentication: Exchange[] = [];
  const quick: Exchange[] = [];
  const later: Exchange[] = [];
  for (const exchange of sa.exchanges) {
    switch (exchange.exchangeType) {
      case EXCHANGE_V1.MAIN_MODE:
        (exchange.step >= 5 ? authentication : opening).push(exchange);
        break;
      case EXCHANGE_V1.AGGRESSIVE_MODE:
        (exchange.step >= 3 ? authentication : opening).push(exchange);
        break;
      case EXCHANGE_V1.QUICK_MODE:
        quick.push(exchange);
        break;
      default:
        later.push(exchange);
    }
  }
  const chosen = opening.find(({ response }) => beginsWithSa(response)) ?? null;
  const suite = suiteChosenIn(chosen);
  // Who sends the last message of quick mode has had the answer to the first one, wherever the capture begins.
  const answeredQuick = quick.find(({ step, response }) => step > 1 || response !== null);
  const phase1Up = authentication.find(
    ({ exchangeType, response }) => exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE || response !== null,
  );
  const last = opening.at(-1);
  const checked = sa.startSeen ? undefined : answeredChecksV1(later, suite).at(-1);
  let state: SetupState = "unknown";
  if (answeredQuick !== undefined) state = "up";
  else if (quick.length > 0) state = "phase-1-up";
  else if (phase1Up !== undefined || later.some(isTransaction)) state = "phase-1-up";
  else if (authentication.length > 0) state = "authenticating";
  else if (checked !== undefined) state = "up";
  // Who talk under the new keys have sent messages that the capture does not hold.
  else if (last?.exchangeType === EXCHANGE_V1.MAIN_MODE && isTalk(later)) state = "unknown";
  else if (last !== undefined) state = last.response === null ? openingState(last) : "opening-answered";
  const proof =
    answeredQuick?.response ??
    answeredQuick?.request ??
    phase1Up?.response ??
    phase1Up?.request ??
    checked?.request ??
    null;
  const upAt = timeOf(proof);
  return { state, suite, opening, chosen, authentication, quick, later, authClass: null, upAt };
}

/** XAuth and mode configuration come under the keys of phase 1, and need it (draft-ietf-ipsec-isakmp-mode-cfg). */
function isTransaction({ exchangeType }: Exchange): boolean {
  return exchangeType === EXCHANGE_V1.TRANSACTION;
}

/** Encrypted messages of both sides: liveness checks and their answers, or deletes. */
function isTalk(later: readonly Exchange[]): boolean {
  const sides = later.filter(({ request }) =>
    request?.message.payloads.some(({ kind }) => kind === "encrypted"),
  );
  return new Set(sides.map(({ startedBy }) => startedBy)).size > 1;
}

/** Main mode 3 without an answer is past the first exchange, but not yet authentication. */
function openingState(last: Exchange): SetupState {
  return last.step === 1 ? "opening" : "authenticating";
}

function suiteChosenIn(exchange: Exchange | null): Suite | null {
  const sa = saOf(exchange?.response ?? null);
  return sa === null ? null : suiteOf(sa);
}

function timeOf(transmission: Transmission | null): Micros | null {
  return firstSighting(transmission)?.time ?? null;
}
