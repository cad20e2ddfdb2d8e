import type { Setup } from "../diagnosis/context.js";
import { sightingsOf } from "../diagnosis/facts/sightings.js";
import type { JudgedTunnel } from "../diagnosis/judgement.js";

/**
 * At most `limit` setups of a tunnel, in their order: those whose messages a finding above info cites, the severest first, then the
 * first setup and the last ones.
 */
export function shownSetups({ setups, findings }: JudgedTunnel, limit: number): readonly Setup[] {
  if (setups.length <= limit) return setups;
  const cited = findings
    .filter(({ severity }) => severity !== "info")
    .flatMap(({ evidence }) => {
      const frames = new Set(evidence.map(({ frame }) => frame));
      return setups.filter(({ sa }) =>
        sightingsOf(sa).some((sighting) => sighting.frames.some((one) => frames.has(one))),
      );
    });
  const byRank = new Set([...cited, ...setups.slice(0, 1), ...setups.slice(1).toReversed()]);
  const kept = new Set([...byRank].slice(0, limit));
  return setups.filter((setup) => kept.has(setup));
}
