import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import { NOTIFY_V1 } from "../../../ike/registries/notify-v1.js";
import type { Exchange, Transmission } from "../../../session/model.js";
import { lastTimeOf } from "../../../session/sightings.js";
import { attemptsText, evidenceOf, triesText } from "../../evidence.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import {
  isOtherModeAnswered,
  answeredOtherMode,
  type UnansweredOpening,
  unansweredOpenings,
} from "../../facts/negotiation/opening-stage.js";
import { refusalsOf } from "../../facts/negotiation/refusals.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** IKEv2 has no modes. */
const NEVER = -1;

interface Mismatch extends UnansweredOpening {
  /** The clear refusal; null where the responder stays silent. */
  readonly refusal: Transmission | null;
}

/**
 * IKEv1: one mode (main, aggressive) is refused as an exchange type, or stays unanswered, while the same responder answers
 * the other mode of the same peer.
 */
export const ikeModeMismatch = defineRule({
  code: "ike-mode-mismatch",
  severity: "critical",
  title: "The peers use different IKEv1 modes",
  explanation:
    "One side opens with main mode and the other expects aggressive mode, or the reverse; the message is refused or not answered.",
  signature:
    "IKEv1: the first message of one mode is refused with INVALID-EXCHANGE-TYPE or UNSUPPORTED-EXCHANGE-TYPE in clear, or repeats without an answer while the same responder answers the other mode of the same peer.",
  remedies: [
    "Configure the same mode at both ends.",
    "Prefer main mode, or better IKEv2: aggressive mode shows identity and a hash over the pre-shared key in clear.",
  ],
  commands: ["version", "log"],
  references: ["RFC 2409 section 5"],
  onlyWith: ["ikev1"],
  detect: (context) => {
    const silent = unansweredOpenings(context)
      .filter((opening) => isOtherModeAnswered(context, opening))
      .map((opening): Mismatch => ({ ...opening, refusal: null }));
    const refused = [NOTIFY_V1.INVALID_EXCHANGE_TYPE, NOTIFY_V1.UNSUPPORTED_EXCHANGE_TYPE].flatMap((type) =>
      refusalsOf(context, NEVER, type).map(({ setup, exchange, answer }): Mismatch => ({
        setup,
        exchange,
        refusal: answer,
      })),
    );
    const found = [...refused, ...silent];
    const last = found.at(-1);
    if (last?.exchange.request == null) return null;
    const { setup, exchange, refusal } = last;
    const { sa } = setup;
    const [mode, other] = namesOf(exchange);
    const answered = answeredOtherMode(context, sa, exchange);
    return {
      ...severityUnlessMended(context, setup, lastTimeOf(refusal ?? last.exchange.request)),
      confidence: refusal === null ? "likely" : "certain",
      provenance: refusal === null ? "deduced" : "observed",
      phase: exchange.exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE ? "AGGRESSIVE_MODE" : "MAIN_MODE",
      headline: say`${sa.responder.address} does not take ${mode} (${triesText(last.exchange.request)}${attemptsText(found)})${answered === null ? "" : say`, but answers ${other}`}`,
      summary:
        refusal === null
          ? say`${sa.initiator.address} opens with ${mode} and gets no answer, while ${sa.responder.address} answers ${other} of the same peer: the path is open, and the mode is what it ignores.`
          : say`${sa.initiator.address} opens with ${mode}, and ${sa.responder.address} refuses that exchange type (the message claims so; it is not authenticated).`,
      evidence: [
        ...evidenceOf(exchange.request, `${mode} 1`, 3),
        ...evidenceOf(refusal, "refused as exchange type", 1),
        ...evidenceOf(answered, say`${other} is answered`, 1),
      ],
      ...(refusal === null
        ? {
            rivals: [
              {
                code: "ike-init-unanswered",
                separatedBy: say`a capture at the responder: whether ${mode} arrives there at all`,
              },
            ],
          }
        : {}),
    };
  },
});

function namesOf({ exchangeType }: Exchange): readonly [string, string] {
  return exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE
    ? ["Aggressive Mode", "Main Mode"]
    : ["Main Mode", "Aggressive Mode"];
}
