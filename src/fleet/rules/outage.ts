import { chanceOfSplit, isContrast, type Split } from "../../diagnosis/outage/separation.js";
import { joined, type Message, say, verbatim } from "../../texts/message.js";
import type { FleetRule } from "../rule.js";
import type { TunnelSummary, WholeFleet } from "../summary.js";

/** One failing tunnel has no scope. */
const FEWEST_FAILING = 3;
/** By chance one of a thousand judgements of unrelated failures names a property, however many there are to choose from. */
const MOST_BY_CHANCE = 0.001;

interface Shared extends Split {
  readonly text: Message;
  /** How likely unrelated failures share any one of the properties so much. */
  readonly chance: number;
}

export const outage: FleetRule<WholeFleet> = {
  code: "fleet-outage",
  severity: "critical",
  title: "Failing tunnels share what working tunnels do not have",
  explanation:
    "Several tunnels fail, and nearly all of them share a label, a gateway or a product that hardly any working tunnel has: that is where the outage is.",
  signature:
    "Three failing tunnels at least. Nine of ten of them have the property, at most one of twenty working ones has it, and by Fisher's exact test, times the number of properties that there are, unrelated failures share it once in a thousand times at most. Of several the one with the greatest difference is named first.",
  remedies: ["Look at what the tunnels share before looking at any one of them."],
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

/** Properties that failing tunnels share and working ones do not, the greatest difference first. */
function sharedBy(
  failing: readonly TunnelSummary[],
  working: readonly TunnelSummary[],
  gateways: WholeFleet["gateways"],
): Shared[] {
  if (working.length === 0) return [];
  const [inFailing, inWorking] = [counted(failing, gateways), counted(working, gateways)];
  return [...inFailing]
    .flatMap(([key, { text, count }]) => {
      const split = {
        failing: count,
        failingOf: failing.length,
        working: inWorking.get(key)?.count ?? 0,
        workingOf: working.length,
      };
      const chance = Math.min(1, chanceOfSplit(split) * inFailing.size);
      return isContrast(split) && chance < MOST_BY_CHANCE ? [{ ...split, text, chance }] : [];
    })
    .toSorted((a, b) => differenceOf(b) - differenceOf(a) || a.chance - b.chance);
}

interface Counted {
  readonly text: Message;
  readonly count: number;
}

function counted(tunnels: readonly TunnelSummary[], gateways: WholeFleet["gateways"]): Map<string, Counted> {
  const counts = new Map<string, Counted>();
  for (const tunnel of tunnels) {
    for (const [key, text] of propertiesOf(tunnel, gateways)) {
      counts.set(key, { text, count: (counts.get(key)?.count ?? 0) + 1 });
    }
  }
  return counts;
}

/** Properties that stand before any failure, so that a failure cannot have made them, each once. */
function propertiesOf({ ends }: TunnelSummary, gateways: WholeFleet["gateways"]): Map<string, Message> {
  const properties = new Map<string, Message>();
  for (const { gateway, products, self, peers } of ends) {
    for (const [name, value] of Object.entries(gateways.get(gateway)?.labels ?? {})) {
      properties.set(`label ${name}=${value}`, say`the label ${verbatim(`${name}=${value}`)}`);
    }
    properties.set(`gateway ${gateway}`, say`the gateway ${verbatim(gateway)}`);
    for (const [index, product] of products.entries()) {
      if (product !== null) properties.set(`product ${product}`, say`a peer with ${verbatim(product)}`);
      // The peer's address where its own gateway does not publish.
      const peer = peers[index];
      if (ends.length === 1 && self !== null && index !== self && peer !== undefined) {
        properties.set(`peer ${peer}`, say`the peer ${verbatim(peer)}`);
      }
    }
  }
  return properties;
}

function differenceOf({ failing, failingOf, working, workingOf }: Split): number {
  return failing / failingOf - working / workingOf;
}

/** "2,000" of 0.0005, with one digit that counts. */
function oncePer(chance: number): string {
  const times = 1 / Math.max(chance, 1e-15);
  const digit = 10 ** Math.floor(Math.log10(times));
  return (Math.floor(times / digit) * digit).toLocaleString("en-US");
}
