import { humanDuration } from "../../../bytes/time.js";
import { NOTIFY_V1 } from "../../../ike/registries/notify-v1.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { formatOffer } from "../../../ike/offer.js";
import { saOf } from "../../../session/payloads.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import { messageName, phaseOf } from "../../phases.js";
import { MAY_BE_FORGED } from "../../facts/negotiation/clear-refusals.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { refusalsOf } from "../../facts/negotiation/refusals.js";
import { takenOffer } from "../../facts/negotiation/walked-offers.js";
import { withScanInMind } from "../../facts/scan/may-be-scan.js";
import type { Verdict } from "../../finding.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** Proposals of one offer that are printed; a summary is no dump. */
const OFFER_LINES = 12;

/** A clear NO_PROPOSAL_CHOSEN answers the first message. It is not authenticated: the message claims. */
export const ikeNoProposalChosen = defineRule({
  code: "ike-no-proposal-chosen",
  severity: "critical",
  title: "The responder accepts none of the offered IKE proposals",
  explanation:
    "The responder answered with NO_PROPOSAL_CHOSEN: no offered combination of encryption, integrity, PRF and key exchange group is allowed there, or it has no configuration for this peer.",
  signature:
    "The first message is answered with NO_PROPOSAL_CHOSEN in clear (in IKEv1 by an INFORMATIONAL), and no normal answer overrides it. A client that goes through its offers within seconds until one is accepted is only noted.",
  remedies: [
    "Compare the initiator's offer with the responder's configuration and align encryption, integrity, PRF and group on one side.",
    "The responder's log prints what it received and what it is configured with.",
    "Check at the responder that a connection exists for this peer's address and IKE version at all: some implementations answer so when there is none.",
  ],
  commands: ["proposals", "log"],
  references: ["RFC 7296 section 2.7", "RFC 7296 section 2.21.1", "RFC 2408 section 5.4"],
  detect: (context) => {
    const refusals = refusalsOf(context, NOTIFY_V2.NO_PROPOSAL_CHOSEN, NOTIFY_V1.NO_PROPOSAL_CHOSEN);
    const last = refusals.at(-1);
    if (last === undefined) return null;
    const { sa } = last.setup;
    const offer = saOf(last.exchange.request);
    const lines = offer === null ? [] : formatOffer(offer);
    const shown = lines.slice(0, OFFER_LINES).join("; ");
    const more = lines.length > OFFER_LINES ? say` and ${lines.length - OFFER_LINES} more` : "";
    const isAsked = refusals.some(
      ({ exchange, answer }) => exchange.request !== null && exchange.request !== answer,
    );
    const isAlone = last.exchange.request === last.answer;
    const opening = isAlone ? "the first message" : messageName(sa, last.exchange, "request");
    const taken = takenOffer(context, refusals);
    const verdict: Verdict = {
      ...severityUnlessMended(context, last.setup, last.time),
      ...(taken === null ? {} : { severity: "info" as const }),
      // One packet in clear is soon forged: what it answers makes it certain.
      confidence: isAsked ? "certain" : "likely",
      provenance: "observed",
      phase: isAlone ? "MAIN_MODE" : phaseOf(sa, last.exchange),
      headline: say`${sa.responder.address} refuses the offer: NO_PROPOSAL_CHOSEN${attemptsText(refusals)}`,
      summary: joined(
        say`${sa.responder.address} answers ${opening} of ${sa.initiator.address} with NO_PROPOSAL_CHOSEN (the message claims so; it is not authenticated). `,
        lines.length === 0 ? "The offer itself is not in the capture." : say`Offered: ${shown}${more}.`,
        taken === null
          ? ""
          : say` ${sa.initiator.address} goes through its offers: the next one is accepted ${humanDuration(taken.sa.firstTime - last.time)} later.`,
      ),
      evidence: refusals
        .slice(-3)
        .flatMap(({ exchange, answer }) => [
          ...(exchange.request === answer
            ? []
            : evidenceOf(exchange.request, say`${opening} with the offer`, 1)),
          ...evidenceOf(answer, "NO_PROPOSAL_CHOSEN", 1),
        ]),
      rivals: [
        ...(isAsked ? [] : [MAY_BE_FORGED]),
        {
          code: "peer-config-missing",
          separatedBy:
            "the responder's log: without any configuration for this peer some daemons answer the same ('no IKE config found')",
        },
      ],
    };
    return withScanInMind(
      verdict,
      refusals.map(({ setup }) => setup),
    );
  },
});
