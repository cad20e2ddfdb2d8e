import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { isChildDeleteLength, isRefusalLength } from "../../../session/short-messages.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { Setup } from "../../context.js";
import { creationsOf, isAskedAtFirst } from "./first-child.js";

/** After TEMPORARY_FAILURE nobody asks again sooner: strongSwan and Libreswan wait for several seconds. */
export const PUT_OFF_US: Micros = 2_000_000;

/** The notify REKEY_SA with the SPI of an ESP SA (RFC 7296 1.3.3, 3.10), bytes. */
const REKEY_NOTIFY = 12;

/** Whoever renewed a Child SA deletes the old one at once (RFC 7296 2.8). */
const OLD_DELETED_US: Micros = 2_000_000;

/**
 * Whether the success `made` renews a Child SA that was made before the refusal, and the refusal is of another one. It does if the same
 * side asks with another length, not at once as after INVALID_KE_PAYLOAD, and had a request of that length accepted before, or may have,
 * where the capture begins in the middle of the IKE SA, or one that was shorter by REKEY_SA alone. For a Child SA with other
 * traffic selectors or algorithms the request has another length (RFC 7296 3.3, 3.13). What is refused right after the setup is no
 * rekey; then a request of either side that ends with the Delete of an old Child SA is for another one.
 */
export function isRenewal(
  made: Exchange,
  refused: Exchange,
  accepted: readonly Exchange[],
  setup: Setup,
): boolean {
  if (isAfterPutOff(made, refused) && isAskedAtFirst(refused, setup) && deletesOld(made, setup)) return true;
  if (!isAnotherRequestLater(made, refused)) return false;
  const before = accepted.filter(
    (one) => one.startedBy === refused.startedBy && lastTimeOf(one.response) < firstTimeOf(refused.request),
  );
  return (
    !setup.sa.startSeen ||
    before.some((one) => lengthOf(one) === lengthOf(made)) ||
    [...before, refused].some((one) => hasRekeyNotifyMore(made, one, setup))
  );
}

/** Whether another Child SA than the one that was refused was renewed after it: then what ends later did not end for that refusal. */
export function isAnotherRenewedAfter(setup: Setup, refused: Exchange): boolean {
  const accepted = creationsOf(setup).filter(
    ({ response }) => response !== null && !isRefusalLength(response.message, setup.progress.suite),
  );
  return accepted.some(
    (made) =>
      firstTimeOf(made.request) > lastTimeOf(refused.response) && isRenewal(made, refused, accepted, setup),
  );
}

/** The side that was refused asks with another length, and not as soon as it does after INVALID_KE_PAYLOAD. */
export function isAnotherRequestLater(made: Exchange, refused: Exchange): boolean {
  return (
    made.startedBy === refused.startedBy &&
    lengthOf(made) !== lengthOf(refused) &&
    isAfterPutOff(made, refused)
  );
}

export function lengthOf({ request }: Exchange): number | undefined {
  return request?.message.header.length;
}

function isAfterPutOff(made: Exchange, refused: Exchange): boolean {
  return firstTimeOf(made.request) - lastTimeOf(refused.response) >= PUT_OFF_US;
}

/** Whether a request is as long as another one with REKEY_SA beside the same payloads; by padding it may be a few bytes more or less. */
function hasRekeyNotifyMore(made: Exchange, other: Exchange, { progress: { suite } }: Setup): boolean {
  const [long, short] = [lengthOf(made), lengthOf(other)];
  if (long === undefined || short === undefined || suite?.blockLength == null) return false;
  return long > short && Math.abs(long - short - REKEY_NOTIFY) < suite.blockLength;
}

/** Whether the side that asked for a Child SA deletes one at once, as far as the cipher tells: the old one of a rekey. */
function deletesOld(made: Exchange, { progress: { later, suite } }: Setup): boolean {
  const madeAt = lastTimeOf(made.response);
  return later.some(({ exchangeType, startedBy, request }) => {
    if (exchangeType !== EXCHANGE_V2.INFORMATIONAL || startedBy !== made.startedBy || request === null)
      return false;
    const wait = firstTimeOf(request) - madeAt;
    return wait >= 0 && wait <= OLD_DELETED_US && isChildDeleteLength(request.message, suite);
  });
}
