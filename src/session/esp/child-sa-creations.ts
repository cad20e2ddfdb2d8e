import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import type { IkeSa, Transmission } from "../model.js";
import { errorNotify } from "../payloads.js";
import { progressOf } from "../progress/progress.js";
import { firstSighting } from "../sightings.js";
import { isRefusalLength } from "../short-messages.js";
import type { ChildSaCreation } from "./child-sa.js";

/**
 * The exchanges that made Child SAs, in order of time. CREATE_CHILD_SA may also have rekeyed the IKE SA (RFC 7296
 * 1.3.2): in clear the two look the same, and then no new SPI follows.
 */
export function childSaCreations(ikeSas: readonly IkeSa[]): ChildSaCreation[] {
  return ikeSas.flatMap(creationsIn).toSorted((a, b) => a.time - b.time);
}

function creationsIn(sa: IkeSa): ChildSaCreation[] {
  const progress = progressOf(sa);
  if (sa.majorVersion === 1) {
    return progress.quick
      .filter(({ step }) => step === 1)
      .flatMap(({ response }) => creation("Quick Mode", response));
  }
  const last = progress.authentication.at(-1);
  const first =
    progress.state === "up" && last?.exchangeType === EXCHANGE_V2.IKE_AUTH
      ? creation("IKE_AUTH", last.response)
      : [];
  const later = progress.later
    .filter(
      ({ exchangeType, response }) =>
        exchangeType === EXCHANGE_V2.CREATE_CHILD_SA &&
        response !== null &&
        errorNotify(response) === null &&
        !isRefusalLength(response.message, progress.suite),
    )
    .flatMap(({ response }) => creation("CREATE_CHILD_SA", response));
  return [...first, ...later];
}

function creation(by: ChildSaCreation["by"], answer: Transmission | null): ChildSaCreation[] {
  const sighting = firstSighting(answer);
  return sighting === undefined ? [] : [{ by, time: sighting.time, frame: sighting.frames[0] ?? 0 }];
}
