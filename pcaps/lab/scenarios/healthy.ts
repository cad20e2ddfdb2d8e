/** Tunnels that work: all the ways to set one up. */
import { peer, type Peer } from "../config.js";
import { comesUp, type Scenario } from "../scenario.js";
import { healthy } from "../truth.js";

const forced = healthy(["nat-forced-encapsulation"]);
const both = { initiator: forced, responder: forced };
const translated = healthy(["nat-detected"]);

const aggressive: Partial<Peer> = {
  version: 1,
  aggressive: true,
  charon: { i_dont_care_about_security_and_use_aggressive_mode_psk: "yes" },
};
const certificate: Partial<Peer> = {
  auth: "pubkey",
  remoteAuth: "pubkey",
  proposals: "aes256gcm16-prfsha256-x25519",
  espProposals: "aes256gcm16",
};

/** IKEv1 in strongSwan has no combined-mode ciphers for itself. */
const certificateV1: Partial<Peer> = { auth: "pubkey", remoteAuth: "pubkey" };

export const healthyScenarios: Scenario[] = [
  {
    name: "healthy-ikev2",
    description: "An IKEv2 tunnel with a pre-shared key comes up and carries pings both ways",
    alice: peer("alice"),
    bob: peer("bob"),
    steps: comesUp,
    truth: both,
  },
  {
    name: "healthy-ikev1-main",
    description: "An IKEv1 tunnel comes up in main mode with a pre-shared key and carries pings",
    alice: peer("alice", { version: 1 }),
    bob: peer("bob", { version: 1 }),
    steps: comesUp,
    truth: both,
  },
  {
    name: "healthy-ikev2-nat",
    description:
      "The router translates the initiator's address and ports (500 and 4500 become 40000 and up); the tunnel comes up and carries pings",
    alice: peer("alice"),
    bob: peer("bob"),
    rules: [["nat", "ip saddr 192.0.2.0/24 udp sport { 500, 4500 } masquerade to :40000-40100"]],
    steps: comesUp,
    truth: { initiator: translated, responder: translated, router: translated },
  },
  {
    name: "healthy-ikev1-aggressive",
    description: "An IKEv1 tunnel comes up in aggressive mode and carries pings",
    alice: peer("alice", aggressive),
    bob: peer("bob", aggressive),
    steps: comesUp,
    // The initiator's NAT detection hashes are encrypted, so nobody can say who forced what.
    truth: { initiator: healthy(), responder: healthy() },
  },
  {
    name: "healthy-ikev2-cert",
    description: "The ends prove themselves with certificates; IKE_AUTH goes in IKE fragments (SKF)",
    alice: peer("alice", certificate),
    bob: peer("bob", certificate),
    certificateNames: 12,
    steps: comesUp,
    truth: both,
  },
  {
    name: "healthy-ikev1-cert",
    description:
      "IKEv1 main mode with certificates; messages 5 and 6 go in IKEv1 fragments (payload 132), and the tunnel carries pings",
    alice: peer("alice", { ...certificateV1, version: 1 }),
    bob: peer("bob", { ...certificateV1, version: 1 }),
    certificateNames: 12,
    steps: comesUp,
    truth: both,
  },
  {
    name: "healthy-ikev2-ipfrag",
    description:
      "Large certificates without IKE fragmentation: IKE_AUTH goes in IP fragments, all of which arrive, and the tunnel carries pings",
    alice: peer("alice", { ...certificate, connection: { fragmentation: "no" } }),
    bob: peer("bob", { ...certificate, connection: { fragmentation: "no" } }),
    certificateNames: 30,
    steps: comesUp,
    truth: both,
  },
  {
    name: "healthy-ikev2-eap",
    description:
      "The responder has a certificate, the initiator proves itself by EAP-MSCHAPv2 over several IKE_AUTH rounds; the tunnel carries pings",
    alice: peer("alice", { auth: "eap-mschapv2", remoteAuth: "pubkey" }),
    bob: peer("bob", { auth: "pubkey", remoteAuth: "eap-mschapv2" }),
    certificateNames: 0,
    steps: comesUp,
    truth: both,
  },
  {
    name: "healthy-ikev2-routed",
    description:
      "A healthy IKEv2 tunnel through a router without NAT, whose capture on all interfaces holds each packet twice, coming in and going out",
    alice: peer("alice"),
    bob: peer("bob"),
    steps: comesUp,
    truth: { ...both, router: healthy(["nat-forced-encapsulation", "capture-duplicates"]) },
  },
];
