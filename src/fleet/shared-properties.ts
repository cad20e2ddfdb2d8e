import { chanceOfSplit, isContrast, type Split } from "../diagnosis/outage/separation.js";
import { type Message, say, verbatim } from "../texts/message.js";
import type { TunnelSummary, WholeFleet } from "./summary.js";

/** By chance one of a thousand judgements of unrelated failures names a property, however many there are to choose from. */
const MOST_BY_CHANCE = 0.001;

interface Shared extends Split {
  readonly text: Message;
  /** How likely unrelated failures share any one of the properties so much. */
  readonly chance: number;
}

/** Properties that failing tunnels share and working ones do not, the greatest difference first. */
export function sharedBy(
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
export function oncePer(chance: number): string {
  const times = 1 / Math.max(chance, 1e-15);
  const digit = 10 ** Math.floor(Math.log10(times));
  return (Math.floor(times / digit) * digit).toLocaleString("en-US");
}
