import type { EspSa } from "../../../session/esp/child-sa.js";
import { espDirectionsOf } from "../../facts/esp/esp-directions.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** Two pairs may be a rekey or a duplicate. */
const PAIRS = 3;
/** They live together for this share of the time of the longest. */
const TOGETHER = 0.5;
const FLOW_PACKETS = 4;

/** Several Child SAs carry traffic at once, none of which takes over from another: no asymmetry. */
export const perResourceSas = defineRule({
  code: "per-resource-sas",
  severity: "info",
  title: "Several Child SAs carry traffic at once",
  explanation:
    "A pair of SAs for each processor (RFC 9611), or one for each pair of subnets. An answer may then come in another pair than its question.",
  signature:
    "Three and more SPIs in each direction carry traffic for most of the same time, and none takes over from another.",
  remedies: ["Nothing to do. The SAs at either end tell which of the two it is: by their selectors."],
  references: ["RFC 9611"],
  needs: ["all-packets"],
  onlyWith: ["esp"],
  detect: (context) => {
    // Each client behind a NAT device has Child SAs of its own.
    const counts = espDirectionsOf(context.tunnel).map(({ espSas }) => together(espSas));
    const [forward, backward] = counts;
    if (forward === undefined || backward === undefined) return null;
    if (forward.length < PAIRS || backward.length < PAIRS) return null;
    const [first] = forward;
    const second = backward[0];
    if (first === undefined || second === undefined) return null;
    return {
      confidence: "possible",
      provenance: "inferred",
      phase: "ESP",
      headline: say`${forward.length} ESP SAs from ${first.source} and ${backward.length} from ${second.source} carry traffic at the same time`,
      summary: say`${forward.length} ESP SAs from ${first.source} and ${backward.length} from ${second.source} carry traffic at the same time, and none takes over from another: a pair for each processor (RFC 9611), or one for each pair of subnets. That an answer comes in another pair than its request is no fault then.`,
      evidence: [first, second].map((espSa) => ({
        frame: espSa.firstFrame,
        time: espSa.firstTime,
        nanos: 0,
        text: say`first packet of one of the SAs from ${espSa.source}`,
      })),
      rivals: [
        {
          code: "simultaneous-initiation",
          separatedBy:
            "the SAs at either end: for processors and duplicates their selectors are equal, for subnets they differ",
        },
      ],
    };
  },
});

/** The ESP SAs that live at the same time as the longest one. */
function together(espSas: readonly EspSa[]): EspSa[] {
  const length = ({ firstTime, lastTime }: EspSa): number => lastTime - firstTime;
  const busy = espSas.filter(({ packets }) => packets >= FLOW_PACKETS);
  const [longest] = busy.toSorted((a, b) => length(b) - length(a));
  if (longest === undefined) return [];
  return busy.filter((espSa) => {
    const common = Math.min(espSa.lastTime, longest.lastTime) - Math.max(espSa.firstTime, longest.firstTime);
    return common > 0 && common >= length(longest) * TOGETHER;
  });
}
