import { evidenceOf } from "../../evidence.js";
import { phaseOf } from "../../phases.js";
import { announcedFragmentation } from "../../facts/authentication/announced-fragmentation.js";
import {
  filterMayHideFragments,
  lostInIpFragments,
} from "../../facts/authentication/authentication-stage.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/**
 * Beside `ip-fragments-lost` of the same setup: IKEV2_FRAGMENTATION_SUPPORTED is missing in IKE_SA_INIT. A responder
 * announces it only to an initiator that did (RFC 7383 section 2.3), so its silence tells nothing where the initiator is silent.
 */
export const ikeFragmentationNotNegotiated = defineRule({
  code: "ike-fragmentation-not-negotiated",
  severity: "warning",
  title: "IKE fragmentation is not negotiated",
  explanation:
    "With IKE fragmentation (RFC 7383) a large IKE message travels in several small packets instead of IP fragments. It is used only if both sides announce it in IKE_SA_INIT.",
  signature:
    "Beside lost IP fragments: IKEV2_FRAGMENTATION_SUPPORTED is missing in the IKE_SA_INIT of at least one side.",
  remedies: [
    "Switch it on at the side that does not announce it.",
    "If a side cannot do it, make its messages smaller: shorter certificate chains, elliptic curve certificates.",
  ],
  commands: ["fragmentation"],
  references: ["RFC 7383 section 2.3"],
  onlyWith: ["several-messages", "unanswered"],
  detect: (context) => {
    const lost = lostInIpFragments(context).at(-1);
    const announced = lost === undefined ? null : announcedFragmentation(lost.setup);
    if (lost?.exchange.request == null || announced === null) return null;
    // There the fragments may just not have been captured.
    if (filterMayHideFragments(context, lost.exchange.request)) return null;
    const { sa } = lost.setup;
    const { exchange, request, response, byInitiator, byResponder } = announced;
    if (byInitiator && byResponder) return null;
    const who = byInitiator
      ? "the responder does not"
      : byResponder
        ? "the initiator does not"
        : "neither side does";
    const { address } = byInitiator ? sa.responder : sa.initiator;
    return {
      confidence: "certain",
      provenance: "observed",
      phase: phaseOf(sa, exchange),
      headline: say`IKE fragmentation is not used: ${who} announce it`,
      summary: joined(
        say`Both sides must send IKEV2_FRAGMENTATION_SUPPORTED in IKE_SA_INIT for large messages to travel in IKE fragments; ${who}. `,
        byInitiator
          ? say`Switch it on at the responder ${address}.`
          : say`Switch it on at the initiator ${address} first: a responder announces it only to an initiator that did, so the responder's own setting cannot be told from this setup.`,
      ),
      evidence: [
        ...evidenceOf(request, say`IKE_SA_INIT request ${withOrWithout(byInitiator)}`, 1),
        ...evidenceOf(response, say`IKE_SA_INIT response ${withOrWithout(byResponder)}`, 1),
      ],
    };
  },
});

function withOrWithout(announced: boolean): string {
  return `${announced ? "with" : "without"} IKEV2_FRAGMENTATION_SUPPORTED`;
}
