import type { ReasonTable } from "./reason.js";

/** Sentences of pluto's log. */
export const LIBRESWAN_REASONS: ReasonTable = {
  by: "Libreswan",
  product: "libreswan",
  source: "Libreswan 4, programs/pluto",
  reasons: [
    {
      said: "no local proposal matches remote proposals",
      codes: ["ike-no-proposal-chosen", "child-no-proposal-chosen"],
    },
    {
      said: "cannot respond to IPsec SA request because no connection is known for",
      codes: ["child-ts-unacceptable", "child-rejected"],
    },
    {
      said: "but no connection has been authorized with policy",
      codes: ["peer-config-missing", "ike-init-unanswered"],
    },
    {
      said: "no suitable connection found with IKEv2 policy",
      codes: ["peer-config-missing", "ike-version-mismatch"],
    },
    { said: "no suitable connection for peer", codes: ["authentication-failed", "peer-config-missing"] },
    {
      said: "authentication failed: computed hash does not match hash received from peer",
      codes: ["authentication-failed"],
    },
    {
      said: "probable authentication failure (mismatch of preshared secrets?)",
      codes: ["authentication-failed"],
    },
    {
      said: "IKE_AUTH response contained the error notification AUTHENTICATION_FAILED",
      codes: ["authentication-failed"],
    },
    {
      said: "second timeout exceeded after * retransmits",
      codes: ["ike-init-unanswered", "ike-auth-unanswered"],
    },
  ],
};
