import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { notifiesOf } from "../../../session/payloads.js";
import { evidenceOf } from "../../evidence.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** COOKIE with PUZZLE: the responder defends itself, and makes each client work for its answer (RFC 8019). */
export const puzzleDemanded = defineRule({
  code: "puzzle-demanded",
  severity: "warning",
  title: "The responder demands a puzzle before it goes on",
  explanation:
    "The responder takes itself to be under attack and makes clients compute before it answers (RFC 8019). Clients that do not know puzzles are served late or not at all.",
  signature: "The answer to IKE_SA_INIT holds PUZZLE beside COOKIE.",
  remedies: [
    "At the responder: is there an attack, or are the limits of half-open IKE SAs too low for the number of clients?",
    "At the client: an implementation that supports puzzles; otherwise wait.",
  ],
  commands: ["load", "halfOpen"],
  references: ["RFC 8019"],
  onlyWith: ["demand"],
  detect: ({ setups }) => {
    for (const { sa, progress } of setups.toReversed()) {
      const round = progress.opening.find(({ response }) =>
        notifiesOf(response?.message).some(({ notifyType }) => notifyType === NOTIFY_V2.PUZZLE),
      );
      if (round === undefined) continue;
      const goesOn = progress.chosen !== null;
      return {
        ...(goesOn ? { severity: "info" } : {}),
        confidence: "certain",
        provenance: "observed",
        phase: "IKE_SA_INIT",
        headline: say`${sa.responder.address} demands a puzzle of ${sa.initiator.address}${goesOn ? ", which was solved or ignored" : ""}`,
        summary: joined(
          say`${sa.responder.address} answers IKE_SA_INIT with PUZZLE beside COOKIE, as a responder does that is under attack or takes itself to be. `,
          goesOn
            ? "The setup went on all the same."
            : say`${sa.initiator.address} has not gone on: it is still working, or it does not know puzzles and has to wait until the responder is less busy.`,
        ),
        evidence: evidenceOf(round.response, "COOKIE and PUZZLE", 2),
      };
    }
    return null;
  },
});
