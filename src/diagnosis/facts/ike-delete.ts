import type { Micros } from "../../bytes/time.js";
import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import type { Exchange } from "../../session/model.js";
import { deleteIkeLength } from "../../session/short-messages.js";
import { firstTimeOf } from "../../session/sightings.js";
import type { Setup } from "../context.js";

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
