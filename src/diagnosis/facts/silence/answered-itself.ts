import { say, type Message } from "../../../texts/message.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { Unanswered } from "./unanswered.js";

/** Whether a request of the silent side on that IKE SA is answered after the first attempt: it lives, and the IKE SA does. */
export function isAnsweredItself({ setup, exchange, firstTry }: Unanswered): boolean {
  return setup.sa.exchanges.some(
    ({ startedBy, request, response }) =>
      startedBy !== exchange.startedBy && response !== null && firstTimeOf(request) >= firstTry,
  );
}

/** That it is so, as a sentence with a blank behind it; else nothing. */
export function answeredItselfText(found: Unanswered): Message {
  const { silent, asker } = found;
  return isAnsweredItself(found)
    ? say`Meanwhile ${silent.address} sends a request of its own, which is answered: both ends have the IKE SA, and only requests of ${asker.address}, or the answers to them, are lost or ignored. `
    : "";
}
