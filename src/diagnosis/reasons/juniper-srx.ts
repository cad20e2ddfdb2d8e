import type { ReasonTable } from "./reason.js";

/** Lines of kmd in the log of an SRX, and the tags of its messages. */
export const JUNIPER_SRX_REASONS: ReasonTable = {
  by: "Juniper SRX",
  product: "juniper",
  source: "public tools that read logs of kmd",
  reasons: [
    {
      said: "IKE negotiation failed with error: No proposal chosen",
      codes: ["ike-no-proposal-chosen", "child-no-proposal-chosen"],
    },
    {
      said: "IKE negotiation failed with error: Authentication failed",
      codes: ["authentication-failed"],
    },
    {
      said: "IKE Phase-1: (Responder) Policy lookup failed",
      codes: ["peer-config-missing", "ike-init-unanswered"],
    },
    { said: "KMD_VPN_TS_MISMATCH", codes: ["child-ts-unacceptable", "child-rejected"] },
    { said: "KMD_DPD_PEER_DOWN", codes: ["dpd-timeout"] },
  ],
};
