import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import type { Suite } from "../../ike/suite.js";
import type { Exchange, IkeSa, Progress } from "../model.js";
import { beginsWithSa, errorNotify, suiteChosenIn } from "../payloads.js";
import { isRefusalLength } from "../short-messages.js";
import { firstSighting } from "../sightings.js";
import { authClassOf, isAccepted } from "./auth-class.js";

/** The progress of an IKEv2 IKE SA. */
export function progressV2(sa: IkeSa): Progress {
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
  const upAt = firstSighting(proof?.response ?? null)?.time ?? null;
  return { state, suite, opening, chosen, authentication, quick: [], later, authClass, upAt };
}

function stateV2(
  { opening, chosen, authClass, later }: Pick<Progress, "opening" | "chosen" | "authClass" | "later">,
  last: Exchange | undefined,
  answeredLater: Exchange | undefined,
  suite: Suite | null,
): readonly [Progress["state"], Exchange | undefined] {
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
    case "may-begin-eap":
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
