import type { Micros } from "../../../bytes/time.js";
import { lastTimeOf } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import type { Unanswered } from "./unanswered.js";

/** Two IKE SAs that die alike may be chance, or a person who restarts one end. */
const LEAST_IKE_SAS = 3;
/** An IKE SA that lasts for so many times the usual pause between two failures is no longer one of them. */
const SETTLED_PAUSES = 6;
const SETTLED_US: Micros = 30_000_000;

/**
 * The last unanswered request in each of the IKE SAs that died of it one after the other, in order of time, where nothing shows that
 * the last new one fares better; empty where the fault does not come back, or is over.
 */
export function recurringSilence(
  { setups, capture }: TunnelContext,
  all: readonly Unanswered[],
): readonly Unanswered[] {
  const last = all.at(-1);
  if (last === undefined) return [];
  const bySetup = new Map(
    all
      .filter(({ silent, gaveUpAt }) => silent.address === last.silent.address && gaveUpAt !== null)
      .map((found) => [found.setup.sa.id, found]),
  );
  const failed = [...bySetup.values()].toSorted((a, b) => a.firstTry - b.firstTry);
  const [first, newest] = [failed[0], failed.at(-1)];
  if (failed.length < LEAST_IKE_SAS || first === undefined || newest === undefined) return [];
  const pause = (newest.firstTry - first.firstTry) / (failed.length - 1);
  const since = newest.lastTry;
  const isAnswered = setups.some(({ progress }) =>
    progress.later.some(
      ({ startedBy, response }) => startedBy === newest.exchange.startedBy && lastTimeOf(response) > since,
    ),
  );
  const lasts = (capture.observations.lastTime ?? since) - since;
  return isAnswered || lasts > Math.max(SETTLED_US, pause * SETTLED_PAUSES) ? [] : failed;
}
