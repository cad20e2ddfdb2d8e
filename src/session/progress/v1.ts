import { EXCHANGE_V1 } from "../../ike/registries/exchanges.js";
import type { Exchange, IkeSa, Progress } from "../model.js";
import { beginsWithSa, suiteChosenIn } from "../payloads.js";
import { answeredChecksV1 } from "../r-u-there.js";
import { firstSighting } from "../sightings.js";
import { isUnmet } from "./aggressive-3.js";

/** The progress of an IKEv1 IKE SA. */
export function progressV1(sa: IkeSa): Progress {
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
  // The sender of the last message of quick mode has had the answer to the first one, wherever the capture begins.
  const answeredQuick = quick.find(({ step, response }) => step > 1 || response !== null);
  const unmet = authentication.find((exchange) => isUnmet(exchange, sa));
  const phase1Up = authentication.find(
    (exchange) =>
      exchange.response !== null ||
      (exchange.exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE && exchange !== unmet),
  );
  const last = opening.at(-1);
  const checked = sa.startSeen ? undefined : answeredChecksV1(later, suite).at(-1);
  let state: Progress["state"] = "unknown";
  if (answeredQuick !== undefined) state = "up";
  else if (quick.length > 0 && unmet === undefined) state = "phase-1-up";
  else if (phase1Up !== undefined || later.some(isTransaction)) state = "phase-1-up";
  else if (authentication.length > 0) state = "authenticating";
  else if (checked !== undefined) state = "up";
  // Peers that talk under the new keys have sent messages that the capture does not hold.
  else if (last?.exchangeType === EXCHANGE_V1.MAIN_MODE && isTalk(later)) state = "unknown";
  else if (last !== undefined) state = last.response === null ? openingState(last) : "opening-answered";
  const proof =
    answeredQuick?.response ??
    answeredQuick?.request ??
    phase1Up?.response ??
    phase1Up?.request ??
    checked?.request ??
    null;
  const upAt = firstSighting(proof)?.time ?? null;
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
function openingState(last: Exchange): Progress["state"] {
  return last.step === 1 ? "opening" : "authenticating";
}
