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
    {
      said: "No response (or no acceptable response) to our first IKE",
      codes: ["ike-init-unanswered", "ike-no-proposal-chosen"],
    },
    {
      said: "No response (or no acceptable response) to our IKEv2 message",
      codes: ["ike-auth-unanswered", "dpd-timeout", "rekey-unanswered"],
    },
    {
      said: "IKE SA authentication request rejected by peer: AUTHENTICATION_FAILED",
      also: ["IKE SA authentication request rejected: AUTHENTICATION_FAILED"],
      codes: ["authentication-failed"],
    },
    {
      said: "missing payload(s) (ISAKMP_NEXT_v2AUTH)",
      also: ["sending unencrypted notification v2N_INVALID_SYNTAX"],
      codes: ["ike-refused"],
    },
    { said: "no acceptable Oakley Transform", codes: ["ike-no-proposal-chosen"] },
    {
      said: "policy does not allow Extended Authentication (XAUTH) of initiator",
      codes: ["ike-no-proposal-chosen"],
    },
    {
      said: "message containing v2N_NO_PROPOSAL_CHOSEN notification; message payloads: SK",
      also: ["dropping unexpected ISAKMP_v2_IKE_AUTH message containing v2N_NO_PROPOSAL_CHOSEN notification"],
      codes: ["child-no-proposal-chosen", "child-rejected"],
    },
    {
      said: "CREATE_CHILD_SA responder matching remote ESP/AH proposals failed",
      codes: ["child-no-proposal-chosen", "rekey-failed"],
    },
    {
      said: "ignoring informational payload NO_PROPOSAL_CHOSEN",
      codes: ["child-no-proposal-chosen", "ike-no-proposal-chosen", "child-rejected"],
    },
  ],
};
