import type { Leg } from "../../../session/esp/child-sa.js";
import type { TunnelRule } from "../../context.js";
import { waysOf } from "../../facts/esp-ways.js";

/** Two pairs may be a rekey or a duplicate. */
const PAIRS = 3;
/** They live together for this share of the time of the longest. */
const TOGETHER = 0.5;
const PACKETS = 4;

/** Several Child SAs carry traffic at once, none of which takes over from another: no asymmetry. */
export const perResourceSas: TunnelRule = ({ tunnel }) => {
  const counts = waysOf(tunnel).map(({ legs }) => together(legs));
  const [forward, backward] = counts;
  if (forward === undefined || backward === undefined) return null;
  if (forward.length < PAIRS || backward.length < PAIRS) return null;
  const [first] = forward;
  const second = backward[0];
  if (first === undefined || second === undefined) return null;
  return {
    code: "per-resource-sas",
    confidence: "possible",
    provenance: "inferred",
    phase: "ESP",
    headline: `${forward.length} ESP SAs from ${first.source} and ${backward.length} from ${second.source} carry traffic at the same time`,
    summary: `${forward.length} ESP SAs from ${first.source} and ${backward.length} from ${second.source} carry traffic at the same time, and none takes over from another: a pair for each processor (RFC 9611), or one for each pair of subnets. That an answer comes in another pair than its request is no fault then.`,
    evidence: [first, second].map((leg) => ({
      frame: leg.firstFrame,
      time: leg.firstTime,
      nanos: 0,
      text: `first packet of one of the SAs from ${leg.source}`,
    })),
    rivals: [
      {
        code: "simultaneous-initiation",
        separatedBy:
          "the SAs at either end: for processors and duplicates their selectors are equal, for subnets they differ",
      },
    ],
  };
};

/** The legs that live at the same time as the longest one. */
function together(legs: readonly Leg[]): Leg[] {
  const length = ({ firstTime, lastTime }: Leg): number => lastTime - firstTime;
  const busy = legs.filter(({ packets }) => packets >= PACKETS);
  const [longest] = busy.toSorted((a, b) => length(b) - length(a));
  if (longest === undefined) return [];
  return busy.filter((leg) => {
    const common = Math.min(leg.lastTime, longest.lastTime) - Math.max(leg.firstTime, longest.firstTime);
    return common > 0 && common >= length(longest) * TOGETHER;
  });
}
