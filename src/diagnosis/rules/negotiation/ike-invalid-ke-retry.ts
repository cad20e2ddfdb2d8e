import { evidenceOf } from "../../evidence.js";
import { roundsBySetup, sentGroup, groupText } from "../../facts/negotiation/invalid-ke.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** Asked for another group once, and then went on: normal. */
export const ikeInvalidKeRetry = defineRule({
  code: "ike-invalid-ke-retry",
  severity: "info",
  title: "One extra round trip: the initiator guessed another key exchange group",
  explanation:
    "The responder asked once for another group and the initiator went on with it. That is normal operation.",
  signature:
    "INVALID_KE_PAYLOAD answers one IKE_SA_INIT, and the next one, with the group that was asked for, is accepted.",
  remedies: [
    "Put the group that the responder asks for first in the initiator's proposal to save the round trip.",
  ],
  commands: ["proposals"],
  references: ["RFC 7296 section 1.2"],
  onlyWith: ["demand"],
  detect: (context) => {
    const healed = roundsBySetup(context).find((rounds) => rounds[0]?.setup.progress.chosen !== null);
    const round = healed?.[0];
    if (round === undefined) return null;
    return {
      confidence: "certain",
      provenance: "observed",
      phase: "IKE_SA_INIT",
      headline: say`the initiator guessed group ${sentGroup(round)}, the responder asked for ${groupText(round)}: one more round trip`,
      summary: say`The initiator's first IKE_SA_INIT carried a key for ${sentGroup(round)}; the responder asked for ${groupText(round)}, and the setup went on with it.`,
      evidence: [
        ...evidenceOf(round.answer, say`INVALID_KE_PAYLOAD, asks for ${groupText(round)}`, 1),
        ...evidenceOf(round.setup.progress.chosen?.response ?? null, "accepted", 1),
      ],
    };
  },
});
