import { humanDuration, type Micros } from "../../bytes/time.js";
import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import type { Exchange } from "../../session/model.js";
import { firstSighting, lastSighting } from "../../session/progress.js";
import { deleteIkeLength } from "../../session/short-messages.js";
import type { Setup, TunnelContext, TunnelRule } from "../context.js";
import { evidenceOf } from "../evidence.js";
import { lastExchange } from "../setups.js";
import { endsOf } from "../unanswered.js";
import { silenceAfter } from "../silence.js";

/** What is under way when an SA is deleted still arrives within this time. */
const UNDER_WAY = 1_000_000;
/** "Nothing follows" takes a capture that goes on for so long. */
const PROOF = 15_000_000;
/** Traffic before the delete: so near where the length alone tells a delete, nearer where a liveness check has it too. */
const BEFORE = { certain: 60_000_000, ambiguous: 2_000_000 } as const;
/** strongSwan announces NO_ADDITIONAL_ADDRESSES, as long as a delete, soon after the setup. */
const AFTER_SETUP = 5_000_000;

/**
 * The last exchange of an IKE SA has the length of Delete(IKE) and is acknowledged, traffic stops with it, and nothing
 * follows between the peers: somebody ended the tunnel on purpose. An explanation, never a fault.
 */
export const saDeletedByPeer: TunnelRule = (context) => {
  for (const setup of context.setups.toReversed()) {
    const exchange = lastExchange(setup.sa);
    if (exchange === undefined || !isDelete(context, setup, exchange)) continue;
    const [who, other] = endsOf(setup.sa, exchange.startedBy);
    const age =
      setup.progress.upAt === null
        ? ""
        : `, ${humanDuration(timeOf(exchange) - setup.progress.upAt)} after the setup`;
    return {
      code: "sa-deleted-by-peer",
      confidence: "likely",
      provenance: "deduced",
      phase: "INFORMATIONAL",
      headline: `${who.address} deleted the IKE SA${age}`,
      summary: `${who.address} sent an INFORMATIONAL of exactly the length of a delete${age}, ${other.address} acknowledged it, and all traffic stops with it. The tunnel was ended in order: an idle timeout, a reload, an operator, or a rule of ${who.address}; its log has the reason.`,
      evidence: [
        ...evidenceOf(exchange.request, "INFORMATIONAL request of the length of Delete(IKE)", 1),
        ...evidenceOf(exchange.response, "its acknowledgement; nothing follows", 1),
      ],
    };
  }
  return null;
};

function timeOf({ request }: Exchange): Micros {
  return firstSighting(request)?.time ?? 0;
}

function isDelete(context: TunnelContext, { sa, progress }: Setup, exchange: Exchange): boolean {
  const { exchangeType, request, response } = exchange;
  const answer = lastSighting(response);
  if (sa.majorVersion !== 2 || exchangeType !== EXCHANGE_V2.INFORMATIONAL) return false;
  if (request === null || answer === undefined) return false;
  const { fits, certain } = deleteIkeLength(request.message, progress.suite);
  if (!fits || (progress.upAt !== null && timeOf(exchange) - progress.upAt < AFTER_SETUP)) return false;
  const { streams } = context.tunnel;
  const end = Math.max(-Infinity, ...streams.map(({ lastTime }) => lastTime));
  const isRecent = end >= timeOf(exchange) - (certain ? BEFORE.certain : BEFORE.ambiguous);
  if (!isRecent || end > answer.time + UNDER_WAY) return false;
  const isLast = context.setups.every(({ sa: other }) => other.id === sa.id || other.lastTime < answer.time);
  return isLast && silenceAfter(context, answer) >= PROOF;
}
