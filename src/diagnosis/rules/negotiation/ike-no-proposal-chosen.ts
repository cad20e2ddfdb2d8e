import { NOTIFY_V1 } from "../../../ike/registries/notify-v1.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { formatOffer } from "../../../ike/offer.js";
import { saOf } from "../../../session/progress.js";
import type { TunnelRule } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import { messageName, phaseOf } from "../../phases.js";
import { severityUnlessMended } from "../../facts/healing.js";
import { refusalsOf } from "../../facts/refusals.js";

/** Proposals of one offer that are printed; a summary is no dump. */
const OFFER_LINES = 12;

/** A clear NO_PROPOSAL_CHOSEN answers the first message. It is not authenticated: the message claims. */
export const ikeNoProposalChosen: TunnelRule = (context) => {
  const refusals = refusalsOf(context, NOTIFY_V2.NO_PROPOSAL_CHOSEN, NOTIFY_V1.NO_PROPOSAL_CHOSEN);
  const last = refusals.at(-1);
  if (last === undefined) return null;
  const { sa } = last.setup;
  const offer = saOf(last.exchange.request);
  const lines = offer === null ? [] : formatOffer(offer);
  const shown = lines.slice(0, OFFER_LINES).join("; ");
  const more = lines.length > OFFER_LINES ? ` and ${lines.length - OFFER_LINES} more` : "";
  const opening = messageName(sa, last.exchange, "request");
  return {
    code: "ike-no-proposal-chosen",
    ...severityUnlessMended(context, last.setup, last.time),
    confidence: "certain",
    provenance: "observed",
    phase: phaseOf(sa, last.exchange),
    headline: `${sa.responder.address} refuses the offer: NO_PROPOSAL_CHOSEN${attemptsText(refusals)}`,
    summary:
      `${sa.responder.address} answers ${opening} of ${sa.initiator.address} with NO_PROPOSAL_CHOSEN (the message claims so; it is not authenticated). ` +
      (lines.length === 0 ? "The offer itself is not in the capture." : `Offered: ${shown}${more}.`),
    evidence: [
      ...evidenceOf(last.exchange.request, `${opening} with the offer`, 1),
      ...refusals.slice(-3).flatMap(({ answer }) => evidenceOf(answer, "NO_PROPOSAL_CHOSEN", 1)),
    ],
    rivals: [
      {
        code: "peer-selectively-silent",
        separatedBy:
          "the responder's log: without any configuration for this peer some daemons answer the same ('no IKE config found')",
      },
    ],
  };
};
