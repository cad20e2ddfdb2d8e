/** Certificates that one end does not take, in small and in large messages, and large ones that pass. */
import { peer, type Peer } from "../config.js";
import { answer, either, exchanges, firstOf, sentTimes } from "../decided.js";
import { comesUp, givesUp, isRefused, type Scenario } from "../scenario.js";
import { match } from "../nft.js";
import { failing, healthy } from "../truth.js";

const forced = ["nat-forced-encapsulation"];
const up = healthy(forced);
const refused = failing("IKE_AUTH", "authentication-failed", forced);
const rejected = failing("IKE_AUTH", "authentication-rejected-by-initiator", forced);
const atAnswer = answer(exchanges.auth);
const atRejection = firstOf(exchanges.informational);
const certificate: Partial<Peer> = { auth: "pubkey", remoteAuth: "pubkey" };
const chapoly = {
  ...certificate,
  proposals: "chacha20poly1305-prfsha256-x25519",
  espProposals: "chacha20poly1305",
};
const cbc512 = { ...certificate, proposals: "aes256-sha512-modp3072", espProposals: "aes256-sha512" };
const cbc1 = { ...certificate, proposals: "aes128-sha1-modp2048", espProposals: "aes128-sha1" };
const gcm = { ...certificate, proposals: "aes256gcm16-prfsha384-ecp256", espProposals: "aes256gcm16" };
const unfragmented = { connection: { fragmentation: "no" } };
const small = { charon: { fragment_size: "576" } };
const large = 40;

