import type { Micros } from "../../../bytes/time.js";
import { hasBetween } from "../../../bytes/sorted.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange, Sighting, Tunnel } from "../../../session/model.js";
import { mayHavePacketWithin } from "../esp/packets-within.js";

/**
 * An IKE implementation that waits longer for an answer, or to send a request again, is not known: strongSwan gives up after 165 s in
 * all, and the longest pauses are a minute or two.
 */
export const LONGEST_WAIT_US: Micros = 600_000_000;
/** Packets so near to the ends of a wait may have been under way with its messages. */
const NEAR_US: Micros = 10_000_000;

/** Exchanges that a person, another attempt, or a scanner with one SPI may stretch: the login, and the openings. */
const STRETCHED: ReadonlySet<number> = new Set([
  EXCHANGE_V1.MAIN_MODE,
  EXCHANGE_V1.AGGRESSIVE_MODE,
  EXCHANGE_V1.TRANSACTION,
  EXCHANGE_V2.IKE_SA_INIT,
]);

/** Two messages of one exchange that follow each other after a time that no implementation waits. */
export interface Wait {
  readonly before: Sighting;
  readonly after: Sighting;
}

/** Waits without a message within that are asked for ESP: requests that were under way together wait across one leap. */
const ASKED_FOR_ESP = 16;

/** The longest such wait of a tunnel in which it sends nothing at all; null for none. */
export function longestWait({ ikeSas, streams }: Pick<Tunnel, "ikeSas" | "streams">): Wait | null {
  const exchanges = ikeSas.flatMap((sa) => sa.exchanges);
  const waits = exchanges.flatMap(waitsOf);
  if (waits.length === 0) return null;
  const times = exchanges
    .flatMap((exchange) => sightingsOf(exchange).map(({ time }) => time))
    .toSorted((a, b) => a - b);
  return (
    waits
      .filter((wait) => !hasBetween(times, ...within(wait)))
      .toSorted((a, b) => lengthOf(b) - lengthOf(a))
      .slice(0, ASKED_FOR_ESP)
      .find((wait) => !streams.some((stream) => mayHavePacketWithin(stream, ...within(wait)))) ?? null
  );
}

export function lengthOf({ before, after }: Wait): Micros {
  return after.time - before.time;
}

/** Waits for the first answer, and between two attempts as long as there is none. */
function waitsOf(exchange: Exchange): Wait[] {
  const { exchangeType, request, response } = exchange;
  if (STRETCHED.has(exchangeType) || request === null) return [];
  const answer = response?.sightings[0];
  const asked = request.sightings.filter(({ time }) => answer === undefined || time < answer.time);
  const all = answer === undefined ? asked : [...asked, answer];
  const waits = all.slice(1).flatMap((after, index): Wait[] => {
    const before = all[index];
    return before === undefined ? [] : [{ before, after }];
  });
  return waits.filter((wait) => lengthOf(wait) >= LONGEST_WAIT_US && !isCopy(wait));
}

/** A recording that was played again, or appended, has the same packet with the same IP identification. */
function isCopy({ before, after }: Wait): boolean {
  return before.identification !== 0 && before.identification === after.identification;
}

function sightingsOf({ request, response }: Exchange): readonly Sighting[] {
  return [...(request?.sightings ?? []), ...(response?.sightings ?? [])];
}

/** The times between which nothing of a wait's own messages may be under way any more. */
function within({ before, after }: Wait): readonly [from: Micros, to: Micros] {
  return [before.time + NEAR_US, after.time - NEAR_US];
}
