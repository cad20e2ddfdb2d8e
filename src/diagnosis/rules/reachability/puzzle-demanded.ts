import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { notifiesOf } from "../../../session/progress.js";
import type { TunnelRule } from "../../context.js";
import { evidenceOf } from "../../evidence.js";

/** COOKIE with PUZZLE: the responder defends itself, and makes each client work for its answer (RFC 8019). */
export const puzzleDemanded: TunnelRule = ({ setups }) => {
  for (const { sa, progress } of setups.toReversed()) {
    const round = progress.opening.find(({ response }) =>
      notifiesOf(response?.message).some(({ notifyType }) => notifyType === NOTIFY_V2.PUZZLE),
    );
    if (round === undefined) continue;
    const goesOn = progress.chosen !== null;
    return {
      code: "puzzle-demanded",
      ...(goesOn ? { severity: "info" } : {}),
      confidence: "certain",
      provenance: "observed",
      phase: "IKE_SA_INIT",
      headline: `${sa.responder.address} demands a puzzle of ${sa.initiator.address}${goesOn ? ", which was solved or passed over" : ""}`,
      summary:
        `${sa.responder.address} answers IKE_SA_INIT with PUZZLE beside COOKIE, as a responder does that is under attack or takes itself to be. ` +
        (goesOn
          ? "The setup went on all the same."
          : `${sa.initiator.address} has not gone on: it is still working, or it does not know puzzles and has to wait until the responder is less busy.`),
      evidence: evidenceOf(round.response, "COOKIE and PUZZLE", 2),
    };
  }
  return null;
};
