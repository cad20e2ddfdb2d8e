import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import { suiteOf } from "../../../ike/suite.js";
import { saOf } from "../../../session/payloads.js";
import type { Transmission } from "../../../session/model.js";
import { evidenceOf } from "../../evidence.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

interface Offer {
  readonly by: string;
  readonly seconds: number;
  readonly request: Transmission;
}

/**
 * IKEv1: both sides have begun a phase 1 in this capture, and their first transforms name different lifetimes, in clear.
 * The answer to an offer repeats the offer's lifetime, so one side's setups alone tell nothing.
 */
export const lifetimeMismatch = defineRule({
  code: "lifetime-mismatch",
  severity: "warning",
  title: "The two sides have different lifetimes",
  explanation:
    "IKEv1 negotiates lifetimes, and the two sides offer different ones. Daemons treat that differently.",
  signature: "IKEv1: the lifetimes in the SA payloads that the two sides send as initiators differ.",
  remedies: ["Configure the same phase 1 and phase 2 lifetimes at both sides."],
  commands: ["lifetimes"],
  references: ["RFC 2409"],
  onlyWith: ["ikev1", "beyond-setup"],
  detect: ({ setups }) => {
    const offers = setups.flatMap(({ sa, progress }): Offer[] => {
      const request = sa.majorVersion === 1 && sa.startSeen ? progress.opening[0]?.request : null;
      const payload = saOf(request ?? null);
      const seconds = payload === null ? null : (suiteOf(payload)?.lifetimeSeconds ?? null);
      // 0 is what is sent where none is configured.
      return request == null || seconds === null || seconds === 0
        ? []
        : [{ by: sa.initiator.address, seconds, request }];
    });
    const one = offers.at(-1);
    const other = offers.findLast(({ by, seconds }) => by !== one?.by && seconds !== one?.seconds);
    if (one === undefined || other === undefined) return null;
    return {
      confidence: "certain",
      provenance: "observed",
      phase:
        one.request.message.header.exchangeType === EXCHANGE_V1.MAIN_MODE ? "MAIN_MODE" : "AGGRESSIVE_MODE",
      headline: say`the peers offer different IKE lifetimes (${one.by}: ${one.seconds} s, ${other.by}: ${other.seconds} s)`,
      summary: say`${one.by} offers a phase 1 lifetime of ${one.seconds} s and ${other.by} one of ${other.seconds} s. Some daemons take the shorter one, others refuse a longer one than their own, or keep an SA that the other side has already removed.`,
      evidence: [
        ...evidenceOf(other.request, say`offer with a lifetime of ${other.seconds} s`, 1),
        ...evidenceOf(one.request, say`offer with a lifetime of ${one.seconds} s`, 1),
      ],
    };
  },
});
