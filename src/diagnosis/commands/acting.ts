import type { Code } from "../codes.js";

/** The peer of a tunnel that must act. */
export type Acting = "initiator" | "responder" | "both";

/**
 * The side on which a finding is mended or explained, where that is always the same: who refuses has the reason in its log, who
 * is silent is looked at first. For all others it is open which side must act.
 */
const ACTING: Readonly<Partial<Record<Code, Acting>>> = {
  "ike-init-unanswered": "responder",
  "icmp-port-unreachable": "responder",
  "icmp-host-unreachable": "responder",
  "icmp-protocol-unreachable": "responder",
  "half-open-limit": "responder",
  "peer-selectively-silent": "responder",
  "ike-auth-unanswered": "responder",
  "ike-auth-missing": "initiator",
  "ike-no-proposal-chosen": "responder",
  "ike-version-mismatch": "responder",
  "ike-unsupported-extension": "responder",
  "ike-invalid-ke-loop": "initiator",
  "cookie-loop": "initiator",
  "redirect-loop": "initiator",
  "puzzle-demanded": "initiator",
  "authentication-failed": "responder",
  "authentication-rejected-by-initiator": "initiator",
  "eap-failed": "responder",
  "eap-stalled": "responder",
  "xauth-stalled": "responder",
  "responder-slow": "responder",
  "quick-mode-unanswered": "responder",
  "quick-mode-unfinished": "initiator",
};

/** The peer that must act on a finding. */
export function actingOn(code: Code): Acting {
  return ACTING[code] ?? "both";
}
