import { lastTimeOf } from "../../../session/sightings.js";
import { attemptsText, evidenceCited, evidenceOf, triesText } from "../../evidence.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { messageName, phaseOf } from "../../phases.js";
import { isOtherModeAnswered } from "../../facts/negotiation/opening-stage.js";
import { halfOpenBefore } from "../../facts/negotiation/opening-stage.js";
import { unansweredOpenings } from "../../facts/negotiation/opening-stage.js";
import { answerToOthers } from "../../facts/silence/answers-to-others.js";
import { arrivesThere, AT_HOST_ASKED, droppedAtHost } from "../../facts/silence/arrives-there.js";
import type { Rival } from "../../finding.js";
import { mayStillBeAnswered, whileOpen } from "../../grade.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

const OWN_CONFIGURATION =
  "At the responder: a configuration for this peer's address, and the address that it really comes from (NAT).";

const NOT_THERE: Rival = {
  code: "ike-init-unanswered",
  separatedBy: "a capture at the responder: whether this peer's request arrives there",
};

/** The first message is never answered, though the same responder answers the first message of other peers meanwhile. */
export const peerSelectivelySilent = defineRule({
  code: "peer-selectively-silent",
  severity: "critical",
  title: "The responder answers other peers, but not this one",
  explanation:
    "The same responder answers the first message of other peers in this capture, so it runs and is reachable; this peer's first message gets no answer.",
  signature:
    "The first message of one peer repeats without an answer, while the same responder answers the first message of another peer within a minute of it.",
  remedies: [
    OWN_CONFIGURATION,
    "Access lists and security groups that name peers by address, on the way and at the responder.",
    "Capture at the responder: does this peer's request arrive?",
  ],
  commands: ["log", "firewall", "capture"],
  references: ["RFC 7296 section 2.1"],
  onlyWith: ["several-messages", "unanswered"],
  detect: (context) => {
    const failed = unansweredOpenings(context).filter(
      (opening) => !isOtherModeAnswered(context, opening) && halfOpenBefore(context, opening).length === 0,
    );
    const last = failed.at(-1);
    const other = last === undefined ? null : answerToOthers(context, last);
    if (last?.exchange.request == null || other === null) return null;
    const { sa } = last.setup;
    const { request } = last.exchange;
    const name = messageName(sa, last.exchange, "request");
    return whileOpen(mayStillBeAnswered(context, last.exchange.request), {
      ...severityUnlessMended(context, last.setup, lastTimeOf(request)),
      confidence: "likely",
      provenance: "deduced",
      phase: phaseOf(sa, last.exchange),
      headline: say`${sa.responder.address} never answers ${name} of ${sa.initiator.address} (${triesText(request)}${attemptsText(failed)}), but answers other peers`,
      summary: joined(
        say`${sa.initiator.address} sends ${name} (${triesText(request)}) and gets nothing, while ${sa.responder.address} answers the first message of ${other.initiator} at the same time. `,
        "So the daemon runs and its port is open: it ignores this peer, or a rule on the way drops its packets.",
      ),
      evidence: [
        ...evidenceOf(request, say`${name}, unanswered`),
        evidenceCited(other.last, say`answer to ${other.initiator}`),
      ],
      ...(arrivesThere(context, request, sa.responder)
        ? { rivals: [droppedAtHost(sa.responder)], remedies: [OWN_CONFIGURATION, AT_HOST_ASKED] }
        : { rivals: [NOT_THERE] }),
    });
  },
});
