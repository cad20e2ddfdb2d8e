import type { TunnelContext } from "../../context.js";
import { evidenceOf, triesText } from "../../evidence.js";
import type { Evidence } from "../../finding.js";
import { graded } from "../../grade.js";
import { movedAsker } from "../../facts/nat/moved-asker.js";
import { type Unanswered } from "../../facts/silence/unanswered.js";
import { severityOf, sideOfSilence, slowPeer } from "../../facts/silence/unanswered-verdict.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/**
 * A peer goes on with its IKE SA from another address (RFC 4555), its INFORMATIONAL repeats from there, and no answer
 * comes.
 */
export const mobikeFailed = defineRule({
  code: "mobike-failed",
  severity: "critical",
  title: "A peer changed its address, and the other side does not follow",
  explanation:
    "The IKE SA goes on from a new address, and no answer comes to it, so the tunnel keeps the old one.",
  signature:
    "Requests of an IKE SA come from another address than before, are repeated, and no answer goes there.",
  remedies: [
    "Does the other side support MOBIKE?",
    "Does its firewall let the new address in on UDP 4500?",
    "If the address changes for good: set the tunnel up again.",
  ],
  commands: ["mobike", "firewall"],
  references: ["RFC 4555 section 3.5"],
  onlyWith: ["beyond-setup"],
  atOnePlace: true,
  detect: (context) => {
    const last = movedAsker(context);
    if (last === null) return null;
    const { asker, silent, request, moved } = last;
    const old = espToOldAddress(context, last);
    return {
      ...severityOf(context, last),
      ...graded(
        [slowPeer(last)],
        [
          {
            code: "nat-mapping-changed",
            separatedBy: say`the log of ${asker.address}: whether its own address changed, or a NAT device gave it another one`,
          },
        ],
      ),
      provenance: "deduced",
      phase: "INFORMATIONAL",
      notBefore: moved.time,
      headline: say`${asker.address} moved to ${moved.source.address}, and its requests from there are never answered (${triesText(request)})`,
      summary: joined(
        say`The IKE SA belongs to ${asker.address}; its INFORMATIONAL now comes from ${moved.source.address} (${triesText(request)}), and ${silent.address} does not answer. `,
        old === null ? "" : say`ESP of ${silent.address} still goes to the old address. `,
        sideOfSilence(context, last),
      ),
      evidence: [
        ...evidenceOf(request, say`INFORMATIONAL from ${moved.source.address}, unanswered`),
        ...(old === null ? [] : [old]),
      ],
    };
  },
});

function espToOldAddress({ tunnel }: TunnelContext, { asker, silent, lastTry }: Unanswered): Evidence | null {
  const stream = tunnel.streams.find(
    ({ source, destination, lastTime }) =>
      source === silent.address && destination === asker.address && lastTime > lastTry,
  );
  if (stream === undefined) return null;
  return {
    frame: stream.lastFrame,
    time: stream.lastTime,
    nanos: 0,
    text: say`ESP still goes to ${asker.address}`,
  };
}
