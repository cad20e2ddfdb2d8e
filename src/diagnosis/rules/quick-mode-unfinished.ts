import { EXCHANGE_V1 } from "../../ike/registries/exchanges.js";
import type { Exchange } from "../../session/model.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../session/progress.js";
import type { Setup, TunnelContext, TunnelRule } from "../context.js";
import { evidenceOf, triesText } from "../evidence.js";
import { severityUnlessMended } from "../healing.js";
import { silenceAfter } from "../silence.js";
import { endsOf, sendsEspAfter } from "../unanswered.js";

/** A lost Quick Mode 3 is sent again when Quick Mode 2 comes again; the third repeat says that it does not help. */
const LEAST_ANSWERS = 3;
/** After the last Quick Mode 2 the third message had this long to come. */
const PROOF = 2_000_000;

/**
 * IKEv1: quick mode 1 is answered and not repeated, so the answer arrived; yet quick mode 2 comes again and again and
 * quick mode 3 never. Where both repeat, it is `ike-response-lost`.
 */
export const quickModeUnfinished: TunnelRule = (context) => {
  const failed = context.setups.flatMap((setup) =>
    setup.progress.quick
      .filter((exchange) => isUnfinished(exchange, setup, context))
      .map((exchange) => ({ setup, exchange })),
  );
  const last = failed.at(-1);
  if (last?.exchange.response == null) return null;
  const { setup, exchange } = last;
  const [asker, answerer] = endsOf(setup.sa, exchange.startedBy);
  const { response } = last.exchange;
  return {
    code: "quick-mode-unfinished",
    ...severityUnlessMended(context, setup, lastTimeOf(response)),
    confidence: "likely",
    provenance: "deduced",
    phase: "QUICK_MODE",
    headline: `Quick Mode 3 of ${asker.address} never came (Quick Mode 2 was sent ${triesText(response)})`,
    summary:
      `${asker.address} asked with Quick Mode 1 once, so it received the answer; ${answerer.address} sent Quick Mode 2 again and again (${triesText(response)}), ` +
      `because Quick Mode 3 does not arrive. ${answerer.address} does not install the SA before it: what ${asker.address} encrypts is dropped there. ${side(context, exchange)}`,
    evidence: [
      ...evidenceOf(exchange.request, "Quick Mode 1", 1),
      ...evidenceOf(response, "Quick Mode 2, Quick Mode 3 does not follow", 3),
    ],
    rivals: [
      {
        code: "child-rejected",
        separatedBy: `the log of ${asker.address}: it received Quick Mode 2 and does not accept what is in it`,
      },
      {
        code: "ike-response-lost",
        separatedBy: `a capture at ${asker.address}: whether Quick Mode 2 arrives, and Quick Mode 3 leaves`,
      },
    ],
  };
};

function isUnfinished(
  { exchangeType, messageId, step, request, response, startedBy }: Exchange,
  { sa, progress }: Setup,
  context: TunnelContext,
): boolean {
  const answer = lastSighting(response);
  if (exchangeType !== EXCHANGE_V1.QUICK_MODE || step !== 1) return false;
  if (request === null || response === null || answer === undefined) return false;
  if (response.tries < LEAST_ANSWERS || lastTimeOf(request) > firstTimeOf(response)) return false;
  const hasThird = progress.quick.some((other) => other.messageId === messageId && other.step > 1);
  if (hasThird || silenceAfter(context, answer) < PROOF) return false;
  // The answering side encrypts only when it has installed the SA: then the third message came and was missed here.
  const [, answerer] = endsOf(sa, startedBy);
  return !sendsEspAfter(context, answerer.address, answer.time);
}

function side({ vantage, setups }: TunnelContext, { startedBy }: Exchange): string {
  const isFirst = setups[0] !== undefined && startedBy === "initiator";
  const nearAsker = vantage.place === (isFirst ? "near-initiator" : "near-responder");
  if (nearAsker)
    return "Seen near the asker: it does not send Quick Mode 3 at all, so its own log has the reason.";
  return vantage.place === "between" || vantage.place === "unknown"
    ? "Either the asker does not send it, or it is lost before this point."
    : "Seen near the answering side: either the asker does not send it, or it is lost on the way.";
}
