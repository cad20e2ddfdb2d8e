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

/** AES; bytes. */
const LARGEST_BLOCK = 16;

/** Whoever renewed a Child SA deletes the old one at once (RFC 7296 2.8). */
const OLD_DELETED_US: Micros = 2_000_000;

/**
 * Whether the success `made` renews a Child SA that was made before the refusal, and the refusal is of another one. It does if the same
 * side asks with another length, not at once as after INVALID_KE_PAYLOAD, and had a request of that length accepted before, or may have,
 * where the capture begins in the middle of the IKE SA. For a Child SA with other traffic selectors or algorithms the request has
 * another length (RFC 7296 3.3, 3.13). {@link isRekey} tells more, of both sides.
 */
export function isRenewal(
  made: Exchange,
  refused: Exchange,
  accepted: readonly Exchange[],
  setup: Setup,
): boolean {
  if (isRekey(made, refused, accepted, setup)) return true;
  if (!isAnotherRequestLater(made, refused)) return false;
  const wasMadeBefore = accepted.some(
    (before) =>
      before.startedBy === refused.startedBy &&
      lengthOf(before) === lengthOf(made) &&
      isBefore(before, refused),
  );
  return wasMadeBefore || !setup.sa.startSeen;
}

/**
 * Whether the success `made` of either side is a rekey, and what was refused before it is none of that Child SA. It is longer by REKEY_SA
 * than the refused request, or than one that its side had accepted before. By just so many bytes it may come at once, for the group that
 * INVALID_KE_PAYLOAD wants has more. Or it ends with the Delete of an old Child SA, and the refused one came right after the setup.
 */
function isRekey(made: Exchange, refused: Exchange, accepted: readonly Exchange[], setup: Setup): boolean {
  const wait = firstTimeOf(made.request) - lastTimeOf(refused.response);
  if (wait <= 0) return false;
  if (isAskedAtFirst(refused, setup) && deletesOld(made, setup)) return true;
  if (lengthOf(made) === lengthOf(refused)) return false;
  const before = accepted.filter((one) => one.startedBy === made.startedBy && isBefore(one, refused));
  return [...before, refused].some((one) => {
    const more = (lengthOf(made) ?? 0) - (lengthOf(one) ?? 0);
    return more === REKEY_NOTIFY || (wait >= PUT_OFF_US && isRekeyNotifyInBlocks(more, setup));
  });
}

function isBefore(one: Exchange, refused: Exchange): boolean {
  return lastTimeOf(one.response) < firstTimeOf(refused.request);
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
    firstTimeOf(made.request) - lastTimeOf(refused.response) >= PUT_OFF_US
  );
}

export function lengthOf({ request }: Exchange): number | undefined {
  return request?.message.header.length;
}

/** Whether a request that is longer by so many bytes has REKEY_SA beside the same payloads, filled up to whole blocks. */
function isRekeyNotifyInBlocks(more: number, { progress: { suite } }: Setup): boolean {
  const block = suite?.blockLength ?? null;
  return block === null ? more === LARGEST_BLOCK : more > 0 && Math.abs(more - REKEY_NOTIFY) < block;
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
