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
    { said: "probable pre-shared secret mismatch", codes: ["authentication-failed"] },
    { said: "IPsec DPD failed", codes: ["dpd-timeout"] },
  ],
};
