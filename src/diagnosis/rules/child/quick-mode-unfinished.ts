import { sideOf } from "../../facts/side.js";
import type { Address } from "../../../bytes/address.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Endpoint, Exchange, Transmission, IkeSa } from "../../../session/model.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { evidenceOf, triesText } from "../../evidence.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { sendsEspAfter } from "../../facts/silence/peer-heard.js";
import { endsOf } from "../../../session/model/queries.js";
import { endsEarly, whileOpen } from "../../grade.js";
import { defineRule } from "../../rule.js";
import { type Message, joined, say } from "../../../texts/message.js";

/** A lost Quick Mode 3 is sent again when Quick Mode 2 comes again; the third repeat says that it does not help. */
const LEAST_ANSWERS = 3;
/** If Quick Mode 3 is seen and does not help, one attempt more tells a path that is cut from one that loses. */
const LEAST_ANSWERED = 4;
/** After the last Quick Mode 2 the third message had this long to come. */
const PROVING_SILENCE_US = 2_000_000;

/**
 * IKEv1: quick mode 1 is answered and not repeated, so the answer arrived; yet quick mode 2 comes again and again, and
 * quick mode 3 never, or without effect: it is lost. Where quick mode 1 repeats too, it is
 * `ike-response-lost`.
 */
export const quickModeUnfinished = defineRule({
  code: "quick-mode-unfinished",
  severity: "critical",
  title: "Quick mode stops before its third message",
  explanation:
    "The second quick mode message arrives and is repeated, and the third never comes: the answering side does not install the SA.",
  signature:
    "Quick mode 1 is not repeated, quick mode 2 is, at least three times, and quick mode 3 never comes; or it comes each time and has no effect: the requester sends ESP and the answering side none.",
  remedies: [
    "The asking side's log: whether it accepts Quick Mode 2 and sends Quick Mode 3.",
    "If it does: that packet is lost on the way; capture at the answering side.",
  ],
  commands: ["log", "capture"],
  references: ["RFC 2409 section 5.5"],
  onlyWith: ["ikev1"],
  detect: (context) => {
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
    const third = thirdOf(setup, exchange);
    const repeats = say`Quick Mode 2 was sent ${triesText(response)}`;
    const rival = endsEarly(context, lastSighting(response), PROVING_SILENCE_US, "Quick Mode 3");
    return whileOpen(rival, {
      ...severityUnlessMended(context, setup, lastTimeOf(response)),
      confidence: "likely",
      provenance: "deduced",
      phase: "QUICK_MODE",
      headline:
        third === null
          ? say`Quick Mode 3 of ${asker.address} never came (${repeats})`
          : say`Quick Mode 3 of ${asker.address} has no effect (${repeats})`,
      summary: joined(
        say`${asker.address} asked with Quick Mode 1 once, so it received the answer; ${answerer.address} sent Quick Mode 2 again and again (${triesText(response)}), `,
        say`because its daemon does not get Quick Mode 3. ${answerer.address} does not install the SA before it: what ${asker.address} encrypts is dropped there. `,
        third === null ? side(context, setup.sa, exchange) : sideOfThird(context, asker, answerer, third),
      ),
      evidence: [
        ...evidenceOf(exchange.request, "Quick Mode 1", 1),
        ...evidenceOf(
          response,
          third === null ? "Quick Mode 2, Quick Mode 3 does not follow" : "Quick Mode 2",
          3,
        ),
        ...evidenceOf(third, "Quick Mode 3", 2),
      ],
      rivals: [
        {
          code: "child-rejected",
          separatedBy: say`the log of ${asker.address}: it received Quick Mode 2 and does not accept what is in it`,
        },
        {
          code: "ike-response-lost",
          separatedBy: say`a capture at ${asker.address}: whether Quick Mode 2 arrives, and Quick Mode 3 leaves`,
        },
      ],
    });
  },
});

function isUnfinished(exchange: Exchange, setup: Setup, context: TunnelContext): boolean {
  const { exchangeType, step, request, response, startedBy } = exchange;
  const answer = lastSighting(response);
  if (exchangeType !== EXCHANGE_V1.QUICK_MODE || step !== 1) return false;
  if (request === null || response === null || answer === undefined) return false;
  if (response.tries < LEAST_ANSWERS || lastTimeOf(request) > firstTimeOf(response)) return false;
  // The answering side encrypts only when it has installed the SA: then the third message came and was missed here.
  const [asker, answerer] = endsOf(setup.sa, startedBy);
  if (sendsEspAfter(context, answerer.address, answer.time)) return false;
  return thirdOf(setup, exchange) === null || isInVain(response, context, asker.address);
}

/** The last repeats may have arrived: only traffic of the asker that nobody answers shows that they did not. */
function isInVain({ tries, sightings }: Transmission, context: TunnelContext, asker: Address): boolean {
  return tries >= LEAST_ANSWERED && sendsEspAfter(context, asker, sightings.at(-1)?.time ?? 0);
}

/** Quick Mode 3 of the same quick mode, where it is in the capture. */
function thirdOf({ progress }: Setup, { messageId }: Exchange): Transmission | null {
  return progress.quick.find((other) => other.messageId === messageId && other.step > 1)?.request ?? null;
}

function side(context: TunnelContext, sa: IkeSa, { startedBy }: Exchange): Message {
  const [asker, answerer] = endsOf(sa, startedBy);
  switch (sideOf(context, asker.address)) {
    case "near":
      return say`Captured near ${asker.address}: it does not send Quick Mode 3 at all, so its own log has the reason.`;
    case "far":
      return say`Captured near ${answerer.address}: either ${asker.address} does not send it, or it is lost on the way.`;
    case "both-ends":
    case "between":
    case "unknown":
      return say`Either ${asker.address} does not send it, or it is lost before this point.`;
  }
}

/** Whether Quick Mode 3, which the capture has, is lost on the way or by the answering side's host, by the capture point. */
function sideOfThird(
  context: TunnelContext,
  asker: Endpoint,
  answerer: Endpoint,
  third: Transmission,
): Message {
  const tries = triesText(third);
  switch (sideOf(context, asker.address)) {
    case "near":
      return say`Captured near ${asker.address}: Quick Mode 3 leaves there (${tries}), so it is lost on the way to ${answerer.address}, or refused there.`;
    case "far":
      return say`Captured near ${answerer.address}: Quick Mode 3 arrives there (${tries}), so that host drops it, or its daemon refuses it.`;
    case "both-ends":
    case "between":
    case "unknown":
      return say`Quick Mode 3 passes this point (${tries}), so it is lost between here and ${answerer.address}, or refused there.`;
  }
}
