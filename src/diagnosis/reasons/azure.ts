import type { ReasonTable } from "./reason.js";

/** IKEErrors.txt of a troubleshooting run, with the Windows errors that it names. */
export const AZURE_REASONS: ReasonTable = {
  by: "Azure",
  product: "azure",
  source: "network-watcher-troubleshoot-overview",
  reasons: [
    {
      said: "Authentication failed. Check shared key. Check crypto. Check lifetimes.",
      also: ["ERROR_IPSEC_IKE_AUTH_FAIL", "13801", "0x35E9"],
      codes: ["authentication-failed"],
    },
    {
      said: "Policy match error",
      also: ["ERROR_IPSEC_IKE_POLICY_MATCH", "13868", "0x362C"],
      codes: ["ike-no-proposal-chosen", "child-no-proposal-chosen"],
    },
    {
      said: "Peer sent NO_PROPOSAL_CHOSEN notify",
      codes: ["ike-no-proposal-chosen", "child-no-proposal-chosen"],
    },
    {
      said: "On-prem device sent invalid payload",
      also: ["ERROR_IPSEC_IKE_INVALID_PAYLOAD", "13843"],
      codes: ["ike-malformed"],
    },
    {
      said: "Error decrypting payload",
      also: ["ERROR_IPSEC_IKE_DECRYPT", "13867", "0x362B"],
      codes: ["authentication-failed"],
    },
  ],
};
