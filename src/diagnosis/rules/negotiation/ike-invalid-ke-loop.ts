import { evidenceOf } from "../../evidence.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { roundsBySetup, wasOffered, groupText, sentGroup } from "../../facts/negotiation/invalid-ke.js";
import { isRepeatedInVain, lostDemand } from "../../facts/silence/repeated-in-vain.js";
import { defineRule } from "../../rule.js";
import { listed, say } from "../../../texts/message.js";

/**
 * Asked for another group more than once in one setup, or for a group that was not offered, or in answer to a request that
 * is repeated unchanged, and not healed by it.
 */
export const ikeInvalidKeLoop = defineRule({
  code: "ike-invalid-ke-loop",
  severity: "critical",
  title: "The peers do not find a common key exchange group",
  explanation:
    "The responder asks again and again for another group (INVALID_KE_PAYLOAD), or for one that the initiator never offered.",
  signature:
    "INVALID_KE_PAYLOAD answers more than one IKE_SA_INIT of a setup, or each repeat of one, or asks for a group that the offer does not have.",
  remedies: [
    "Offer the requested group at the initiator, and put it first.",
    "Remove groups at the responder that it does not really accept.",
    "Where it asks for another group each time: are several gateways behind its address? Give them the same proposals, and each client to one of them.",
  ],
  commands: ["proposals"],
  references: ["RFC 7296 section 1.2"],
  onlyWith: ["demand"],
  detect: (context) => {
    const stuck = roundsBySetup(context).filter(
      (rounds) =>
        rounds[0]?.setup.progress.chosen === null &&
        (rounds.length > 1 || rounds.some((round) => !wasOffered(round) || isRepeatedInVain(round.exchange))),
    );
    const rounds = stuck.at(-1);
    const last = rounds?.at(-1);
    if (rounds === undefined || last === undefined) return null;
    const wanted = groupText(last);
    const times = rounds.reduce((sum, { answer }) => sum + answer.tries, 0);
    // The same request again, and the wanted group in it: the demand may be lost on its way.
    const isIgnored = rounds.length === 1 && wasOffered(last);
    const { sa } = last.setup;
    const turns = [...new Set(rounds.map(groupText))];
    const takesTurns =
      turns.length > 1 &&
      rounds.some((round) => sentGroup(round) !== wanted && turns.includes(sentGroup(round)));
    return {
      ...severityUnlessMended(context, last.setup, last.time),
      confidence: isIgnored ? "possible" : "certain",
      provenance: isIgnored ? "inferred" : "observed",
      phase: "IKE_SA_INIT",
      headline: takesTurns
        ? say`${sa.responder.address} asks for group ${listed(turns, "and")} in turn (INVALID_KE_PAYLOAD, ${times} times)`
        : times > 1
          ? say`${sa.responder.address} asks for group ${wanted} again and again (INVALID_KE_PAYLOAD, ${times} times)`
          : say`${sa.responder.address} asks for group ${wanted}, ${wasOffered(last) ? say`and ${sa.initiator.address} repeats its request unchanged` : say`which ${sa.initiator.address} does not offer`} (INVALID_KE_PAYLOAD)`,
      summary: takesTurns
        ? say`${sa.responder.address} answers IKE_SA_INIT with INVALID_KE_PAYLOAD each time: it asks for a group, refuses that when it comes, and asks for another one. So it is not one gateway with one configuration: several with different proposals behind one address look like this.`
        : say`${sa.responder.address} answers IKE_SA_INIT with INVALID_KE_PAYLOAD and asks for ${wanted}. ${
            wasOffered(last)
              ? say`The initiator offered that group but does not go on with it${isIgnored ? ": it repeats the same request" : ""}.`
              : say`${sa.initiator.address} never offered that group, so it cannot go on.`
          }`,
      evidence: rounds
        .slice(-4)
        .flatMap((round) => [
          ...evidenceOf(round.exchange.request, say`IKE_SA_INIT with group ${sentGroup(round)}`, 1),
          ...evidenceOf(round.answer, say`INVALID_KE_PAYLOAD, asks for ${groupText(round)}`, 1),
        ]),
      ...(isIgnored ? { rivals: [lostDemand("INVALID_KE_PAYLOAD")] } : {}),
    };
  },
});
