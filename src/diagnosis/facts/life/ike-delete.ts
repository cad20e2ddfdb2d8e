import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { mayAcknowledgeV1 } from "../../../session/r-u-there.js";
import { deleteIkeLength } from "../../../session/short-messages.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { Setup } from "../../context.js";

/**
 * Age of an IKE SA, microseconds, from which on a message as long as a delete is none of strongSwan's announcements: it sends
 * NO_ADDITIONAL_ADDRESSES, which is as long, a second after the setup. After the longer age not even a retransmission is one.
 */
export const PAST_ANNOUNCEMENTS_US = { mostly: 3_000_000, surely: 5_000_000 } as const;

/** An exchange whose request is as long as Delete(IKE). */
export interface DeleteLike {
  /** Nothing else is as long under this suite; else a liveness check may be. */
  readonly certain: boolean;
  /** First sighting of the request. */
  readonly time: Micros;
}

/**
 * Reads an exchange of IKEv2 as a delete of its IKE SA, by its length (RFC 7296 1.4.1); null where it is none, or came before the
 * SA had the age `least`, microseconds. The age of an IKE SA whose setup was not seen is long enough.
 */
export function deleteLike(
  { sa, progress }: Pick<Setup, "sa" | "progress">,
  { exchangeType, request }: Exchange,
  least: Micros,
): DeleteLike | null {
  if (sa.majorVersion !== 2 || exchangeType !== EXCHANGE_V2.INFORMATIONAL || request === null) return null;
  const { fits, certain } = deleteIkeLength(request.message, progress.suite);
  const time = firstTimeOf(request);
  return fits && (progress.upAt === null || time - progress.upAt >= least) ? { certain, time } : null;
}

/** Both deletes of an IKEv1 peer leave at once; liveness checks are seconds apart. */
const TOGETHER_US: Micros = 100_000;

/**
 * When one side deleted all of an IKEv1 phase 1; null where it did not, as far as lengths tell. Delete of the IPsec SAs, then of the
 * ISAKMP SA, whose SPI is longer (RFC 2408 3.15): two INFORMATIONALs of one side right behind each other, the last messages of the
 * IKE SA, of which nobody answers the second, as a liveness check would be (RFC 3706 5.3). Where both sides check at once, one may
 * acknowledge and then ask.
 */
export function deletedV1({ sa, progress }: Pick<Setup, "sa" | "progress">): Micros | null {
  if (sa.majorVersion !== 1 || progress.upAt === null) return null;
  const inOrder = progress.later.toSorted((a, b) => firstTimeOf(a.request) - firstTimeOf(b.request));
  const [first, second] = inOrder.slice(-2);
  if (first?.request == null || second?.request == null) return null;
  if (mayAcknowledgeV1(first, inOrder.at(-3), progress.suite)) return null;
  const time = firstTimeOf(first.request);
  const areInformational = [first, second].every(
    ({ exchangeType, response }) => exchangeType === EXCHANGE_V1.INFORMATIONAL && response === null,
  );
  const isPair =
    areInformational &&
    first.startedBy === second.startedBy &&
    time >= progress.upAt &&
    firstTimeOf(second.request) - time <= TOGETHER_US &&
    second.request.message.header.length >= first.request.message.header.length;
  return isPair && sa.lastTime <= lastTimeOf(second.request) ? time : null;
}
