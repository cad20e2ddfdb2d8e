import { frameCapture } from "../../../bytes/frame.js";
import type { Exchange, Sighting, Transmission } from "../../../session/model.js";
import { errorNotify } from "../../../session/payloads.js";
import type { Setup, TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import { messageName, phaseOf } from "../../phases.js";
import { cameInTheEnd, endsWith } from "../../facts/silence/lost-response.js";
import { isEachAnswered, type Repeated, sideOfRepeats } from "../../facts/silence/repeats-side.js";
import { isLate } from "../../facts/authentication/eap-rounds.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** A single lost packet is everyday; from this many repeats, in this share of all exchanges, it is worth a warning. */
const WARNING = { repeats: 3, share: 0.03 } as const;
/** The messages of an exchange that was not kept: request and answer. */
const MESSAGES = 2;

/** Answered, but only after repeats: the rate, and which direction loses. */
export const retransmissions = defineRule({
  code: "retransmissions",
  severity: "warning",
  title: "Messages had to be sent more than once",
  explanation: "The exchanges were answered, but only after repeats: packets are lost or answers are slow.",
  signature:
    "Requests were sent again, three times at least, before an answer came. Fewer are told as information.",
  remedies: [
    "Look for packet loss on the path (mtr, interface error counters).",
    "Slow answers without loss point at the responder: load, RADIUS, CRL or OCSP look-ups, DNS.",
  ],
  commands: ["route", "load"],
  references: ["RFC 7296 section 2.1"],
  onlyWith: ["several-messages", "unanswered"],
  detect: (context) => {
    const { setups } = context;
    const repeated: (Repeated & { readonly repeats: number })[] = [];
    let exchanges = 0;
    for (const setup of setups) {
      const { sa } = setup;
      exchanges += Math.floor(sa.unkept / MESSAGES);
      const isGivenUp = isLate(setup, context);
      for (const exchange of sa.exchanges) {
        if (exchange.request === null || exchange.response === null) continue;
        exchanges++;
        const repeats = repeatsOf(exchange.request, context);
        if (repeats === 0 || isStuck(context, setup, exchange) || isEachAnswered(exchange)) continue;
        if (isGivenUp && exchange === sa.exchanges.at(-1)) continue;
        repeated.push({ sa, exchange, repeats });
      }
    }
    const first = repeated[0];
    if (first === undefined) return null;
    const total = repeated.reduce((sum, { repeats }) => sum + repeats, 0);
    const isMany = total >= WARNING.repeats && repeated.length >= exchanges * WARNING.share;
    return {
      severity: isMany ? "warning" : "info",
      confidence: "certain",
      provenance: "observed",
      phase: phaseOf(first.sa, first.exchange),
      headline: say`${repeated.length} of ${exchanges} exchanges ${repeated.length === 1 ? "was" : "were"} answered only after repeats`,
      summary: joined(
        say`Of ${exchanges} request${exchanges === 1 ? "" : "s"} ${repeated.length} ${repeated.length === 1 ? "was" : "were"} answered only after being sent again, ${total} time${total === 1 ? "" : "s"} in all. `,
        sideOfRepeats(context, repeated),
      ),
      evidence: repeated
        .slice(0, 3)
        .flatMap(({ sa, exchange }) => evidenceOf(exchange.request, messageName(sa, exchange, "request"), 3)),
    };
  },
});

/**
 * Two captures of one message, by clocks that differ, are no repeats: those of one file count, and of one fragment. Nor is a message that
 * goes to another address: a client that moved tries all that the gateway told of (RFC 4555 3.5), and needs one answer.
 */
function repeatsOf({ sightings, tries }: Transmission, { capture: { files } }: TunnelContext): number {
  const [first] = sightings;
  const isOfOnePath = sightings.every((sighting) => pathOf(sighting) === pathOf(first));
  if (files.length < 2 && isOfOnePath) return tries - 1;
  const counts = new Map<string, number>();
  for (const sighting of sightings) {
    const place = `${frameCapture(sighting.frames[0] ?? 0)} ${sighting.fragment} ${pathOf(sighting)}`;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return Math.max(...counts.values()) - 1;
}

function pathOf(sighting: Sighting | undefined): string {
  return sighting === undefined ? "" : `${sighting.source.address} ${sighting.destination.address}`;
}

/**
 * The exchange at which an IKE SA stopped is a matter of the other rules, unless the asker's own capture shows that it did not: the
 * answer came there and refuses nothing.
 */
function isStuck(context: TunnelContext, setup: Setup, exchange: Exchange): boolean {
  return (
    endsWith(setup.sa, exchange) &&
    (exchange.response?.tries ?? 0) > 1 &&
    (errorNotify(exchange.response) !== null || !cameInTheEnd(setup, exchange, context))
  );
}
