import type { TunnelContext } from "../../context.js";
import { evidenceOf, triesText } from "../../evidence.js";
import type { Verdict } from "../../finding.js";
import { firstTimeOf } from "../../../session/sightings.js";
import { messageName, phaseOf } from "../../phases.js";
import { afterBlank, answeredByLog, loggedRequests, partsOf } from "../../facts/host/logged-requests.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { furtherQuickModes } from "../../facts/child/further-quick-mode.js";
import { isRefusedInAggressiveMode } from "../../facts/authentication/refused-aggressive-mode.js";
import { staysUnanswered } from "../../facts/silence/silence.js";
import { isRepeatedUnheard } from "../../facts/silence/unheard-side.js";
import { isSeen } from "../../facts/silence/peer-heard.js";
import { endsOf } from "../../../session/model/queries.js";
import { maySlowlyBeAnswered, mayStillBeAnswered, whileOpen } from "../../grade.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** Quick modes that the evidence shows, and tries of each. */
const CITED = 3;

/**
 * Quick mode 1 repeats, and neither quick mode 2 nor an INFORMATIONAL of the other side comes. Quick mode 3 proves that an
 * answer came. A side of which nothing at all is seen may just not have been captured, unless several quick modes repeat.
 */
export const quickModeUnanswered = defineRule({
  code: "quick-mode-unanswered",
  severity: "critical",
  title: "Phase 1 is up, but quick mode is never answered",
  explanation: "The first quick mode message is repeated and no second one comes back.",
  signature:
    "Quick mode 1 repeats on an IKE SA that is up, and neither quick mode 2 nor an INFORMATIONAL comes back. A warning beside a Child SA that works, if it is sent at least three times and other packets of that side follow.",
  remedies: [
    "Compare proxy IDs (subnets), ESP proposal and PFS group: many IKEv1 responders say nothing when they do not match.",
    "The responder's log names the mismatch.",
  ],
  commands: ["child", "log"],
  references: ["RFC 2409 section 5.5"],
  yieldsTo: ["child-no-proposal-chosen", "child-ts-unacceptable"],
  onlyWith: ["ikev1"],
  detect: (context) => firstUnanswered(context) ?? furtherUnanswered(context),
});

function firstUnanswered(context: TunnelContext): Verdict | null {
  const failed = context.setups.flatMap((setup) => {
    const exchange = setup.progress.state === "phase-1-up" ? setup.progress.quick[0] : undefined;
    if (exchange?.request == null || !staysUnanswered(exchange, context)) return [];
    const askedAt = firstTimeOf(exchange.request);
    const [, silent] = endsOf(setup.sa, exchange.startedBy);
    const wentOn = setup.progress.quick.some(
      ({ messageId, step }) => messageId === exchange.messageId && step > 1,
    );
    const isSeveral = new Set(setup.progress.quick.map(({ messageId }) => messageId)).size > 1;
    if (isRefusedInAggressiveMode(context, setup)) return [];
    const isUnheard = isRepeatedUnheard(context, setup, exchange);
    if (wentOn || !(isSeveral || isUnheard || isSeen(context, silent.address))) return [];
    const refused = setup.progress.later.some(
      ({ startedBy, request }) => startedBy !== exchange.startedBy && firstTimeOf(request) >= askedAt,
    );
    return refused ? [] : [{ setup, exchange, request: exchange.request, isSeveral }];
  });
  const last = failed.at(-1);
  if (last === undefined) return null;
  const { sa } = last.setup;
  const name = messageName(sa, last.exchange, "request");
  const logged = loggedRequests(context, ...endsOf(sa, last.exchange.startedBy), last.request);
  // An initiator that has an answer asks for no further quick mode.
  const isOpen = last.isSeveral ? maySlowlyBeAnswered : mayStillBeAnswered;
  return whileOpen(isOpen(context, last.request), {
    ...severityUnlessMended(context, last.setup, firstTimeOf(last.request)),
    confidence: "certain",
    provenance: "observed",
    phase: phaseOf(sa, last.exchange),
    headline: joined(say`${name} never answered (${triesText(last.request)})`, answeredByLog(logged)),
    summary: joined(
      say`Phase 1 is up. ${name} was sent ${triesText(last.request)}, and nothing came back. Many IKEv1 responders stay silent when proxy IDs, ESP proposal or PFS group do not match.`,
      afterBlank(logged),
    ),
    evidence: evidenceOf(last.request, say`${name}, unanswered`),
    ...partsOf(logged),
    rivals: [
      {
        code: "ike-response-lost",
        separatedBy: "a capture at the responder: whether Quick Mode 2 leaves there",
      },
    ],
  });
}

/** The IKE SA has a Child SA already: only what the further one is for fails. */
function furtherUnanswered(context: TunnelContext): Verdict | null {
  const failed = furtherQuickModes(context);
  const last = failed.at(-1);
  if (last === undefined) return null;
  const { setup, exchange, request, asker, silent } = last;
  const logged = loggedRequests(context, asker, silent, request);
  const count = failed.length;
  return whileOpen(maySlowlyBeAnswered(context, request), {
    severity: "warning",
    confidence: "likely",
    provenance: "observed",
    phase: phaseOf(setup.sa, exchange),
    headline: joined(
      say`${silent.address} never answers a further Quick Mode of ${asker.address} (${triesText(request)}${count > 1 ? say`, ${count} requests` : ""})`,
      answeredByLog(logged),
    ),
    summary: joined(
      say`The tunnel has a Child SA. ${asker.address} asks for another one by Quick Mode 1 (${triesText(request)}), and ${silent.address}, whose packets still come, does not answer. `,
      "Many IKEv1 responders stay silent when proxy IDs, ESP proposal or PFS group do not match. If it asks for further subnets, these have no tunnel; if it is a rekey, the tunnel drops when the old SA reaches its lifetime.",
      afterBlank(logged),
    ),
    evidence: failed
      .slice(-CITED)
      .flatMap((one) => evidenceOf(one.request, "Quick Mode 1, unanswered", CITED)),
    ...partsOf(logged),
    rivals: [
      {
        code: "ike-response-lost",
        separatedBy: "a capture at the responder: whether Quick Mode 2 leaves there",
      },
      {
        code: "rekey-unanswered",
        separatedBy: say`the log of ${asker.address}: whether it rekeys, or asks for a Child SA of other subnets`,
      },
    ],
  });
}
