import { joined, type Message, say, verbatim } from "../../texts/message.js";
import type { FleetRule } from "../rule.js";
import { oncePer, sharedBy } from "../shared-properties.js";
import type { TunnelSummary, WholeFleet } from "../summary.js";

/** A tunnel that breaks twice in half an hour may have one fault that was mended by hand; a third time it was not. */
const FEWEST_BREAKS = 3;
const MOST_NAMED = 5;

export const flapping: FleetRule<WholeFleet> = {
  code: "fleet-flapping",
  severity: "warning",
  title: "Tunnels break and come back again and again",
  explanation:
    "Each time a tunnel is up it looks healed, and each time it breaks it looks like a new fault. Over all gateways it is told which tunnels go to and fro, whether both of their ends see it, and what they share.",
  signature:
    "A tunnel went from working to failing three times within half an hour at one of its gateways, by that gateway's clock. Tunnels that end in order and come back, as those on demand do, do not count; nor does a gateway's restart. What flapping tunnels share and others have not is named by the same test as for an outage.",
  remedies: [
    "Look at what the tunnels share: a link that comes and goes, a provider, a gateway that is short of memory or processor time.",
    "If only one end sees it break, compare its DPD interval and timeout with how long the path loses packets.",
  ],
  isOne: true,
  detect: ({ tunnels, gateways }) => {
    const flaps = tunnels.filter(isFlapping);
    const [first] = flaps;
    if (first === undefined) return null;
    const stable = tunnels.filter((tunnel) => !isFlapping(tunnel) && tunnel.state !== "unknown");
    const [best] = sharedBy(flaps, stable, gateways);
    const both = flaps.filter(({ ends }) => ends.length === 2 && ends.every(({ breaks }) => breaks > 0));
    return {
      confidence: "certain",
      gateways: [...new Set(flaps.flatMap(({ ends }) => ends.map(({ gateway }) => gateway)))].toSorted(),
      // Clocks of several gateways need not agree: no moment is named.
      since: null,
      headline:
        flaps.length === 1
          ? say`the tunnel ${nameOf(first)} broke ${breaksOf(first)} times within half an hour`
          : say`${flaps.length} tunnels broke three times or more within half an hour`,
      summary: joined(
        say`Both ends saw ${both.length} of ${flaps.length} break. `,
        best === undefined
          ? say`They share nothing that other tunnels have not.`
          : say`${best.failing} of them have ${best.text}, and ${best.working} of ${best.workingOf} other tunnels; unrelated ones would share as much once in ${oncePer(best.chance)} times.`,
      ),
      evidence: flaps.slice(0, MOST_NAMED).flatMap(({ ends }) =>
        ends
          .filter(({ breaks }) => breaks > 0)
          .map(({ gateway, peers, breaks }) => ({
            gateway,
            time: null,
            text: say`${verbatim(peers.join(" - "))} went from working to failing ${breaks} times`,
          })),
      ),
    };
  },
};

function isFlapping(tunnel: TunnelSummary): boolean {
  return breaksOf(tunnel) >= FEWEST_BREAKS;
}

function breaksOf({ ends }: TunnelSummary): number {
  return Math.max(...ends.map(({ breaks }) => breaks));
}

function nameOf({ ends }: TunnelSummary): Message {
  return verbatim(ends.map(({ gateway }) => gateway).join(" - "));
}
