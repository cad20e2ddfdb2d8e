import type { TunnelRule } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import { roundsBySetup, sentGroup, groupText } from "../../facts/invalid-ke.js";

/** Asked for another group once, and then went on: normal. */
export const ikeInvalidKeRetry: TunnelRule = (context) => {
  const healed = roundsBySetup(context).find((rounds) => rounds[0]?.setup.progress.chosen !== null);
  const round = healed?.[0];
  if (round === undefined) return null;
  return {
    code: "ike-invalid-ke-retry",
    confidence: "certain",
    provenance: "observed",
    phase: "IKE_SA_INIT",
    headline: `group ${sentGroup(round)} was guessed, ${groupText(round)} was wanted: one more round trip`,
    summary: `The initiator's first IKE_SA_INIT carried a key for ${sentGroup(round)}; the responder asked for ${groupText(round)}, and the setup went on with it.`,
    evidence: [
      ...evidenceOf(round.answer, `INVALID_KE_PAYLOAD, wants ${groupText(round)}`, 1),
      ...evidenceOf(round.setup.progress.chosen?.response ?? null, "accepted", 1),
    ],
  };
};
