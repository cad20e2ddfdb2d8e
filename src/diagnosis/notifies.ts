import type { Code } from "./codes.js";

/** The meaning of a notify for its receiver, and the findings that come of it or of its cause. */
export interface NotifyEntry {
  readonly meaning: string;
  /** Findings that it leads to, the likeliest first. */
  readonly codes: readonly Code[];
}

/** By name, with underscores in both versions: all errors, and the status notifies that people meet in logs. */
export const NOTIFIES: Readonly<Record<string, NotifyEntry>> = {
  UNSUPPORTED_CRITICAL_PAYLOAD: {
    meaning:
      "The message holds a payload marked critical that the other side does not know; it rejects the message.",
    codes: ["ike-unsupported-extension", "ike-malformed"],
  },
  INVALID_IKE_SPI: {
    meaning:
      "The other side has no IKE SA with these SPIs: it was restarted, deleted the SA, or another host answers.",
    codes: ["peer-restarted", "load-balancer-split"],
  },
  INVALID_COOKIE: {
    meaning: "The other side has no ISAKMP SA with these cookies (SPIs): it was restarted or deleted the SA.",
    codes: ["peer-restarted"],
  },
  INVALID_MAJOR_VERSION: {
    meaning: "The other side does not speak this version of IKE.",
    codes: ["ike-version-mismatch"],
  },
  INVALID_MINOR_VERSION: {
    meaning: "The other side does not speak this minor version of IKE.",
    codes: ["ike-version-mismatch"],
  },
  INVALID_SYNTAX: {
    meaning: "The message was understood, but a field of it is out of range or does not fit the policy.",
    codes: ["ike-unsupported-extension", "ike-malformed", "ike-refused"],
  },
  INVALID_MESSAGE_ID: {
    meaning: "A Message ID came that is outside of the window of the receiver.",
    codes: ["message-id-desync"],
  },
  INVALID_SPI: {
    meaning: "ESP or AH came for an SPI that the receiver does not have.",
    codes: ["esp-stale-spi", "peer-restarted"],
  },
  NO_PROPOSAL_CHOSEN: {
    meaning:
      "None of the offered proposals fits the receiver's. In the first exchange it is about the IKE SA (encryption, integrity, PRF, group); later it is about the Child SA or quick mode (ESP algorithms, PFS group). Some implementations also send it when no connection fits the peer.",
    codes: ["ike-no-proposal-chosen", "child-rejected", "rekey-failed"],
  },
  INVALID_KE_PAYLOAD: {
    meaning:
      "The key exchange of the message is of another group than the one that the responder chose; it names the group that it requires. The initiator sends the request again with that one.",
    codes: ["ike-invalid-ke-retry", "ike-invalid-ke-loop"],
  },
  AUTHENTICATION_FAILED: {
    meaning:
      "The receiver refuses the authentication: the pre-shared key, a certificate, an identity or EAP. It does not say which on purpose; its own log does.",
    codes: [
      "authentication-failed",
      "authentication-rejected-by-initiator",
      "eap-failed",
      "certificate-expired",
      "certificate-not-yet-valid",
      "ppk-mismatch",
    ],
  },
  SINGLE_PAIR_REQUIRED: {
    meaning: "The responder requires traffic selectors of a single pair of addresses in each Child SA.",
    codes: ["child-rejected"],
  },
  NO_ADDITIONAL_SAS: {
    meaning: "The responder takes no further Child SA on this IKE SA.",
    codes: ["child-rejected", "rekey-failed"],
  },
  INTERNAL_ADDRESS_FAILURE: {
    meaning: "The responder has no internal address for the client: its pool is used up or not configured.",
    codes: ["child-rejected"],
  },
  FAILED_CP_REQUIRED: {
    meaning:
      "The responder demands that the client asks for an internal address (configuration payload), and it did not.",
    codes: ["child-rejected"],
  },
  TS_UNACCEPTABLE: {
    meaning: "None of the traffic selectors (the networks behind both ends) fits the responder's.",
    codes: ["child-rejected", "rekey-failed"],
  },
  INVALID_SELECTORS: {
    meaning: "A packet came through the tunnel whose addresses do not belong to the selectors of its SA.",
    codes: [],
  },
  UNACCEPTABLE_ADDRESSES: {
    meaning: "The new address that a peer moved to (MOBIKE) is not accepted.",
    codes: ["mobike-failed"],
  },
  UNEXPECTED_NAT_DETECTED: {
    meaning: "A NAT device is on the path although MOBIKE was told that none may be.",
    codes: ["mobike-failed"],
  },
  USE_ASSIGNED_HOA: { meaning: "Mobile IPv6: the assigned home address is to be used.", codes: [] },
  TEMPORARY_FAILURE: {
    meaning:
      "The receiver cannot do this now, mostly as it rekeys or closes the same SA; the peer tries again later.",
    codes: ["rekey-collision", "rekey-failed"],
  },
  CHILD_SA_NOT_FOUND: {
    meaning:
      "The Child SA that is to be rekeyed is not known to the receiver, mostly as both sides rekey at once.",
    codes: ["rekey-collision", "rekey-failed"],
  },
  INVALID_GROUP_ID: {
    meaning: "The group that the member asks for is not known (group key management).",
    codes: [],
  },
  AUTHORIZATION_FAILED: { meaning: "The member may not join the group (group key management).", codes: [] },
  STATE_NOT_FOUND: {
    meaning: "A follow-up key exchange refers to a state that the responder does not have.",
    codes: ["rekey-failed"],
  },
  TS_MAX_QUEUE: {
    meaning: "The responder takes no further Child SA for the same traffic selectors.",
    codes: ["per-resource-sas"],
  },
  REGISTRATION_FAILED: { meaning: "The member could not be registered (group key management).", codes: [] },
  INVALID_PAYLOAD_TYPE: {
    meaning: "A payload of the message is of a type that the receiver does not know or expect there.",
    codes: ["ike-malformed", "ike-refused"],
  },
  DOI_NOT_SUPPORTED: {
    meaning: "The domain of interpretation is not IPsec's, or not supported.",
    codes: ["ike-refused"],
  },
  SITUATION_NOT_SUPPORTED: { meaning: "The situation field is not supported.", codes: ["ike-refused"] },
  INVALID_EXCHANGE_TYPE: {
    meaning:
      "The receiver does not take this exchange: mostly aggressive mode if it expects main mode, or the reverse.",
    codes: ["ike-mode-mismatch"],
  },
  UNSUPPORTED_EXCHANGE_TYPE: {
    meaning: "The receiver does not know or allow this exchange, mostly aggressive mode.",
    codes: ["ike-mode-mismatch"],
  },
  INVALID_FLAGS: { meaning: "The flags of the header are wrong.", codes: ["ike-malformed", "ike-refused"] },
  INVALID_PROTOCOL_ID: { meaning: "The protocol of the proposal is not known.", codes: ["child-rejected"] },
  INVALID_TRANSFORM_ID: {
    meaning: "A transform of the proposal is not known.",
    codes: ["ike-no-proposal-chosen", "child-rejected"],
  },
  ATTRIBUTES_NOT_SUPPORTED: {
    meaning: "An attribute of the proposal (such as lifetime, group, key length) is not supported.",
    codes: ["ike-no-proposal-chosen", "child-rejected"],
  },
  BAD_PROPOSAL_SYNTAX: { meaning: "The proposal cannot be read.", codes: ["ike-malformed", "ike-refused"] },
  PAYLOAD_MALFORMED: {
    meaning:
      "A payload cannot be read. In answer to the first encrypted message it mostly means that the pre-shared keys differ, for the message was decrypted to garbage.",
    codes: ["authentication-failed", "ike-malformed", "ike-refused"],
  },
  INVALID_KEY_INFORMATION: { meaning: "The key exchange payload is not accepted.", codes: ["ike-refused"] },
  INVALID_ID_INFORMATION: {
    meaning:
      "No configuration fits the identity. In quick mode the identities are the networks of both ends (traffic selectors), so it mostly means that those differ; in phase 1 it is the peer's ID.",
    codes: ["child-rejected", "authentication-failed"],
  },
  INVALID_CERT_ENCODING: {
    meaning: "The certificate comes in an encoding that is not supported.",
    codes: ["authentication-failed"],
  },
  INVALID_CERTIFICATE: {
    meaning: "The certificate is not accepted.",
    codes: ["authentication-failed", "certificate-expired", "certificate-not-yet-valid"],
  },
  CERT_TYPE_UNSUPPORTED: {
    meaning: "Certificates of this type are not supported.",
    codes: ["authentication-failed"],
  },
  INVALID_CERT_AUTHORITY: {
    meaning: "The certificate is of an authority that is not trusted.",
    codes: ["authentication-failed"],
  },
  INVALID_HASH_INFORMATION: {
    meaning: "The hash that proves the pre-shared key is wrong: the keys differ.",
    codes: ["authentication-failed"],
  },
  INVALID_SIGNATURE: {
    meaning: "The signature that proves the certificate is wrong.",
    codes: ["authentication-failed"],
  },
  ADDRESS_NOTIFICATION: { meaning: "An address is told.", codes: [] },
  NOTIFY_SA_LIFETIME: { meaning: "The lifetime of an SA is told.", codes: ["lifetime-mismatch"] },
  CERTIFICATE_UNAVAILABLE: {
    meaning: "The certificate that was asked for is not there.",
    codes: ["authentication-failed"],
  },
  UNEQUAL_PAYLOAD_LENGTHS: {
    meaning: "The lengths in the message do not fit each other.",
    codes: ["ike-malformed", "ike-refused"],
  },
  INITIAL_CONTACT: {
    meaning:
      "The sender has no other IKE SA with this peer: SAs that the receiver still has are old and can go.",
    codes: ["identity-flap", "peer-restarted"],
  },
  COOKIE: {
    meaning:
      "The responder requires its cookie back before it keeps state: it is under load, or its limit for half-open IKE SAs is low.",
    codes: ["cookie-challenge", "cookie-loop"],
  },
  PUZZLE: {
    meaning: "The responder demands work of the client before it goes on.",
    codes: ["puzzle-demanded"],
  },
  NAT_DETECTION_SOURCE_IP: {
    meaning:
      "A hash of the sender's own address and port: if it does not fit what arrives, the sender is behind NAT.",
    codes: ["nat-detected", "nat-forced-encapsulation"],
  },
  NAT_DETECTION_DESTINATION_IP: {
    meaning: "A hash of the receiver's address and port: if it does not fit, the receiver is behind NAT.",
    codes: ["nat-detected", "nat-forced-encapsulation"],
  },
  REDIRECT: { meaning: "The client is sent to another gateway.", codes: ["redirected", "redirect-loop"] },
  USE_PPK: { meaning: "The sender supports post-quantum pre-shared keys.", codes: ["ppk-mismatch"] },
  IKEV2_FRAGMENTATION_SUPPORTED: {
    meaning: "The sender can cut encrypted messages into IKE fragments (RFC 7383).",
    codes: ["ike-fragmentation-not-negotiated", "ike-fragments-lost"],
  },
  INTERMEDIATE_EXCHANGE_SUPPORTED: {
    meaning: "The sender can do IKE_INTERMEDIATE, which further key exchanges need.",
    codes: ["ike-intermediate-failed"],
  },
  UPDATE_SA_ADDRESSES: { meaning: "A peer moved to another address (MOBIKE).", codes: ["mobike-failed"] },
  R_U_THERE: { meaning: "A liveness check of IKEv1 (dead peer detection).", codes: ["dpd-timeout"] },
  R_U_THERE_ACK: { meaning: "The answer to a liveness check of IKEv1.", codes: ["dpd-timeout"] },
  RESPONDER_LIFETIME: {
    meaning: "The responder tells that its lifetime of the SA is shorter than the initiator's.",
    codes: ["lifetime-mismatch"],
  },
};
