import { type Micros, humanDuration } from "../../../bytes/time.js";
import { pairs, isDrop, SHORTEST_PERIOD_US, USUAL_PAUSES } from "../../facts/life/drops.js";
import {
  completeSetups,
  type UpSetup,
  trafficGap,
  endedForNext,
  typical,
  intervalsOf,
  setupEvidence,
} from "../../facts/life/setups.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** A pause behind a setup that nobody announced. */
const SHORT_GAP = 1_000_000;

/** Break before make takes a few round trips; with large groups, certificates or EAP the gap can be felt. */
const FELT = 200_000;

/** Traffic that flows: the gap is one of it, not one between two conversations. */
const FLOWING = 5_000_000;

/** Full setups in order, each with a short pause of the traffic that make-before-break would not have. */
export const reauthGap = defineRule({
  code: "reauth-gap",
  severity: "warning",
  title: "Traffic stops at each re-authentication",
  explanation: "The old tunnel is closed before the new one is there, so nothing passes for a while.",
  signature: "Several whole setups replace a working IKE SA, and at each of them traffic that flowed pauses.",
  remedies: [
    "Make before break: let the initiator set up the new tunnel before it closes the old one, or rekey without re-authentication.",
  ],
  commands: ["lifetimes"],
  references: ["RFC 7296 section 2.8.3"],
  needs: ["rates", "pauses"],
  yieldsTo: ["periodic-drop", "esp-blocked"],
  onlyWith: ["esp", "beyond-setup"],
  detect: (context) => {
    const setups = completeSetups(context);
    const gaps = pairs(setups).flatMap(([setup, next]): { next: UpSetup; length: Micros }[] => {
      const gap = trafficGap(context, setup, next);
      if (gap === null || isDrop(context, setup, next)) return [];
      const deletedAt = endedForNext(setup, next);
      if (deletedAt !== null) {
        const length = next.upAt - deletedAt;
        const isFelt =
          length >= FELT && gap.length >= length && gap.pause <= FLOWING && gap.from <= deletedAt;
        return isFelt && deletedAt - gap.from <= FLOWING ? [{ next, length }] : [];
      }
      if (next.sa.firstTime - setup.sa.firstTime < SHORTEST_PERIOD_US) return [];
      return gap.length < Math.max(SHORT_GAP, gap.pause * USUAL_PAUSES) ? [] : [{ next, length: gap.length }];
    });
    // Once may be anything; each time is how the peers are configured.
    if (gaps.length < 2 || gaps.length < setups.length - 1) return null;
    const worst = Math.max(...gaps.map(({ length }) => length));
    return {
      confidence: "likely",
      provenance: "deduced",
      phase: "IKE_SA_INIT",
      headline: say`traffic stops for up to ${humanDuration(worst)} at each of ${gaps.length} re-authentications`,
      summary: say`The peers set up a whole new tunnel ${gaps.length} times, about every ${typical(intervalsOf(setups)).text}, and each time no ESP passes for up to ${humanDuration(worst)}: the old tunnel is closed before the new one is there.`,
      evidence: setupEvidence(
        gaps.map(({ next }) => next),
        "re-authentication with a gap in the traffic",
      ),
      rivals: [
        {
          code: "sa-flapping",
          separatedBy:
            "the log of the side that begins: whether it re-authenticates on purpose (lifetime) or lost the SA",
        },
      ],
    };
  },
});
