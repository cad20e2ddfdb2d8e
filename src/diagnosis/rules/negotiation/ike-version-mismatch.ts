import { NOTIFY_V1 } from "../../../ike/registries/notify-v1.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { evidenceOf } from "../../evidence.js";
import { firstTimeOf } from "../../../session/sightings.js";
import { phaseOf } from "../../phases.js";
import type { Verdict } from "../../finding.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { refusalsOf } from "../../facts/negotiation/refusals.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** INVALID_MAJOR_VERSION answers the first message, or a message of the other version does. */
export const ikeVersionMismatch = defineRule({
  code: "ike-version-mismatch",
  severity: "critical",
  title: "The peers speak different IKE versions",
  explanation: "One side uses IKEv1 and the other expects IKEv2, or the reverse.",
  signature:
    "A message of one major version is answered with INVALID_MAJOR_VERSION or in the other version, or the initiator tries both versions in turn and only one is answered.",
  remedies: ["Configure the same version at both ends, IKEv2 if both support it."],
  commands: ["version"],
  references: ["RFC 7296 section 2.5"],
  detect: (context) => {
    const refusal = refusalsOf(context, NOTIFY_V2.INVALID_MAJOR_VERSION, NOTIFY_V1.INVALID_MAJOR_VERSION).at(
      -1,
    );
    if (refusal !== undefined) {
      const { sa } = refusal.setup;
      return {
        ...base(sa.majorVersion, sa.initiator.address, sa.responder.address),
        ...severityUnlessMended(context, refusal.setup, refusal.time),
        phase: phaseOf(sa, refusal.exchange),
        evidence: [
          ...evidenceOf(refusal.exchange.request, say`opens with IKEv${sa.majorVersion}`, 1),
          ...evidenceOf(refusal.answer, "INVALID_MAJOR_VERSION", 1),
        ],
      };
    }
    const [first, ...others] = context.setups;
    // In a tunnel with many IKE SAs of one version each would be compared with each.
    if (others.every(({ sa }) => sa.majorVersion === first?.sa.majorVersion)) return null;
    for (const asked of context.setups) {
      const answer = context.setups.find(
        ({ sa }) => sa.initiatorSpi === asked.sa.initiatorSpi && sa.majorVersion !== asked.sa.majorVersion,
      );
      const reply = answer?.sa.exchanges[0];
      const opening = asked.progress.opening[0];
      if (!asked.sa.startSeen || answer === undefined || reply === undefined || opening === undefined)
        continue;
      const { sa } = asked;
      const sent = reply.response ?? reply.request;
      return {
        ...base(sa.majorVersion, sa.initiator.address, sa.responder.address),
        ...severityUnlessMended(context, asked, firstTimeOf(sent)),
        phase: phaseOf(sa, opening),
        evidence: [
          ...evidenceOf(opening.request, say`opens with IKEv${sa.majorVersion}`, 1),
          ...evidenceOf(sent, say`answered with IKEv${answer.sa.majorVersion}`, 1),
        ],
      };
    }
    return null;
  },
});

function base(version: 1 | 2, initiator: string, responder: string): Omit<Verdict, "phase" | "evidence"> {
  return {
    confidence: "certain",
    provenance: "observed",
    headline: say`${responder} does not take IKEv${version}`,
    summary: say`${initiator} opens with IKEv${version}, and ${responder} answers that it does not speak that version (the message claims so; it is not authenticated).`,
  };
}
