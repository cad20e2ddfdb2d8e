import type { RefusalCause } from "../../evidence/refusal-cause.js";

/** A cause as a report names it. `short` stands behind a colon; `text` is a sentence about the host whose log says it. */
interface CauseText {
  readonly short: string;
  readonly text: string;
}

/** Causes by which one side refuses who the other is, the one that explains most first. */
export const AUTHENTICATION_CAUSES: readonly RefusalCause[] = [
  "certificate-validity",
  "certificate-revoked",
  "ca-unknown",
  "psk-missing",
  "identity-differs",
  "method-not-allowed",
  "psk-differs",
  "signature-wrong",
  "certificate-not-trusted",
  "identity-unknown",
  "told-authentication-failed",
];

/** Causes by which EAP ends. */
export const EAP_CAUSES: readonly RefusalCause[] = [
  "ca-unknown",
  "eap-no-secret",
  "certificate-not-trusted",
  "eap-failed",
  "told-eap-failed",
];

/** Causes by which an XAUTH login ends. */
export const XAUTH_CAUSES: readonly RefusalCause[] = ["xauth-no-secret", "xauth-failed", "told-xauth-failed"];
export const PROPOSAL_CAUSES: readonly RefusalCause[] = ["proposals", "told-no-proposal-chosen"];
export const SELECTOR_CAUSES: readonly RefusalCause[] = ["selectors", "told-ts-unacceptable"];
export const CHILD_CAUSES: readonly RefusalCause[] = [...PROPOSAL_CAUSES, ...SELECTOR_CAUSES];

/** Whether the line tells what the other side said, and not what the host found itself. */
export function isTold(cause: RefusalCause): boolean {
  return cause.startsWith("told-");
}

const NAMED_THERE = "The cause stands in the log of the other side.";

export const CAUSE_TEXTS: Readonly<Record<RefusalCause, CauseText>> = {
  "psk-differs": {
    short: "the pre-shared keys differ",
    text: "The proof of the peer does not fit the pre-shared key that it has for these identities: the two sides have different keys.",
  },
  "psk-missing": {
    short: "it has no pre-shared key for these identities",
    text: "It has no pre-shared key that is bound to these two identities (or addresses).",
  },
  "identity-unknown": {
    short: "it has no connection for these identities",
    text: "It has no connection whose addresses, identities and way to authenticate fit what the peer sent.",
  },
  "identity-differs": {
    short: "the peer has another identity than it expects",
    text: "The peer says to be someone else than its configuration asks for.",
  },
  "method-not-allowed": {
    short: "the way to authenticate is not allowed",
    text: "It knows the peer, and its connection requires another authentication method.",
  },
  "certificate-validity": {
    short: "a certificate is outside its validity",
    text: "By its clock a certificate of the peer's chain has expired, or is not valid yet.",
  },
  "certificate-revoked": {
    short: "the peer's certificate is revoked",
    text: "The certificate of the peer is on a revocation list, or the OCSP responder says so.",
  },
  "ca-unknown": {
    short: "it does not have the CA of the peer's certificate",
    text: "It does not have, or does not accept, the CA that issued the peer's certificate.",
  },
  "certificate-not-trusted": {
    short: "it does not trust the peer's certificate",
    text: "It has no trusted certificate for the identity that the peer sent: the CA, the validity or the subjectAltName do not fit.",
  },
  "signature-wrong": {
    short: "the signature of the peer is wrong",
    text: "The signature does not fit the public key that it has for the peer.",
  },
  "told-authentication-failed": { short: "AUTHENTICATION_FAILED", text: NAMED_THERE },
  "eap-no-secret": {
    short: "it has no EAP secret for this user",
    text: "The user is unknown there: no secret is stored for this EAP identity.",
  },
  "eap-failed": {
    short: "the EAP server does not accept the user",
    text: "The password or certificate of the user does not fit.",
  },
  "told-eap-failed": {
    short: "the EAP method failed",
    text: "The log of the gateway, or of the AAA server behind it, says which user and why.",
  },
  "xauth-no-secret": {
    short: "it has no XAUTH secret for this user",
    text: "The user is unknown there: no secret is stored for this name.",
  },
  "xauth-failed": { short: "the XAUTH password is wrong", text: "The password of the user does not fit." },
  "told-xauth-failed": {
    short: "the gateway does not accept the XAUTH login",
    text: "The log of the gateway, or of the AAA server behind it, says why.",
  },
  proposals: {
    short: "no proposal in common",
    text: "None of the offered proposals is one that it is configured with.",
  },
  "told-no-proposal-chosen": { short: "NO_PROPOSAL_CHOSEN", text: NAMED_THERE },
  selectors: {
    short: "the traffic selectors do not fit",
    text: "The subnets that were asked for are not those of its connection.",
  },
  "told-ts-unacceptable": { short: "the traffic selectors are not accepted", text: NAMED_THERE },
};
