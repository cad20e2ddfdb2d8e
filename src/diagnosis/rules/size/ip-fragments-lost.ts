import type { Exchange, Sighting } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { attemptsText, evidenceAt, evidenceOf, triesText } from "../../evidence.js";
import { lastTimeOf } from "../../../session/sightings.js";
import { messageName, phaseOf } from "../../phases.js";
import type { Rival, Verdict } from "../../finding.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import {
  filterMayHideFragments,
  lostInIpFragments,
} from "../../facts/authentication/authentication-stage.js";
import { partialResponses } from "../../facts/silence/partial-response.js";
import { whileOpen } from "../../grade.js";
import { mayLastBeAnswered } from "../../facts/silence/failed-before.js";
import { defineRule } from "../../rule.js";
import { type Message, joined, say } from "../../../texts/message.js";

/**
 * A message in IP fragments repeats whole and is never answered (seen at the sender), or only part of its fragments
 * arrives, try after try (seen at the receiver).
 */
export const ipFragmentsLost = defineRule({
  code: "ip-fragments-lost",
  severity: "critical",
  title: "IP fragments of a large IKE message are lost",
  explanation:
    "The message is too large for one packet and travels in IP fragments; not all of them get through, so the receiver never has the whole message.",
  signature:
    "At the sender: a message in IP fragments repeats whole without an answer, while smaller ones are answered. At the receiver: some fragments of its datagrams never come, or ICMP reports a reassembly that took too long.",
  remedies: [
    "Switch on IKE fragmentation at both ends, so that no IP fragments are needed.",
    "Send less: smaller certificates, no intermediate certificates that the peer already has.",
    "Let IP fragments pass on the firewalls between the peers; many drop them by default.",
  ],
  commands: ["fragmentation", "firewall"],
  references: ["RFC 7383 section 1"],
  onlyWith: ["unanswered"],
  detect: (context) => requestLost(context) ?? responseLost(context),
});

function requestLost(context: TunnelContext): Verdict | null {
  const failed = lostInIpFragments(context);
  const last = failed.at(-1);
  if (last?.exchange.request == null) return null;
  const { sa } = last.setup;
  const { exchange } = last;
  const request = last.exchange.request;
  const partial = request.sightings.filter(({ missingFragments }) => missingFragments !== null);
  const name = messageName(sa, exchange, "request");
  const common = {
    ...severityUnlessMended(context, last.setup, lastTimeOf(request)),
    phase: phaseOf(sa, exchange),
  } as const;
  if (partial.length > 0) {
    return whileOpen(
      mayLastBeAnswered(context, failed),
      arrivesInPart(context, common, partial, exchange, name),
    );
  }
  const pieces = Math.max(...request.sightings.map(({ ipFragments }) => ipFragments));
  const bytes = request.sightings[0]?.bytes ?? 0;
  return whileOpen(mayLastBeAnswered(context, failed), {
    ...common,
    confidence: "likely",
    provenance: "inferred",
    headline: say`${name} of ${bytes} bytes in ${pieces} IP fragments never answered (${triesText(request)}${attemptsText(failed)})`,
    summary: joined(
      say`${sa.initiator.address} sends ${name} as ${bytes} bytes in ${pieces} IP fragments, ${triesText(request)}; no answer comes, `,
      `while the small messages before were answered. Devices that drop IP fragments are the usual cause.`,
    ),
    evidence: [
      ...evidenceOf(last.setup.progress.chosen?.response ?? null, "the small first exchange was answered", 1),
      ...evidenceOf(request, say`${name}, unanswered`),
    ],
    rivals: [
      ...(last.onNatT && !last.natTAnswered ? [NO_4500] : []),
      {
        code: "ike-auth-unanswered",
        separatedBy: "a capture at the responder: all fragments arrive there, and the daemon stays silent",
      },
    ],
  });
}

