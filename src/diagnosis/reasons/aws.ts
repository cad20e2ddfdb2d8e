import type { ReasonTable } from "./reason.js";

/** `VpnLogDetail` of the tunnel activity log. */
export const AWS_REASONS: ReasonTable = {
  by: "AWS",
  product: "aws",
  source: "Contents of Site-to-Site VPN logs",
  reasons: [
    { said: "Peer is not responsive - Declaring peer dead", codes: ["dpd-timeout"] },
    { said: "AWS tunnel DPD timed out after", codes: ["dpd-timeout"] },
    {
      said: "AWS tunnel payload decryption was unsuccessful due to invalid Pre-shared Key",
      codes: ["authentication-failed"],
    },
    { said: "AWS tunnel detected a pre-shared key mismatch with cgw", codes: ["authentication-failed"] },
    { said: "AWS tunnel is sending AUTHENTICATION_FAILED as the response", codes: ["authentication-failed"] },
    { said: "No Proposal Match Found by AWS", codes: ["ike-no-proposal-chosen"] },
    {
      said: 'No Proposal Match Found. Notifying with "No proposal chosen"',
      codes: ["ike-no-proposal-chosen", "child-no-proposal-chosen"],
    },
    { said: "AWS tunnel received DELETE for Phase 2 SA with SPI", codes: ["sa-deleted-by-peer"] },
    { said: "AWS tunnel received DELETE for IKE_SA from CGW", codes: ["sa-deleted-by-peer"] },
    { said: "due to detected collision", codes: ["rekey-collision"] },
    {
      said: "AWS tunnel Phase 2 was unable to establish while keeping Phase 1",
      codes: ["child-no-proposal-chosen", "child-rejected"],
    },
    {
      said: "AWS: Traffic Selector: TS_UNACCEPTABLE: received from responder",
      codes: ["child-ts-unacceptable"],
    },
    {
      said: "AWS tunnel Timeout: deleting un-established Phase 1 IKE_SA with cgw",
      codes: ["ike-auth-missing", "ike-response-lost"],
    },
  ],
};
