import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange, IkeSa } from "../../../session/model.js";
import { evidenceOf } from "../../evidence.js";
import { messageName, phaseOf } from "../../phases.js";
import { defineRule } from "../../rule.js";

/**
 * One side goes on to the next message, which it can only do when it was answered, and no answer is in the capture.
 * A request that needs the peer's key material proves it.
 */
export const captureOneDirection = defineRule({
  code: "capture-one-direction",
  severity: "warning",
  title: "Only one direction was captured",
  explanation:
    "One side goes on as if it had been answered, but no answer is in the capture: the sniffer saw one direction only.",
  signature:
    "All IKE packets come from one side, and its Message IDs or exchange types advance, which takes answers.",
  remedies: ["Capture both directions: mirror both, or capture at a peer itself."],
  references: [],
  detect: ({ setups }) => {
    for (const { sa } of setups) {
      const requests = sa.exchanges.filter(({ expectsResponse }) => expectsResponse);
      const responses = sa.exchanges.some(({ response }) => response !== null);
      const types = new Set(requests.map((request, round) => placeOf(sa, request, round)));
      const first = requests[0];
      const next = requests.at(-1);
      if (responses || types.size < 2 || first === undefined || next === undefined) continue;
      if (requests.some(({ request }) => request === null)) continue;
      if (new Set(requests.map(({ startedBy }) => startedBy)).size > 1) continue;
      return {
        confidence: "likely",
        provenance: "deduced",
        phase: phaseOf(sa, first),
        headline: "only one side's messages were captured",
        summary: `${next.startedBy === "initiator" ? sa.initiator.address : sa.responder.address} goes on from ${messageName(sa, first, "request")} to ${messageName(sa, next, "request")}, so it was answered; but no answer is in the capture. What the other side said is unknown, and no verdict about the tunnel is possible.`,
        evidence: [
          ...evidenceOf(first.request, messageName(sa, first, "request"), 1),
          ...evidenceOf(next.request, messageName(sa, next, "request"), 1),
        ],
      };
    }
    return null;
  },
});

/**
 * What a request shows of the way that its sender came. In IKEv1 only phase 1 and its end do: one quick mode may follow
 * another that was never answered.
 */
function placeOf(
  { majorVersion }: IkeSa,
  { exchangeType, messageId, step }: Exchange,
  round: number,
): string {
  // IKE_SA_INIT with other content is the next round, after COOKIE or INVALID_KE_PAYLOAD (RFC 7296 2.6, 1.2).
  if (majorVersion === 2)
    return messageId === 0 && exchangeType === EXCHANGE_V2.IKE_SA_INIT ? `round ${round}` : `${messageId}`;
  return messageId === 0 ? `${exchangeType}:${step}` : "phase 2";
}
