import { SHORTEST_PERIOD_US, pairs, isDrop } from "../../facts/life/drops.js";
import { completeSetups, intervalsOf, setupEvidence, typical } from "../../facts/life/setups.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** Three equal intervals are no coincidence. */
const LEAST_SETUPS = 4;
/** Lifetimes are randomised by some daemons: then the period is not told. */
const TOLERANCE = 0.03;

/** Setups at a constant period, each after an outage: requests without answer or a pause of the traffic. */
export const periodicDrop = defineRule({
  code: "periodic-drop",
  severity: "warning",
  title: "The tunnel drops at a constant period",
  explanation: "Setups follow one another at equal intervals, each after an outage.",
  signature:
    "At least four setups at intervals that differ by no more than 3 %, a minute or longer, each after an unanswered request or 8 s without traffic.",
  remedies: [
    "Find the timer of that length: IKE and ESP lifetimes of both sides, idle and session timeouts, a NAT or firewall on the way.",
    "Make the lifetimes equal, or let the side that initiates rekey first (shorter lifetime).",
  ],
  commands: ["lifetimes", "keepalive", "deadPeer"],
  references: ["RFC 7296 section 2.8"],
  needs: ["rates", "pauses"],
  onlyWith: ["beyond-setup"],
  detect: (context) => {
    const setups = completeSetups(context);
    const intervals = intervalsOf(setups);
    const period = typical(intervals);
    const isConstant = intervals.every((one) => Math.abs(one - period.value) <= period.value * TOLERANCE);
    if (setups.length < LEAST_SETUPS || period.value < SHORTEST_PERIOD_US || !isConstant) return null;
    const drops = pairs(setups).filter(([setup, next]) => isDrop(context, setup, next));
    if (drops.length < LEAST_SETUPS - 1) return null;
    return {
      confidence: "likely",
      provenance: "observed",
      phase: null,
      headline: say`the tunnel drops and is set up anew every ${period.text} (${setups.length} setups)`,
      summary: say`${setups.length} setups follow one another every ${period.text}, each after an outage. A constant period points at a timer: a lifetime of that length (IKE or ESP) that the two sides treat differently, or a session timeout of a device on the way.`,
      evidence: setupEvidence(setups, "a new setup after an outage"),
      rivals: [
        {
          code: "lifetime-mismatch",
          separatedBy: say`the configuration of both sides: which lifetime is about ${period.text}`,
        },
      ],
    };
  },
});
