import type { ReasonTable } from "./reason.js";

/** Messages of the system log. */
export const PALO_ALTO_REASONS: ReasonTable = {
  by: "Palo Alto",
  product: "palo-alto",
  source: "Interpret VPN Error Messages",
  reasons: [
    {
      said: "IKE phase-1 negotiation is failed as initiator, main mode. Failed SA: * due to timeout",
      codes: ["ike-init-unanswered", "authentication-failed"],
    },
    {
      said: "Couldn't find configuration for IKE phase-1 request for peer IP",
      codes: ["peer-config-missing", "ike-init-unanswered"],
    },
    { said: "Unable to process peer's SA payload", codes: ["ike-no-proposal-chosen"] },
    {
      said: "IKE phase-2 negotiation failed when processing proxy ID",
      codes: ["child-ts-unacceptable", "child-rejected", "quick-mode-unanswered"],
    },
    {
      said: "IKE phase-2 negotiation failed when processing SA payload",
      also: ["No suitable proposal found in peer's SA payload"],
      codes: ["child-no-proposal-chosen", "child-rejected", "quick-mode-unanswered"],
    },
    {
      said: "pfs group mismatched",
      codes: ["child-no-proposal-chosen", "rekey-failed"],
    },
  ],
};
