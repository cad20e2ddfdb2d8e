import type { ReasonTable } from "./reason.js";

/** Reasons in VPN events and in the debug log of ike. */
export const FORTIGATE_REASONS: ReasonTable = {
  by: "FortiGate",
  product: "fortigate",
  source: "docs.fortinet.com, FortiOS Log Message Reference",
  reasons: [
    {
      said: "peer SA proposal not match local policy",
      codes: ["ike-no-proposal-chosen", "child-no-proposal-chosen"],
    },
    { said: "no SA proposal chosen", codes: ["ike-no-proposal-chosen", "child-no-proposal-chosen"] },
    { said: "probable pre-shared secret mismatch", codes: ["authentication-failed"] },
    { said: "PSK auth failed: probable pre-shared key mismatch", codes: ["authentication-failed"] },
    { said: "failed to match peer selectors", codes: ["child-ts-unacceptable", "child-rejected"] },
    { said: "negotiation timeout, deleting", codes: ["ike-init-unanswered", "ike-auth-unanswered"] },
    { said: "IPsec DPD failed", codes: ["dpd-timeout"] },
  ],
};
