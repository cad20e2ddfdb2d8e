import { humanDuration } from "../../../bytes/time.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import { evidenceOf, triesText } from "../../evidence.js";
import type { TunnelContext } from "../../context.js";
import { forgottenMapping } from "../../facts/nat/forgotten-mapping.js";
import { carriesTrafficAfter, healedAfter, MENDED } from "../../facts/life/healing.js";
import { numberOf } from "../../facts/recording/kept.js";
import { phaseAt } from "../../facts/icmp-errors.js";
import { refusedMapping } from "../../facts/nat/refused-mapping.js";
import type { Verdict } from "../../finding.js";
import { messageName, phaseOf } from "../../phases.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/**
 * The initiator behind NAT pauses for longer than mappings last, requests of the responder in that pause are repeated without
 * answer, and then the initiator speaks again of its own accord: it was there, but could not be reached.
 */
export const natMappingExpired = defineRule({
  code: "nat-mapping-expired",
  severity: "critical",
  title: "The NAT mapping of a peer expired",
  explanation:
    "After a time without packets from the side behind NAT, nothing that is sent to it arrives, until it sends again by itself: the NAT device's mapping had expired.",
  signature:
    "The initiator is behind NAT and sends nothing for more than 30 s, no keepalives either; a request of the responder in that time is sent three times without an answer; then the initiator sends by itself. Or, after a pause of the peer behind NAT, its outer address answers with ICMP port unreachable for the port that it had sent from.",
  remedies: [
    "NAT keepalives at the side behind NAT, every 20 s.",
    "Lengthen the UDP timeout of the NAT device.",
  ],
  commands: ["keepalive", "natTraversal"],
  references: ["RFC 3948 section 4"],
  needs: ["all-packets", "pauses"],
  onlyWith: ["several-messages"],
  detect: (context) => refusedByTranslator(context) ?? foundByRequests(context),
});

function foundByRequests(context: TunnelContext): Verdict | null {
  const forgotten = forgottenMapping(context);
  if (forgotten === null) return null;
  const { setup, exchange, request, inside, responder, gap } = forgotten;
  const name = messageName(setup.sa, exchange, "request");
  const lastTry = lastTimeOf(request);
  const isAnswered = setup.progress.later.some(({ response }) => lastTimeOf(response) > lastTry);
  const wentOn =
    isAnswered || healedAfter(context, lastTry, setup) || carriesTrafficAfter(context, lastTry, setup);
  const quiet = humanDuration(firstTimeOf(request) - gap.from);
  return {
    ...(wentOn ? MENDED : {}),
    confidence: "likely",
    provenance: "inferred",
    phase: phaseOf(setup.sa, exchange),
    headline: say`${inside}, behind NAT, could not be reached after ${quiet} of silence: ${name} unanswered (${triesText(request)}) until it sent again itself`,
    summary: joined(
      say`The initiator ${inside} behind NAT had sent nothing for ${quiet}, no keepalive either, when ${responder} sent ${name}: ${triesText(request)}, no answer. `,
      say`Then ${inside} sent again by itself, so it was there: its NAT mapping had expired. `,
      wentOn ? "Afterwards the tunnel went on." : "The tunnel did not come back in this capture.",
    ),
    evidence: [
      { frame: gap.fromFrame, time: gap.from, nanos: 0, text: say`last packet from ${inside}` },
      ...evidenceOf(request, say`${name}, unanswered`),
      { frame: gap.toFrame, time: gap.to, nanos: 0, text: say`${inside} sends again` },
    ],
    rivals: [
      {
        code: "dpd-timeout",
        separatedBy: say`a capture at ${inside}: the requests arrive there and are not answered (host asleep, daemon busy)`,
      },
    ],
  };
}

/** The NAT device itself says that the port is no longer there. */
function refusedByTranslator(context: TunnelContext): Verdict | null {
  const refused = refusedMapping(context);
  if (refused === null) return null;
  const { outside, port, sender, refusals, first, pause, lastPacket } = refused;
  const quiet = humanDuration(pause);
  const last = refusals.at(-1) ?? first;
  const wentOn = healedAfter(context, last.time) || carriesTrafficAfter(context, last.time);
  return {
    ...(wentOn ? MENDED : {}),
    confidence: "likely",
    provenance: "deduced",
    phase: phaseAt(context, first),
    headline: say`The peer behind ${outside} cannot be reached after ${quiet} of silence: the NAT device refuses UDP ${port}, the port that it had given`,
    summary: joined(
      say`UDP ${port} at ${outside} is no port of an IKE daemon: the NAT device had given it to the peer behind it, whose packets came from there. `,
      say`After ${quiet} without a packet from that side, what ${sender} sends there is answered with ICMP port unreachable (${numberOf(refusals, context.tunnel.notKept.icmp)} seen): the mapping is gone. `,
      wentOn ? "Afterwards the tunnel went on." : "The tunnel did not come back in this capture.",
    ),
    evidence: [
      lastPacket,
      ...refusals.slice(0, MOST_CITED).map(({ frame, time, source }) => ({
        frame,
        time,
        nanos: 0,
        text: say`ICMP port unreachable from ${source}`,
      })),
    ],
    rivals: [
      {
        code: "icmp-port-unreachable",
        separatedBy: say`a capture behind the NAT device ${outside}: the packets arrive at the peer, and it refuses them itself (no daemon there)`,
      },
    ],
  };
}

/** ICMP messages that are cited. */
const MOST_CITED = 3;
