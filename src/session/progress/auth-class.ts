import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import { NOTIFY_V2 } from "../../ike/registries/notify-v2.js";
import type { IkeMessage } from "../../ike/message.js";
import { cutChoice } from "../../ike/payloads/sa/cut.js";
import { type Suite, suiteOf } from "../../ike/suite.js";
import {
  classifyAuthResponse,
  type ContentClass,
  endsEap,
  isAuthAlone,
  mayAskForChild,
  mayBeginEap,
  mayEndEap,
  SMALLEST_CHILD,
} from "../classes.js";
import type { Exchange, Progress } from "../model.js";
import { beginsWithSa, notifiesOf } from "../payloads.js";
import { overheadByChecks } from "./check-lengths.js";

/** The answer to IKE_AUTH has room for a whole acceptance. */
export function isAccepted(authClass: ContentClass | null): boolean {
  return authClass === "full" || authClass === "childless" || authClass === "with-certificate";
}

/** The answer may hold certificates, beside which its length does not tell whether a Child SA was accepted. */
export function mayHoldCertificate(authClass: ContentClass | null): boolean {
  return authClass === "with-certificate" || authClass === "may-begin-eap";
}

/**
 * What the last answer to IKE_AUTH means; null where there is none. Of several rounds (EAP, RFC 7296 2.16) only the one
 * behind EAP-Success is the answer to the authentication: what was said before is "unknown", whatever its length.
 */
export function authClassOf(
  { authentication, later, opening }: Pick<Progress, "authentication" | "later" | "opening">,
  suite: Suite | null,
): ContentClass | null {
  const rounds = authentication.filter(({ exchangeType }) => exchangeType === EXCHANGE_V2.IKE_AUTH);
  const last = authentication.at(-1);
  if (last?.response == null || last !== rounds.at(-1)) return null;
  const answer =
    suite === null
      ? classifyUnderCutSuite(last.response.message, opening, later)
      : classifyAuthResponse(last.response.message, suite);
  const isAlive = later.some(({ request, response }) => request !== null && response !== null);
  // An IKE SA that goes on was not refused: the round that accepted it is missing from the capture.
  if (answer === "one-notify") return isAlive ? "unknown" : answer;
  // Under a suite that is not known a round of EAP has the lengths of a refused Child SA.
  if (rounds.length > 1 && suite === null) return "unknown";
  if (rounds.length > 1) return isLastRound(rounds, later, suite, answer) ? answer : "unknown";
  if (
    later.length === 0 &&
    last.request !== null &&
    mayBeginEap(last.request.message, last.response.message, suite)
  ) {
    return "may-begin-eap";
  }
  const isChildless =
    last.request !== null && asksForNoChild(last.request.message, last.response.message, suite, opening);
  return answer === "no-child" && isChildless ? "childless" : answer;
}

/**
 * The class if the capture does not hold the suite, or the snap length left its cipher alone. Liveness checks, or a combined-mode cipher,
 * say what the message can hold at most; how long AUTH is, the PRF would say, so that an answer with room for a Child SA proves none.
 */
function classifyUnderCutSuite(
  message: IkeMessage,
  opening: readonly Exchange[],
  later: readonly Exchange[],
): ContentClass {
  const answer = opening.findLast((exchange) => beginsWithSa(exchange.response))?.response?.message;
  const choice = answer === undefined ? null : cutChoice(answer);
  const underAny = classifyAuthResponse(message, null, overheadByChecks(later));
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
