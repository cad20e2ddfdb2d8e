import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import type { Exchange, Transmission } from "../../../session/model.js";
import { notifiesOf } from "../../../session/progress.js";
import type { TunnelRule } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import { phaseOf } from "../../phases.js";
import { filterMayHideFragments, lostInIpFragments } from "../../facts/authentication-stage.js";

/**
 * Beside `ip-fragments-lost` of the same setup: IKEV2_FRAGMENTATION_SUPPORTED is missing in IKE_SA_INIT. A responder
 * announces it only to an initiator that did (RFC 7383 section 2.3), so its silence tells nothing where the initiator is silent.
 */
export const ikeFragmentationNotNegotiated: TunnelRule = (context) => {
  const lost = lostInIpFragments(context).at(-1);
  if (lost?.exchange.request == null || lost.setup.sa.majorVersion !== 2) return null;
  // There the fragments may just not have been captured.
  if (filterMayHideFragments(context, lost.exchange.request)) return null;
  const { sa, progress } = lost.setup;
  const asked = lastRoundOf(progress.opening);
  const answer = progress.chosen?.response ?? null;
  if (asked?.request == null || answer === null) return null;
  const byInitiator = announces(asked.request);
  const byResponder = announces(answer);
  if (byInitiator && byResponder) return null;
  const who = byInitiator
    ? "the responder does not"
    : byResponder
      ? "the initiator does not"
      : "neither side does";
  const { address } = byInitiator ? sa.responder : sa.initiator;
  return {
    code: "ike-fragmentation-not-negotiated",
    confidence: "certain",
    provenance: "observed",
    phase: phaseOf(sa, asked),
    headline: `IKE fragmentation is not used: ${who} announce it`,
    summary:
      `Both sides must send IKEV2_FRAGMENTATION_SUPPORTED in IKE_SA_INIT for large messages to travel in IKE fragments; ${who}. ` +
      (byInitiator
        ? `Switch it on at the responder ${address}.`
        : `Switch it on at the initiator ${address} first: a responder announces it only to an initiator that did, so the responder's own setting cannot be told from this setup.`),
    evidence: [
      ...evidenceOf(asked.request, `IKE_SA_INIT request ${withOrWithout(byInitiator)}`, 1),
      ...evidenceOf(answer, `IKE_SA_INIT response ${withOrWithout(byResponder)}`, 1),
    ],
  };
};

/** The round that was answered with the choice, else the last one. */
function lastRoundOf(opening: readonly Exchange[]): Exchange | undefined {
  return opening.findLast(({ request }) => request !== null);
}

function announces({ message }: Transmission): boolean {
  return notifiesOf(message).some(({ notifyType }) => notifyType === NOTIFY_V2.IKEV2_FRAGMENTATION_SUPPORTED);
}

function withOrWithout(announced: boolean): string {
  return `${announced ? "with" : "without"} IKEV2_FRAGMENTATION_SUPPORTED`;
}
