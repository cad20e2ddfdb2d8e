/** Users who prove themselves by a password (EAP, XAuth), and an initiator who does not believe the responder. */
import { peer, type Peer } from "../config.js";
import { sentTimes } from "../decided.js";
import { match } from "../nft.js";
import { comesUp, givesUp, isRefused, type Scenario } from "../scenario.js";
import { failing, healthy, suspected } from "../truth.js";

const forced = ["nat-forced-encapsulation"];
const eap: Partial<Peer> = { auth: "eap-mschapv2", remoteAuth: "pubkey" };
const eapServer: Partial<Peer> = { auth: "pubkey", remoteAuth: "eap-mschapv2" };
const eapFailed = failing("IKE_AUTH", "eap-failed", forced);
const md5 = { "eap-md5": {} };
const eapStalled = failing("IKE_AUTH", "eap-stalled", forced);
const xauth: Partial<Peer> = { version: 1, xauth: "password" };
/** A client that begins quick mode on demand looks the same: it cannot be told that the login was refused. */
const xauthSuspected = suspected("TRANSACTION", "xauth-stalled", forced);
const xauthFailed = failing("TRANSACTION", "xauth-stalled", forced);
const certificate: Partial<Peer> = {
  auth: "pubkey",
  remoteAuth: "pubkey",
  proposals: "aes256gcm16-prfsha256-x25519",
  espProposals: "aes256gcm16",
};
const rejected = failing("IKE_AUTH", "authentication-rejected-by-initiator", forced);

/** A RADIUS server behind the router that the responder asks so many times. */
const radius = (tries: string): Peer["plugins"] => ({
  "eap-radius": {
    retransmit_tries: tries,
    servers: { aaa: { address: "203.0.113.5", secret: "radius" } },
  },
});

export const userScenarios: Scenario[] = [
  {
    name: "eap-wrong-password",
    description:
      "The initiator gives a wrong password in EAP-MSCHAPv2; the responder (log: EAP-MS-CHAPv2 verification failed, retry) takes 2 s to ask once more, in which the initiator repeats its request; the initiator does not try again and ends it with AUTH_FAILED in an INFORMATIONAL",
    alice: peer("alice", { ...eap, password: "wrong" }),
    bob: peer("bob", eapServer),
    certificateNames: 0,
    steps: isRefused,
    truth: { initiator: eapFailed, responder: eapFailed },
  },
  {
    name: "eap-wrong-password-md5",
    description:
      "The initiator gives a wrong password in EAP-MD5; the responder answers the second IKE_AUTH request with EAP failure (its log: EAP-MD5 verification failed), and the initiator says AUTH_FAILED in an INFORMATIONAL, which nobody answers",
    alice: peer("alice", { auth: "eap-md5", remoteAuth: "pubkey", password: "wrong", plugins: md5 }),
    bob: peer("bob", { auth: "pubkey", remoteAuth: "eap-md5", plugins: md5 }),
    certificateNames: 0,
    steps: isRefused,
    truth: { initiator: eapFailed, responder: eapFailed },
  },
  {
    name: "eap-stalled",
    description:
      "The responder asks a RADIUS server about the initiator, and the router drops what goes to that server; the initiator repeats its second IKE_AUTH request and gives up",
    alice: peer("alice", eap),
    bob: peer("bob", { auth: "pubkey", remoteAuth: "eap-radius", plugins: radius("6") }),
    certificateNames: 0,
    rules: [["raw", "ip daddr 203.0.113.5 counter drop"]],
    steps: givesUp,
    truth: { initiator: eapStalled, responder: eapStalled },
  },
  {
    name: "eap-stalled-late-failure",
    description:
      "As eap-stalled, but the responder tires of its RADIUS server after 14 s and answers EAP failure then, when the initiator has given up",
    alice: peer("alice", eap),
    bob: peer("bob", { auth: "pubkey", remoteAuth: "eap-radius", plugins: radius("4") }),
    certificateNames: 0,
    rules: [["raw", "ip daddr 203.0.113.5 counter drop"]],
    steps: givesUp,
    truth: { initiator: eapStalled, responder: eapStalled },
  },
  {
    name: "eap-third-round-blocked",
    description:
      "The router drops the initiator's third IKE_AUTH request, small as it is; the initiator repeats it and gives up, and near the responder the second round is answered and nothing follows",
    alice: peer("alice", eap),
    bob: peer("bob", eapServer),
    certificateNames: 0,
    rules: [["raw", `${match.fromAlice} ${match.thirdOn4500} counter drop`]],
    steps: givesUp,
    decided: sentTimes(3),
    truth: {
      initiator: eapStalled,
      // The user may still be typing.
      responder: { status: "nothing-to-judge", failingPhase: null, findings: ["eap-stalled"], info: forced },
    },
  },
  {
    name: "healthy-ikev1-xauth",
    description: "IKEv1 main mode with a pre-shared key, then XAuth by user name and password; pings pass",
    alice: peer("alice", xauth),
    bob: peer("bob", xauth),
    steps: comesUp,
    truth: { initiator: healthy(forced), responder: healthy(forced) },
  },
  {
    name: "xauth-wrong-password",
    description:
      "IKEv1 main mode succeeds, then the initiator gives a wrong password in XAuth; the responder says so in a second TRANSACTION, and both forget the IKE SA without another word (log: destroying IKE_SA after failed XAuth authentication)",
    alice: peer("alice", { ...xauth, password: "wrong" }),
    bob: peer("bob", xauth),
    steps: isRefused,
    truth: { initiator: xauthSuspected, responder: xauthSuspected },
  },
  {
    name: "xauth-stalled",
    description:
      "IKEv1 main mode succeeds and the initiator answers the XAuth request; the responder asks a RADIUS server about it, and the router drops what goes there; its second TRANSACTION never comes",
    alice: peer("alice", xauth),
    bob: peer("bob", { version: 1, xauth: "radius", plugins: radius("6") }),
    rules: [["raw", "ip daddr 203.0.113.5 counter drop"]],
    steps: givesUp,
    truth: { initiator: xauthFailed, responder: xauthFailed },
  },
  {
    name: "initiator-rejects",
    description:
      "The initiator does not know the authority that signed the responder's certificate (its log: no issuer certificate found, no trusted RSA public key found); it says AUTHENTICATION_FAILED in an INFORMATIONAL after a complete IKE_AUTH response",
    alice: peer("alice", certificate),
    bob: peer("bob", certificate),
    certificateNames: 0,
    strangers: true,
    steps: isRefused,
    truth: { initiator: rejected, responder: rejected },
  },
];
