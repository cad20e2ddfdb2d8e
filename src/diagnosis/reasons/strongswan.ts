import type { ReasonTable } from "./reason.js";

/** Sentences of charon's log. */
export const STRONGSWAN_REASONS: ReasonTable = {
  by: "strongSwan",
  product: "strongswan",
  source: "strongSwan 5.9, src/libcharon",
  reasons: [
    { said: "no IKE config found for", codes: ["ike-no-proposal-chosen", "peer-config-missing"] },
    { said: "no matching peer config found", codes: ["authentication-failed", "peer-config-missing"] },
    { said: "no peer config found", codes: ["authentication-failed", "peer-config-missing"] },
    { said: "no acceptable proposal found", codes: ["child-no-proposal-chosen", "ike-no-proposal-chosen"] },
    { said: "no proposal found", codes: ["ike-no-proposal-chosen"] },
    { said: "received proposals unacceptable", codes: ["ike-no-proposal-chosen"] },
    { said: "no acceptable traffic selectors found", codes: ["child-ts-unacceptable"] },
    { said: "no matching CHILD_SA config found", codes: ["child-ts-unacceptable", "child-rejected"] },
    {
      said: "failed to establish CHILD_SA, keeping IKE_SA",
      codes: ["child-no-proposal-chosen", "child-ts-unacceptable"],
    },
    {
      said: "shared key for * but MAC mismatched",
      also: ["shared keys for * but MAC mismatched"],
      codes: ["authentication-failed"],
    },
    { said: "no shared key found for", codes: ["authentication-failed"] },
    { said: "calculated HASH does not match HASH payload", codes: ["authentication-failed"] },
    {
      said: "invalid HASH_V1 payload length, decryption failed?",
      also: ["invalid ID_V1 payload length, decryption failed?"],
      codes: ["authentication-failed", "keys-differ"],
    },
    { said: "IDr payload missing", codes: ["authentication-failed"] },
    { said: "received AUTHENTICATION_FAILED notify error", codes: ["authentication-failed"] },
    { said: "received NO_PROPOSAL_CHOSEN notify error", codes: ["ike-no-proposal-chosen"] },
    { said: "received NO_PROPOSAL_CHOSEN notify, no CHILD_SA built", codes: ["child-no-proposal-chosen"] },
    { said: "received TS_UNACCEPTABLE notify, no CHILD_SA built", codes: ["child-ts-unacceptable"] },
    { said: "no issuer certificate found for", codes: ["authentication-failed"] },
    { said: "subject certificate invalid", codes: ["certificate-expired", "certificate-not-yet-valid"] },
    {
      said: "giving up after * retransmits",
      codes: ["ike-init-unanswered", "ike-auth-unanswered", "dpd-timeout"],
    },
    { said: "ignoring IKE_SA setup from * peer too aggressive", codes: ["half-open-limit"] },
  ],
};
