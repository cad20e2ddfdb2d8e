import type { RefusalCause } from "../../../evidence/refusal-cause.js";

/**
 * A cause as a report names it. `short` stands behind a colon; `text` is a sentence about the host whose log says it; `step` is what to
 * do, null where the log of the other side has to name the cause first, as a step of the verdict says.
 */
interface CauseText {
  readonly short: string;
  readonly text: string;
  readonly step: string | null;
}

/** Causes by which one side refuses who the other is, the one that explains most first. */
export const AUTHENTICATION_CAUSES: readonly RefusalCause[] = [
  "certificate-validity",
  "certificate-revoked",
  "revocation-unchecked",
  "ca-unknown",
  "psk-missing",
  "ppk-differs",
  "identity-differs",
  "own-identity-differs",
  "method-not-allowed",
  "psk-differs",
  "signature-wrong",
  "certificate-not-trusted",
  "not-unique",
  "rounds-missing",
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
export const PROPOSAL_CAUSES: readonly RefusalCause[] = [
  "pfs-missing",
  "proposals",
  "told-no-proposal-chosen",
];
export const SELECTOR_CAUSES: readonly RefusalCause[] = ["selectors", "told-ts-unacceptable"];
/** Causes by which a client gets no address, and so no Child SA. */
export const ADDRESS_CAUSES: readonly RefusalCause[] = [
  "pool-full",
  "no-virtual-address",
  "address-not-requested",
  "told-internal-address-failure",
  "told-failed-cp-required",
];
export const CHILD_CAUSES: readonly RefusalCause[] = [...PROPOSAL_CAUSES, ...SELECTOR_CAUSES];

/** Whether the line tells what the other side said, and not what the host found itself. */
export function isTold(cause: RefusalCause): boolean {
  return cause.startsWith("told-");
}

const NAMED_THERE = "The cause stands in the log of the other side.";
const NO_ADDRESS_THERE = "The other side has no internal address for it: its pool is full or not configured.";
const POOL_STEP = "Give the connection at the side that refuses an address pool with addresses free.";
const CLIENT_STEP =
  "Let the peer ask for an internal address, or take the address pool out of the connection at the side that refuses.";

export const CAUSE_TEXTS: Readonly<Record<RefusalCause, CauseText>> = {
  "psk-differs": {
    short: "the pre-shared keys differ",
    text: "The proof of the peer does not fit the pre-shared key that it has for these identities: the two sides have different keys.",
    step: "Give both sides the same pre-shared key for these two identities (or addresses), without stray blanks or line ends, and load it again where it was changed.",
  },
  "psk-missing": {
    short: "it has no pre-shared key for these identities",
    text: "It has no pre-shared key that is bound to these two identities (or addresses).",
    step: "At the side that refuses, bind the pre-shared key to the two identities (or addresses) that its log names.",
  },
  "identity-unknown": {
    short: "it has no connection for these identities",
    text: "It has no connection whose addresses, identities and way to authenticate fit what the peer sent.",
    step: "At the side that refuses, give a connection the addresses, the identities (type and value) and the authentication method that the peer uses; or change the peer to those of its connection.",
  },
  "identity-differs": {
    short: "the peer has another identity than it expects",
    text: "The peer says to be someone else than its configuration asks for.",
    step: "Make the local identity in the configuration of the peer the remote one of the side that refuses, type and value.",
  },
  "own-identity-differs": {
    short: "the peer asks for another identity than its own",
    text: "The peer names whom it wants to speak to (IDr), and its configuration has another identity for itself.",
    step: "Make the remote identity in the configuration of the peer the local one of the side that refuses, type and value.",
  },
  "method-not-allowed": {
    short: "the way to authenticate is not allowed",
    text: "It knows the peer, and its connection requires another authentication method.",
    step: "Let the peer prove itself with the authentication method that the connection at the side that refuses asks for, or allow its own there.",
  },
  "certificate-validity": {
    short: "a certificate is outside its validity",
    text: "By its clock a certificate of the peer's chain has expired, or is not valid yet.",
    step: "Renew the certificate that is outside its validity, be it that of a CA; but first compare the clocks of both hosts ('timedatectl', 'chronyc tracking').",
  },
  "certificate-revoked": {
    short: "the peer's certificate is revoked",
    text: "The certificate of the peer is on a revocation list, or the OCSP responder says so.",
    step: "Give the peer a new certificate: a revoked one does not become valid again. If it was revoked by mistake, only the CA can tell.",
  },
  "revocation-unchecked": {
    short: "it cannot check the revocation of the peer's certificate",
    text: "Its policy on revocation is strict, and it got no valid CRL or OCSP answer for the certificate of the peer. The certificate itself may be good.",
    step: "Make the CRL or the OCSP responder that the certificate names reachable from the side that refuses, and its answer fresh; or load a CRL there; or make its revocation policy less strict.",
  },
  "ca-unknown": {
    short: "it does not have the CA of the peer's certificate",
    text: "It does not have, or does not accept, the CA that issued the peer's certificate.",
    step: "Install the CA that issued the peer's certificate, with its intermediate CAs, at the side that refuses; or let the peer send the intermediate CAs along.",
  },
  "certificate-not-trusted": {
    short: "it does not trust the peer's certificate",
    text: "It has no trusted certificate for the identity that the peer sent: the CA, the validity or the subjectAltName do not fit.",
    step: "At the side that refuses, install the CA of the peer's certificate, with its intermediate CAs; check the validity of all; and let the subjectAltName of the certificate hold the identity that the peer sends.",
  },
  "signature-wrong": {
    short: "the signature of the peer is wrong",
    text: "The signature does not fit the public key that it has for the peer.",
    step: "Check at the peer that its private key belongs to the certificate that it sends, and at the side that refuses that it holds no older certificate or key of the peer.",
  },
  "ppk-differs": {
    short: "it requires another post-quantum pre-shared key",
    text: "It requires a post-quantum pre-shared key, and the peer names another one than it has, or none.",
    step: "Configure the same PPK with the same PPK identity at both ends.",
  },
  "rounds-missing": {
    short: "the peer leaves out an authentication round",
    text: "The peer proves itself in fewer rounds than its connection asks for: what it proved was accepted, a further one is missing.",
    step: "Give the peer all the authentication rounds that the connection at the side that refuses has (certificate and EAP, for example), in its order; or take the further round out there.",
  },
  "not-unique": {
    short: "its uniqueness policy keeps an older IKE SA of this identity",
    text: "The credentials are right. An IKE SA with the same identity is up, and the policy is to keep it and refuse a second one.",
    step: "Give each client an identity of its own. If it is the same client that comes back, end its old IKE SA, or set the uniqueness policy to replace at the side that refuses.",
  },
  "told-authentication-failed": { short: "AUTHENTICATION_FAILED", text: NAMED_THERE, step: null },
  "eap-no-secret": {
    short: "it has no EAP secret for this user",
    text: "The user is unknown there: no secret is stored for this EAP identity.",
    step: "Store the secret of this user at the gateway or its AAA server, or correct the EAP identity that the client sends.",
  },
  "eap-failed": {
    short: "the EAP server does not accept the user",
    text: "The password or certificate of the user does not fit.",
    step: "Set the password of the user anew at the client and at the gateway or its AAA server; with EAP-TLS compare the client's certificate with the CA at the server.",
  },
  "told-eap-failed": {
    short: "the EAP method failed",
    text: "The log of the gateway, or of the AAA server behind it, says which user and why.",
    step: null,
  },
  "xauth-no-secret": {
    short: "it has no XAUTH secret for this user",
    text: "The user is unknown there: no secret is stored for this name.",
    step: "Store the secret of this user at the gateway or its AAA server, or correct the user name at the client.",
  },
  "xauth-failed": {
    short: "the XAUTH password is wrong",
    text: "The password of the user does not fit.",
    step: "Set the password of the user anew at the client and at the gateway or its AAA server.",
  },
  "told-xauth-failed": {
    short: "the gateway does not accept the XAUTH login",
    text: "The log of the gateway, or of the AAA server behind it, says why.",
    step: null,
  },
  "pfs-missing": {
    short: "the peer asks for no PFS, and it requires it",
    text: "Its connection requires perfect forward secrecy for the Child SA, and the peer offers no group for it.",
    step: "Configure a group for PFS for the Child SA at the peer, one that the side that refuses has; or let that side do without PFS.",
  },
  proposals: {
    short: "no proposal in common",
    text: "None of the offered proposals is one that it is configured with.",
    step: "Configure a proposal at one side that the other one has: encryption, integrity, PRF and group; for a Child SA with the PFS group.",
  },
  "told-no-proposal-chosen": { short: "NO_PROPOSAL_CHOSEN", text: NAMED_THERE, step: null },
  selectors: {
    short: "the traffic selectors do not fit",
    text: "The subnets that the peer asked for, which that line names if the daemon prints them, are not those of its connection.",
    step: "Compare the subnets on both sides: one side's local must be the other side's remote.",
  },
  "pool-full": {
    short: "its address pool is full",
    text: "The peer asks for an internal address, and all addresses of the pool are in use.",
    step: "Make the address pool larger at the side that refuses, or free the addresses of clients that are gone.",
  },
  "no-virtual-address": {
    short: "it has no internal address for the peer",
    text: "The peer asks for an internal address, and no pool of the connection has one for it.",
    step: "Give the connection at the side that refuses an address pool of the family that the peer asks for, with addresses free; or let the peer ask for none.",
  },
  "told-internal-address-failure": {
    short: "INTERNAL_ADDRESS_FAILURE",
    text: NO_ADDRESS_THERE,
    step: POOL_STEP,
  },
  "address-not-requested": {
    short: "the peer asks for no internal address, and must",
    text: "Its connection gives each client an internal address, and the peer did not ask for one.",
    step: CLIENT_STEP,
  },
  "told-failed-cp-required": { short: "FAILED_CP_REQUIRED", text: NAMED_THERE, step: CLIENT_STEP },
  "told-ts-unacceptable": { short: "the traffic selectors are not accepted", text: NAMED_THERE, step: null },
};
