import { evidenceOf, triesText } from "../../evidence.js";
import { graded } from "../../grade.js";
import { unansweredLater } from "../../facts/silence/unanswered.js";
import { severityOf, slowPeer } from "../../facts/silence/unanswered-verdict.js";
import { isDesync, skippedIds } from "../../facts/silence/message-id-gap.js";
import { isRestart } from "../../facts/life/restarts.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** A request skips Message IDs behind the last one that was answered, repeats, and is never answered. */
export const messageIdDesync = defineRule({
  code: "message-id-desync",
  severity: "critical",
  title: "The Message IDs of the two sides no longer fit",
  explanation:
    "A request has a Message ID that its receiver does not wait for, so it is ignored, and so is every one that follows.",
  signature:
    "A request whose Message ID lies beyond the one that has to follow is repeated and never answered.",
  remedies: [
    "In a cluster: check that the nodes synchronise the IKE counters, and that both sides support it.",
    "Restart the IKE SA.",
  ],
  commands: ["restart", "log"],
  references: ["RFC 7296 section 2.2", "RFC 6311"],
  onlyWith: ["beyond-setup"],
  detect: (context) => {
    const last = unansweredLater(context).findLast((found) => isDesync(found) && !isRestart(context, found));
    if (last === undefined) return null;
    const { asker, silent, request, exchange } = last;
    const skipped = skippedIds(last) ?? 0;
    const expected = exchange.messageId - skipped;
    return {
      ...severityOf(context, last),
      ...graded(
        [slowPeer(last)],
        [
          {
            code: "dpd-timeout",
            separatedBy: say`whether the capture lost packets: if the ${skipped} requests between were sent and answered, the peer is simply gone`,
          },
        ],
      ),
      provenance: "deduced",
      phase: "INFORMATIONAL",
      headline: say`${asker.address} uses Message ID ${exchange.messageId} but ${silent.address} waits for ${expected}, and gets no answer (${triesText(request)})`,
      summary: say`The last request of ${asker.address} that was answered had Message ID ${expected - 1}; the next one in the capture has ${exchange.messageId}. A receiver ignores what is outside its window, so no further request is answered. A cluster node that took over without the counters of the other looks like that.`,
      evidence: evidenceOf(request, say`request with Message ID ${exchange.messageId}, unanswered`),
    };
  },
});