/** The response arrives in part each time it is sent, and the requester asks again. */
function responseLost(context: TunnelContext): Verdict | null {
  const last = partialResponses(context).findLast(({ lacks }) => lacks === "ip");
  const response = last?.exchange.response;
  if (last === undefined || response == null) return null;
  const { setup, exchange } = last;
  const name = messageName(setup.sa, exchange, "response");
  const asker = exchange.startedBy === "initiator" ? setup.sa.initiator : setup.sa.responder;
  return {
    ...severityUnlessMended(context, setup, lastTimeOf(response)),
    confidence: "likely",
    provenance: "observed",
    phase: phaseOf(setup.sa, exchange),
    headline: say`${name} arrives only in part each time (${response.tries} attempts), and ${asker.address} asks again`,
    summary: joined(
      say`${name} comes in IP fragments, and in each of ${response.tries} attempts some of them are missing here. ${asker.address} cannot put it together and repeats its request. `,
      "Devices that drop IP fragments, or a smaller MTU on the way back, are the usual cause.",
    ),
    evidence: response.sightings
      .slice(0, 4)
      .map((sighting) => evidenceAt(sighting, say`${name}: ${describeGap(sighting)}`)),
    rivals: [
      {
        code: "capture-filter-blind",
        separatedBy:
          "a capture without a port filter: later fragments carry no ports and a filter on ports drops them; then the requester drops the response for another reason",
      },
    ],
  };
}

/** After so many attempts without an answer none is to be expected. */
const IN_VAIN = 3;

const NO_4500: Rival = {
  code: "natt-4500-unanswered",
  separatedBy: "a small packet on UDP 4500 that is answered or arrives at the responder",
};

function arrivesInPart(
  context: TunnelContext,
  common: Pick<Verdict, "severity" | "phase">,
  partial: readonly Sighting[],
  exchange: Exchange,
  name: Message,
): Verdict {
  const seen = partial.map(({ ipFragments }) => ipFragments);
  const filterMayHide = exchange.request !== null && filterMayHideFragments(context, exchange.request);
  const rivals: Rival[] = filterMayHide
    ? [
        {
          code: "capture-filter-blind",
          separatedBy:
            "a capture without a port filter: later fragments carry no ports and a filter on ports drops them",
        },
        {
          code: "ike-auth-unanswered",
          separatedBy: "the same: all fragments arrive, and the daemon stays silent",
        },
      ]
    : [];
  const tries = exchange.request?.tries ?? 0;
  // A filter hides later fragments, and no answer: that none comes is a fault, whatever its cause.
  const isInVain = filterMayHide && tries >= IN_VAIN;
  return {
    ...common,
    ...(filterMayHide && !isInVain ? { severity: "warning" as const } : {}),
    confidence: isInVain ? "likely" : filterMayHide ? "possible" : "certain",
    ...(isInVain ? { doubt: "cause" as const } : {}),
    provenance: filterMayHide ? "inferred" : "observed",
    headline: say`${name} arrives only in part: ${Math.min(...seen)} IP fragment${Math.min(...seen) === 1 ? "" : "s"} of a larger message (${exchange.request === null ? 0 : triesText(exchange.request)})`,
    summary: say`${name} comes in IP fragments and in ${partial.length} of ${exchange.request?.tries ?? partial.length} attempts some of them are missing here, so the receiver cannot reassemble the message and does not answer.${isInVain ? " Where a filter on ports left the others out of the capture, they did arrive, and there is no answer for another reason: wrong credentials, which some peers do not tell, or a daemon that drops it." : ""}`,
    evidence: partial
      .slice(0, 4)
      .map((sighting) => evidenceAt(sighting, say`${name}: ${describeGap(sighting)}`)),
    rivals,
  };
}

function describeGap({ missingFragments, ipFragments }: Sighting): Message {
  const total = missingFragments?.totalLength;
  const there = (missingFragments?.fragments ?? []).reduce((sum, { length }) => sum + length, 0);
  return say`${ipFragments} fragment${ipFragments === 1 ? "" : "s"}, ${there} bytes${total == null ? ", the last fragment is missing" : say` of ${total}`}`;
}
