import { hex32 } from "../../../bytes/hex.js";
import { hasCounted, isInbound, statesOf } from "../../facts/host/kernel.js";
import { dumpLine } from "../../facts/host/lines.js";
import { defineHostRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** A state lives, and no policy leads traffic into it, or lets its traffic in. */
export const xfrmNoPolicy = defineHostRule({
  code: "xfrm-no-policy",
  severity: "critical",
  title: "The kernel has a state, and no policy that uses it",
  explanation:
    "A policy of a Child SA is missing in one direction: outbound, its packets leave in clear; inbound, they are dropped after decryption.",
  signature:
    "A state with keys in tunnel mode, without interface ID and mark, whose reqid no policy of its direction names, while a policy of the other direction does.",
  remedies: [
    "Who removed it? ip xfrm monitor while it happens; scripts that flush policies, a second IPsec daemon.",
    "Set the Child SA up again; until then a firewall rule that drops clear traffic to the peer's networks.",
  ],
  references: ["RFC 4301 section 5"],
  needs: ["host"],
  yieldsTo: ["xfrm-template-mismatch"],
  detect: (context) => {
    const { records } = context.host;
    const policies = records.policies.at(-1)?.entries;
    const states = statesOf(context);
    if (policies === undefined || states === null) return null;
    for (const state of states) {
      if (state.larval || state.mode !== "tunnel" || state.ifId !== null || state.mark !== null) continue;
      const isIn = isInbound(context, state);
      const own = policies.filter(({ template }) => template?.reqid === state.reqid);
      if (own.some(({ direction }) => direction === (isIn ? "in" : "out"))) continue;
      if (own.length === 0 && !(isIn && hasCounted(records, "XfrmInNoPols"))) continue;
      const way = isIn ? "in" : "out";
      return {
        confidence: "certain",
        provenance: "observed",
        phase: "ESP",
        headline: say`${records.name} has no policy ${way} for reqid ${state.reqid} (SPI ${hex32(state.spi)})`,
        summary: say`State ${hex32(state.spi)} (reqid ${state.reqid}) of ${records.name} is there, and no policy ${way} names its reqid. ${isIn ? "What comes in it is decrypted and dropped." : "What should go in it leaves in clear, or by another route."}`,
        evidence: [],
        lines: [
          dumpLine(state.source, say`state ${hex32(state.spi)}, reqid ${state.reqid}`),
          ...own
            .slice(0, 2)
            .map(({ source, direction, src, dst }) =>
              dumpLine(source, say`policy ${direction} ${src} to ${dst}: reqid ${state.reqid}`),
            ),
        ],
      };
    }
    return null;
  },
});