export const certificateScenarios: Scenario[] = [
  {
    name: "certificate-expired",
    description:
      "The initiator's certificate ended in 2020; the responder's log: subject certificate invalid, AUTH_FAILED sent",
    alice: peer("alice", gcm),
    bob: peer("bob", gcm),
    certificateNames: 0,
    defects: { alice: "expired" },
    steps: isRefused,
    decided: atAnswer,
    truth: { initiator: refused, responder: refused },
  },
  {
    name: "certificate-revoked",
    description:
      "The responder has a list by which the authority takes the initiator's certificate back (log: certificate was revoked); it says AUTH_FAILED",
    alice: peer("alice", chapoly),
    bob: peer("bob", chapoly),
    certificateNames: 0,
    defects: { alice: "revoked" },
    steps: isRefused,
    decided: atAnswer,
    truth: { initiator: refused, responder: refused },
  },
  {
    name: "initiator-rejects-clock",
    description:
      "For the initiator the responder's certificate is not yet valid; it says AUTH_FAILED in an INFORMATIONAL after a complete IKE_AUTH response, under CBC, where lengths are only bounds",
    alice: peer("alice", cbc512),
    bob: peer("bob", cbc512),
    certificateNames: 0,
    defects: { bob: "not yet valid" },
    steps: isRefused,
    decided: atRejection,
    truth: { initiator: rejected, responder: rejected },
  },
  {
    name: "initiator-rejects-large",
    description:
      "Large certificates in fragments of RFC 7383; the initiator does not know the authority of the responder's and says AUTH_FAILED in an INFORMATIONAL",
    alice: peer("alice", cbc1),
    bob: peer("bob", cbc1),
    certificateNames: large,
    defects: { bob: "other authority" },
    steps: isRefused,
    decided: atRejection,
    truth: { initiator: rejected, responder: rejected },
  },
  {
    name: "initiator-rejects-ikev1",
    description:
      "IKEv1 main mode with certificates; the initiator does not know the authority of the responder's (its log: no trusted RSA public key found) and says so in an encrypted INFORMATIONAL after the sixth message",
    alice: peer("alice", { ...certificate, version: 1 }),
    bob: peer("bob", { ...certificate, version: 1 }),
    certificateNames: 0,
    defects: { bob: "other authority" },
    steps: isRefused,
    decided: firstOf(exchanges.informational1),
    truth: {
      initiator: failing("MAIN_MODE", "authentication-rejected-by-initiator", forced),
      responder: failing("MAIN_MODE", "authentication-rejected-by-initiator", forced),
    },
  },
  {
    name: "healthy-ikev2-small-fragments",
    description:
      "Large certificates in RFC 7383 fragments of at most 576 bytes, with AES-CBC and SHA-1; pings pass",
    alice: peer("alice", { ...cbc1, ...small }),
    bob: peer("bob", { ...cbc1, ...small }),
    certificateNames: large,
    steps: comesUp,
    truth: { initiator: up, responder: up },
  },
  {
    name: "healthy-ikev2-fragment-lost-once",
    description:
      "Large certificates in fragments of RFC 7383; the router drops the first full one of the responder, the initiator repeats its request, and all comes up; pings pass",
    alice: peer("alice", gcm),
    bob: peer("bob", gcm),
    certificateNames: large,
    rules: [["raw", `${match.fromBob} udp length > 1000 quota until 1300 bytes counter drop`]],
    steps: comesUp,
    truth: {
      initiator: healthy([...forced, "retransmissions"]),
      responder: healthy([...forced, "retransmissions"]),
    },
  },
  {
    name: "ip-fragments-of-answer-dropped",
    description:
      "Without RFC 7383 the large IKE_AUTH messages go in IP fragments; the router drops the later ones from the responder, so the initiator sees the beginning of each answer and repeats its request",
    alice: peer("alice", { ...gcm, ...unfragmented }),
    bob: peer("bob", { ...gcm, ...unfragmented }),
    certificateNames: large,
    rules: [["raw", `${match.fromBob} ${match.laterFragment} counter drop`]],
    steps: givesUp,
    decided: sentTimes(3),
    truth: {
      initiator: failing("IKE_AUTH", "ip-fragments-lost", forced),
      responder: failing("IKE_AUTH", "ike-response-lost", forced),
    },
  },
  {
    name: "ike-fragments-of-answer-dropped",
    description:
      "The router drops the full RFC 7383 fragments of the responder's IKE_AUTH answer, the last and short one passes; the initiator repeats its request",
    alice: peer("alice", chapoly),
    bob: peer("bob", chapoly),
    certificateNames: large,
    rules: [["raw", `${match.fromBob} udp length > 1000 counter drop`]],
    steps: givesUp,
    decided: sentTimes(3),
    truth: {
      initiator: failing("IKE_AUTH", "ike-fragments-lost", forced),
      responder: failing("IKE_AUTH", "ike-response-lost", forced),
    },
  },
  {
    name: "eap-server-untrusted",
    description:
      "EAP-MSCHAPv2; the initiator does not know the authority of the responder's certificate and ends the exchange after the first IKE_AUTH response",
    alice: peer("alice", { ...gcm, auth: "eap-mschapv2" }),
    bob: peer("bob", { ...gcm, remoteAuth: "eap-mschapv2" }),
    certificateNames: 0,
    defects: { bob: "other authority" },
    steps: isRefused,
    decided: either(atRejection, atAnswer),
    truth: { initiator: rejected, responder: rejected },
  },
  {
    name: "eap-tls-client-untrusted",
    description:
      "EAP-TLS; the responder does not know the authority of the initiator's certificate and ends EAP with a failure",
    alice: peer("alice", { ...gcm, auth: "eap-tls", plugins: { "eap-tls": {} } }),
    bob: peer("bob", { ...gcm, remoteAuth: "eap-tls", plugins: { "eap-tls": {} } }),
    certificateNames: 0,
    defects: { alice: "other authority" },
    steps: isRefused,
    decided: either(atRejection, atAnswer),
    truth: {
      initiator: failing("IKE_AUTH", "eap-failed", forced),
      responder: failing("IKE_AUTH", "eap-failed", forced),
    },
  },
  {
    name: "eap-unknown-user",
    description:
      "EAP-MSCHAPv2 with a user whom the responder does not know, under AES-GCM; after the failure the initiator says AUTH_FAILED in an INFORMATIONAL",
    alice: peer("alice", { ...gcm, auth: "eap-mschapv2", id: "carol.example.org" }),
    bob: peer("bob", { ...gcm, remoteAuth: "eap-mschapv2", remoteId: "%any", remote: { eap_id: "%any" } }),
    certificateNames: 0,
    steps: isRefused,
    decided: either(atRejection, atAnswer),
    truth: {
      initiator: failing("IKE_AUTH", "eap-failed", forced),
      responder: failing("IKE_AUTH", "eap-failed", forced),
    },
  },
];
