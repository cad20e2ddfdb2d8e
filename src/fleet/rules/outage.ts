import { joined, say, verbatim } from "../../texts/message.js";
import type { FleetRule } from "../rule.js";
import { oncePer, sharedBy } from "../shared-properties.js";
import type { WholeFleet } from "../summary.js";

/** One failing tunnel has no scope. */
const FEWEST_FAILING = 3;
export const outage: FleetRule<WholeFleet> = {
  code: "fleet-outage",
  severity: "critical",
  title: "Failing tunnels share what working tunnels do not have",
  explanation:
    "Several tunnels fail, and nearly all of them share a label, a gateway or a product that hardly any working tunnel has: look there first.",
  signature:
    "Three failing tunnels at least. Nine of ten of them have the property, at most one of twenty working ones has it, and by Fisher's exact test, times the number of properties that there are, unrelated failures share it once in a thousand times at most. Of several the one with the greatest difference is named first.",
  remedies: ["Look at what the tunnels share before looking at any one of them."],
  isOne: true,
  detect: ({ tunnels, gateways }) => {
    const failing = tunnels.filter(({ state }) => state === "failing");
    const working = tunnels.filter(({ state }) => state === "working" || state === "degraded");
    if (failing.length < FEWEST_FAILING) return null;
    const [best, ...others] = sharedBy(failing, working, gateways);
    if (best === undefined) return null;
    return {
      confidence: "likely",
      gateways: [...new Set(failing.flatMap(({ ends }) => ends.map(({ gateway }) => gateway)))].toSorted(),
      // Clocks of several gateways need not agree: no moment is named.
      since: null,
      headline: say`${failing.length} tunnels fail: ${best.failing} of them have ${best.text}, and ${best.working} of ${best.workingOf} working ones`,
      summary: joined(
        say`${best.text} explains it best: ${best.failing} of ${best.failingOf} failing tunnels have it, ${best.working} of ${best.workingOf} working ones. `,
        say`Unrelated failures would share any of the properties so much once in ${oncePer(best.chance)} times. `,
        ...others
          .slice(0, 3)
          .map(
            ({ text, failing: count, working: beside }) =>
              say`Less well: ${text} (${count} failing, ${beside} working). `,
          ),
      ),
      evidence: failing.slice(0, 5).flatMap(({ ends: [end], since }) => ({
        gateway: end.gateway,
        time: since,
        text: say`fails since then: ${verbatim(end.peers.join(" - "))}`,
      })),
    };
  },
};
