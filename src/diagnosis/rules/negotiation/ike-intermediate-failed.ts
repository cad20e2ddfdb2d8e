import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { notifiesOf } from "../../../session/payloads.js";
import { lastTimeOf } from "../../../session/sightings.js";
import type { Setup } from "../../context.js";
import type { Rival } from "../../finding.js";
import { attemptsText, evidenceOf, triesText } from "../../evidence.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { unansweredIntermediates } from "../../facts/authentication/authentication-stage.js";
import { mayStillBeAnswered, whileOpen } from "../../grade.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** Both sides announce IKE_INTERMEDIATE, and the exchange repeats without an answer, in one piece or in fragments. */
export const ikeIntermediateFailed = defineRule({
  code: "ike-intermediate-failed",
  severity: "critical",
  title: "IKE_INTERMEDIATE is never answered",
  explanation:
    "Both sides agreed to exchange more keys (post-quantum methods) in IKE_INTERMEDIATE before the authentication; that message is large, and it or its answer does not arrive.",
  signature:
    "Both sides announce INTERMEDIATE_EXCHANGE_SUPPORTED, and IKE_INTERMEDIATE (exchange type 43) repeats without an answer, in fragments or on a port on which the responder is heard.",
  remedies: [
    "Switch IKE fragmentation on at both ends (RFC 7383), so that the message needs no IP fragments, and lower the fragment size if fragments are lost.",
    "Try once without additional key exchanges: if that works, the path or the implementation of IKE_INTERMEDIATE is at fault; update both.",
    "Capture at the responder: do all fragments arrive?",
  ],
  commands: ["fragmentation", "extensions", "capture"],
  references: ["RFC 9242", "RFC 9370", "RFC 7383"],
  onlyWith: ["several-messages", "unanswered"],
  detect: (context) => {
    const failed = unansweredIntermediates(context).filter(({ setup }) => isAgreed(setup));
    const last = failed.at(-1);
    if (last?.exchange.request == null) return null;
    const { setup, fragmentation } = last;
    // No fragment is known to have got through on that port, not even the last and smallest.
    const mayBeClosed = fragmentation !== "none" && last.onNatT && !last.natTAnswered;
    const { request } = last.exchange;
    const { sa, progress } = setup;
    const bytes = Math.max(...request.sightings.map((sighting) => sighting.bytes));
    const how =
      fragmentation === "ip"
        ? say`as ${bytes} bytes in IP fragments`
        : fragmentation === "ike"
          ? say`in ${request.fragments?.total ?? 0} IKE fragments`
          : say`as ${bytes} bytes in one piece`;
    const groups = progress.suite?.additionalGroups.map(({ name }) => name).join(", ") ?? "";
    return whileOpen(mayStillBeAnswered(context, last.exchange.request), {
      ...severityUnlessMended(context, setup, lastTimeOf(request)),
      confidence: fragmentation === "ip" || (fragmentation === "ike" && !mayBeClosed) ? "likely" : "possible",
      provenance: "inferred",
      phase: "IKE_INTERMEDIATE",
      headline: say`IKE_INTERMEDIATE ${how} never answered (${triesText(request)}${attemptsText(failed)})`,
      summary: joined(
        say`Both sides announced IKE_INTERMEDIATE${groups === "" ? "" : say`, and agreed on ${groups} for it`}, and IKE_SA_INIT was answered. `,
        say`Then ${sa.initiator.address} sends IKE_INTERMEDIATE ${how}, ${triesText(request)}, and nothing comes back. `,
        fragmentation === "none"
          ? "The message is small enough for the path: the responder does not answer it, or its answer, which is as large, is lost."
          : "Key material of post-quantum methods does not fit one packet, and what is fragmented is lost on many paths.",
      ),
      evidence: [
        ...evidenceOf(progress.chosen?.response ?? null, "INTERMEDIATE_EXCHANGE_SUPPORTED, agreed", 1),
        ...evidenceOf(request, "IKE_INTERMEDIATE request, unanswered"),
      ],
      rivals: [
        ...(mayBeClosed ? [NATT_CLOSED] : []),
        fragmentation === "none"
          ? {
              code: "ike-auth-unanswered",
              separatedBy:
                "a setup without additional key exchanges: if it works, IKE_INTERMEDIATE is at fault, else the responder",
            }
          : {
              code: fragmentation === "ip" ? "ip-fragments-lost" : "ike-fragments-lost",
              separatedBy:
                "a capture at the responder: with all fragments there, the daemon is at fault; without some, the path is",
            },
      ],
    });
  },
});

/** A message too large for the path and a closed port look alike at the sender. */
const NATT_CLOSED: Rival = {
  code: "natt-4500-unanswered",
  separatedBy:
    "a capture at the responder: nothing at all arrives on UDP 4500, not even the smallest fragment",
};

function isAgreed({ progress: { chosen } }: Setup): boolean {
  return [chosen?.request, chosen?.response].every(
    (side) =>
      side == null ||
      notifiesOf(side.message).some(
        ({ notifyType }) => notifyType === NOTIFY_V2.INTERMEDIATE_EXCHANGE_SUPPORTED,
      ),
  );
}
