import type { ReasonTable } from "./reason.js";

/** Messages of `debug crypto isakmp` and `debug crypto ipsec`, and of ASA's log. */
export const CISCO_REASONS: ReasonTable = {
  by: "Cisco",
  source: "cisco.com, document 5409",
  reasons: [
    {
      said: "no matching crypto map entry for remote proxy",
      also: ["proxy identities not supported", "Crypto Map Policy not found for Src"],
      codes: ["child-ts-unacceptable", "child-rejected"],
    },
    {
      said: "QM FSM error",
      codes: ["child-ts-unacceptable", "child-no-proposal-chosen", "child-rejected"],
    },
    {
      said: "transform proposal not supported for identity",
      also: ["All IPSec SA proposals found unacceptable", "IPSec policy invalidated proposal"],
      codes: ["child-no-proposal-chosen", "child-rejected"],
    },
    {
      said: "Hash algorithm offered does not match policy",
      also: ["no offers accepted", "All SA proposals found unacceptable"],
      codes: ["ike-no-proposal-chosen"],
    },
    { said: "Processing of Main Mode failed with peer", codes: ["ike-no-proposal-chosen"] },
    {
      said: "IKE message from * failed its sanity check or is malformed",
      codes: ["keys-differ", "authentication-failed"],
    },
    {
      said: "Removing peer from correlator table failed, no match",
      codes: ["child-rejected", "ike-init-unanswered", "ike-no-proposal-chosen"],
    },
    { said: "peer not responding, deleting", codes: ["ike-init-unanswered", "dpd-timeout"] },
    // The state of `show crypto isakmp sa`: which message this side waits for.
    { said: "MM_NO_STATE", codes: ["ike-init-unanswered", "ike-no-proposal-chosen"] },
    { said: "MM_WAIT_MSG2", codes: ["ike-init-unanswered", "ike-no-proposal-chosen"] },
    { said: "MM_WAIT_MSG3", codes: ["ike-response-lost", "ike-auth-missing"] },
    { said: "MM_WAIT_MSG4", also: ["MM_SA_SETUP"], codes: ["ike-auth-unanswered", "peer-config-missing"] },
    { said: "MM_WAIT_MSG5", codes: ["ike-auth-missing", "authentication-failed"] },
    {
      said: "MM_WAIT_MSG6",
      also: ["MM_KEY_EXCH"],
      codes: ["authentication-failed", "natt-4500-unanswered", "ike-auth-unanswered"],
    },
    { said: "AM_TM_INIT_XAUTH", also: ["AM_TM_INIT_XAUTH_V6C"], codes: ["xauth-stalled"] },
    { said: "Duplicate first packet detected", codes: ["ike-response-lost"] },
    { said: "reserved not zero on * payload", codes: ["authentication-failed", "keys-differ"] },
    {
      said: "IPsec packet has invalid SPI",
      also: ["RECVD_PKT_INV_SPI", "rec'd IPSEC packet has invalid spi"],
      codes: ["esp-stale-spi", "peer-restarted"],
    },
    { said: "replay check failed", also: ["PKT_REPLAY_ERR"], codes: ["esp-reordered", "esp-duplicate"] },
    { said: "HMAC verification failed", also: ["RECVD_PKT_MAC_ERR"], codes: ["esp-integrity-failed"] },
  ],
};
