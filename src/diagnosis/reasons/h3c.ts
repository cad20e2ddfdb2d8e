import type { ReasonTable } from "./reason.js";

/** Lines that the debugging of IKE prints, and the manuals explain. */
export const H3C_REASONS: ReasonTable = {
  by: "H3C",
  product: "h3c",
  source: "SecPath F1000-E User Manual",
  reasons: [
    {
      said: "got NOTIFY of type NO_PROPOSAL_CHOSEN",
      codes: ["ike-no-proposal-chosen", "child-no-proposal-chosen"],
    },
    { said: "got NOTIFY of type INVALID_ID_INFORMATION", codes: ["child-rejected"] },
    { said: "Failed to verify the peer HASH", also: ["对端HASH验证失败"], codes: ["authentication-failed"] },
    {
      said: "Failed to verify the peer signature",
      also: ["对端签名验证失败"],
      codes: ["authentication-failed"],
    },
  ],
};
