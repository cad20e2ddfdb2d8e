import type { Exchange, Transmission } from "../../session/model.js";
import { errorNotify } from "../../session/progress.js";
import type { Setup, TunnelContext, TunnelRule } from "../context.js";
import {
  evidenceOf,
  firstTimeOf,
  lastTimeOf,
  messageName,
  phaseOf,
  severityUnlessHealed,
  triesText,
} from "../context.js";

/**
 * The exchange that an IKE SA stopped at has its response in the capture, and still the request comes again and the
 * response is sent again: it does not arrive. Null where the requester went on.
 */
export function lostResponse({ sa }: Setup): Exchange | null {
  const last = sa.exchanges.findLast(({ expectsResponse }) => expectsResponse);
  if (last?.request == null || last.response === null) return null;
  // RFC 7296 2.21.1: a clear error is not authenticated, so an initiator that received it may well ask again.
  if (errorNotify(last.response) !== null) return null;
  const answeredAt = firstTimeOf(last.response);
  const repeats = last.request.sightings.filter(({ time }) => time > answeredAt).length;
  return repeats >= 2 && last.response.tries >= 2 ? last : null;
}

export const ikeResponseLost: TunnelRule = (context) => {
  const failed = context.setups.flatMap((setup) => {
    const exchange = lostResponse(setup);
    return exchange === null ? [] : [{ setup, exchange }];
  });
  const last = failed.at(-1);
  if (last?.exchange.request == null || last.exchange.response === null) return null;
  const { exchange, setup } = last;
  const { sa } = setup;
  const request: Transmission = last.exchange.request;
  const response: Transmission = last.exchange.response;
  const [asker, answerer] =
    exchange.startedBy === "initiator" ? [sa.initiator, sa.responder] : [sa.responder, sa.initiator];
  const [ask, answer] = [messageName(sa, exchange, "request"), messageName(sa, exchange, "response")];
  return {
    code: "ike-response-lost",
    ...severityUnlessHealed(context, setup, lastTimeOf(request)),
    confidence: "likely",
    provenance: "deduced",
    phase: phaseOf(sa, exchange),
    headline: `${answer} is sent ${response.tries} times but does not reach ${asker.address}`,
    summary:
      `${asker.address} sent ${ask} (${triesText(request)}), and ${answerer.address} answered ${response.tries} times. ` +
      `The asker goes on repeating, so the answers do not reach it. ${side(context, exchange.startedBy)}`,
    evidence: [...evidenceOf(request, ask, 3), ...evidenceOf(response, answer, 3)],
    rivals: [
      {
        code: "authentication-rejected-by-initiator",
        separatedBy: "the asker's log: it receives the answer and drops it as invalid",
      },
    ],
  };
};

function side({ vantage }: TunnelContext, asker: "initiator" | "responder"): string {
  switch (vantage.place) {
    case "near-initiator":
    case "near-responder":
      return vantage.place === `near-${asker}`
        ? "The answers come as far as the asker's own network: look at that host (firewall input, reverse path filter, checksum)."
        : "The answers leave the answering side: they are lost on the way back.";
    case "between":
      return "The answers pass this point and are lost between it and the asker.";
    case "unknown":
      return "The answers are lost somewhere behind this point.";
  }
}
