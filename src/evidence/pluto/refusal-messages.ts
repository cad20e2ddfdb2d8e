import type { MessageRow } from "../message-table.js";

/** Sentences of pluto (Libreswan 4 and 5) when it refuses the peer or its proposal beyond the common ones, with the cause of each. */
export const REFUSAL_ROWS: readonly MessageRow[] = [
  // quick mode
  ["no acceptable Proposal in IPsec SA", "proposals-differ", "proposals"],
  ["we require PFS but Quick I1 SA specifies no GROUP_DESCRIPTION", "proposals-differ", "pfs-missing"],
  ["OAKLEY_GROUP {any} not supported for PFS", "proposals-differ", "proposals"],
  ["peer proposal was rejected in a virtual connection policy: {any}", "selectors-differ", "selectors"],
  ["Quick Mode request rejected; connection has no remote client selector", "selectors-differ", "selectors"],
  [
    "{small} subnet returned doesn't match my proposal - us: {any} vs them: {any}",
    "selectors-differ",
    "selectors",
  ],
  [
    "IDci, IDcr payloads missing in message but default does not match proposal",
    "selectors-differ",
    "selectors",
  ],
  // Child SAs of IKEv2
  ["no IKEv2 connection found with compatible Traffic Selectors", "selectors-differ", "selectors"],
  [
    "IKE_AUTH request does not include a CP payload required by {small}modecfgserver=true; Child SA ignored",
    "child-failed",
    "address-not-requested",
  ],
  ["ikev2 lease_an_address failure {any}", "child-failed", "no-virtual-address"],
  ["leasing {any} address failed: {any}", "child-failed", "no-virtual-address"],
  ["lease_an_address failure {any}", "child-failed", "no-virtual-address"],
  [
    "IKE_AUTH response rejected Child SA with INTERNAL_ADDRESS_FAILURE",
    "child-failed",
    "told-internal-address-failure",
  ],
  ["IKE_AUTH response rejected Child SA with FAILED_CP_REQUIRED", "child-failed", "told-failed-cp-required"],
  ["IKE_AUTH response rejected Child SA with {notify:word}", "child-failed"],
  // authentication
  ["Failed to find our PreShared Key", "auth-failed", "psk-missing"],
  ["Requested PPK_ID not found and connection requires a valid PPK", "auth-failed", "ppk-differs"],
  ["connection requires PPK, but we didn't find one", "auth-failed", "ppk-differs"],
  ["failed to receive PPK confirmation and connection has ppk=insist", "auth-failed", "ppk-differs"],
  ["Peer attempted EAP authentication, but IKE_AUTH is required", "auth-failed", "method-not-allowed"],
  // A client that leaves AUTH out asks for EAP (RFC 7296 2.16).
  ["missing payload(s) (ISAKMP_NEXT_v2AUTH). Message dropped.", "auth-failed", "method-not-allowed"],
  ["X509: certificate rejected for this connection", "cert-problem", "certificate-not-trusted"],
  ["X509: CERT payload bogus or revoked", "cert-problem", "certificate-not-trusted"],
  [
    "missing or expired CRL in strict mode, failing pending update and forcing CRL update",
    "cert-problem",
    "revocation-unchecked",
  ],
  [
    "certificate payload rejected; crl-strict=yes and Certificate Revocation List (CRL) is expired or missing, forcing CRL update",
    "cert-problem",
    "revocation-unchecked",
  ],
  [
    "initial Aggressive Mode packet claiming to be from {any} on {any} but no connection has been authorized",
    "peer-config-missing",
    "identity-unknown",
  ],
  [
    "initial Aggressive Mode packet claiming to be from {any} on {any} but no matching connection has been authorized",
    "peer-config-missing",
    "identity-unknown",
  ],
  // XAUTH
  ["XAUTH: User {any}: Authentication Failed: Incorrect Username or Password", "auth-failed", "xauth-failed"],
  ["XAUTH: User {any}: Authentication Failed ({any})", "auth-failed", "told-xauth-failed"],
  ["Received Cisco XAUTH status: FAIL", "auth-failed", "told-xauth-failed"],
];
