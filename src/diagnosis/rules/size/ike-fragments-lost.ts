import { attemptsText, evidenceOf, triesText } from "../../evidence.js";
import { lastTimeOf } from "../../../session/sightings.js";
import { messageName, phaseOf } from "../../phases.js";
import type { TunnelContext } from "../../context.js";
import { wasWhole } from "../../facts/silence/lacking-parts.js";
import { partialResponses } from "../../facts/silence/partial-response.js";
import type { Rival, Verdict } from "../../finding.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { unansweredAuthentications } from "../../facts/authentication/authentication-stage.js";
import { whileOpen } from "../../grade.js";
import { mayLastBeAnswered } from "../../facts/silence/failed-before.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** SKF fragments (RFC 7383): some numbers never arrive here, or all are repeated and never answered. */
export const ikeFragmentsLost = defineRule({
  code: "ike-fragments-lost",
  severity: "critical",
  title: "IKE fragments are lost",
  explanation:
    "The message is sent in IKE fragments (SKF payloads) and at least one of them does not reach the receiver, who can then answer nothing.",
  signature:
    "A message in SKF fragments repeats without an answer, or the capture misses the same fragment numbers in every attempt.",
  remedies: [
    "Lower the fragment size.",
    "Look for a device that polices bursts of UDP or drops packets by size.",
  ],
  commands: ["fragmentation", "firewall"],
  references: ["RFC 7383 section 2.5"],
  onlyWith: ["unanswered"],
  detect: (context) => requestLost(context) ?? responseLost(context),
});

function requestLost(context: TunnelContext): Verdict | null {
  // IKEv1: an INFORMATIONAL of the responder shows that the message came, and is what it says of it.
  const failed = unansweredAuthentications(context).filter(
    ({ fragmentation, informational }) => fragmentation === "ike" && informational.length === 0,
  );
  const last = failed.at(-1);
  const request = last?.exchange.request;
  if (last === undefined || request?.fragments == null) return null;
  const { sa } = last.setup;
  const { total, seen } = request.fragments;
  const missing: number[] = [];
  for (let number = 1; number <= total && missing.length < 16 && !wasWhole(request); number++)
    if (!seen.has(number)) missing.push(number);
  const name = messageName(sa, last.exchange, "request");
  const isMissing = missing.length > 0;
  const rivals: Rival[] = [];
  if (!isMissing && last.onNatT && !last.natTAnswered) {
    rivals.push({
      code: "natt-4500-unanswered",
      separatedBy:
        "a capture at the responder: nothing at all arrives on UDP 4500, not even the smallest fragment",
    });
  }
  if (!isMissing) {
    rivals.push({
      code: "ike-auth-unanswered",
      separatedBy: "a capture at the responder: all fragments arrive there, and the daemon stays silent",
    });
  }
  return whileOpen(mayLastBeAnswered(context, failed), {
    ...severityUnlessMended(context, last.setup, lastTimeOf(request)),
    confidence: isMissing ? "certain" : rivals.length > 1 ? "possible" : "likely",
    provenance: isMissing ? "observed" : "inferred",
    phase: phaseOf(sa, last.exchange),
    headline: isMissing
      ? say`${name}: IKE fragment ${missing.join(", ")} of ${total} never arrives (${triesText(request)})`
      : say`${name} in ${total} IKE fragments never answered (${triesText(request)}${attemptsText(failed)})`,
    summary: isMissing
      ? say`${name} is sent in ${total} IKE fragments, ${triesText(request)}; number ${missing.join(", ")} is never seen here while the others are, so the responder cannot put the message together.`
      : say`${sa.initiator.address} sends ${name} in ${total} IKE fragments, ${triesText(request)}, and no answer comes, while the first exchange was answered. A responder that misses one fragment can answer nothing.`,
    evidence: [
      ...evidenceOf(last.setup.progress.chosen?.response ?? null, "the first exchange was answered", 1),
      ...evidenceOf(request, name, 6),
    ],
    rivals,
  });
}

/** The response is sent again and again, and the capture misses the same fragments of it each time. */
function responseLost(context: TunnelContext): Verdict | null {
  const last = partialResponses(context).findLast(({ lacks }) => lacks !== "ip");
  const response = last?.exchange.response;
  if (last === undefined || last.lacks === "ip" || response?.fragments == null) return null;
  const { setup, exchange, lacks } = last;
  const name = messageName(setup.sa, exchange, "response");
  const asker = exchange.startedBy === "initiator" ? setup.sa.initiator : setup.sa.responder;
  const missing = lacks.slice(0, 16).join(", ");
  return {
    ...severityUnlessMended(context, setup, lastTimeOf(response)),
    confidence: "certain",
    provenance: "observed",
    phase: phaseOf(setup.sa, exchange),
    headline: say`${name}: IKE fragment ${missing} of ${response.fragments.total} never arrives, and ${asker.address} asks again`,
    summary: say`${name} is sent in ${response.fragments.total} IKE fragments, ${response.tries} times; number ${missing} is never seen here while the others are, so ${asker.address} cannot put the message together and repeats its request.`,
    evidence: evidenceOf(response, name, 6),
  };
}
