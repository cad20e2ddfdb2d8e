/** Messages too large for one packet, and a router that does not let their pieces through. */
import { peer, type Peer } from "../config.js";
import { match } from "../nft.js";
import { givesUp, type Scenario } from "../scenario.js";
import { failing } from "../truth.js";

const forced = ["nat-forced-encapsulation"];
/** Fragmentation is off at both ends. */
const ipFragmentsLost = {
  ...failing("IKE_AUTH", "ip-fragments-lost", forced),
  findings: ["ip-fragments-lost", "ike-fragmentation-not-negotiated"],
};
const ikeFragmentsLost = failing("IKE_AUTH", "ike-fragments-lost", forced);
const certificate: Partial<Peer> = {
  auth: "pubkey",
  remoteAuth: "pubkey",
  proposals: "aes256-sha256-ecp256",
};
const certificateV1: Partial<Peer> = { auth: "pubkey", remoteAuth: "pubkey", version: 1 };
const fragmentsV1Lost = failing("MAIN_MODE", "ike-fragments-lost", forced);
const whole: Partial<Peer> = { ...certificate, connection: { fragmentation: "no" } };

export const fragmentScenarios: Scenario[] = [
  {
    name: "ip-fragments-dropped",
    description:
      "Large certificates without IKE fragmentation: IKE_AUTH goes in IP fragments, which the router drops",
    alice: peer("alice", whole),
    bob: peer("bob", whole),
    certificateNames: 30,
    rules: [["raw", `${match.anyFragment} counter drop`]],
    steps: givesUp,
    truth: {
      initiator: ipFragmentsLost,
      responder: failing("IKE_AUTH", "ike-auth-missing", forced, "no fragment arrives"),
    },
  },
  {
    name: "ip-fragments-tail-dropped",
    description:
      "Large certificates without IKE fragmentation: of each IKE_AUTH the router lets the first IP fragment pass and drops the others",
    alice: peer("alice", whole),
    bob: peer("bob", whole),
    certificateNames: 30,
    rules: [["raw", `${match.laterFragment} counter drop`]],
    steps: givesUp,
    truth: { initiator: ipFragmentsLost, responder: ipFragmentsLost },
  },
  {
    name: "ike-fragments-dropped",
    description:
      "IKE_AUTH goes in IKE fragments (SKF); the router drops UDP datagrams over 1000 bytes, so only the last fragment of each try arrives",
    alice: peer("alice", certificate),
    bob: peer("bob", certificate),
    certificateNames: 30,
    rules: [["raw", `${match.fromAlice} udp length > 1000 counter drop`]],
    steps: givesUp,
    truth: { initiator: ikeFragmentsLost, responder: ikeFragmentsLost },
  },
  {
    name: "ikev1-fragments-dropped",
    description:
      "Main mode 5 goes in IKEv1 fragments (payload 132); the router drops UDP datagrams over 1000 bytes, so only the last fragment of each try arrives",
    alice: peer("alice", certificateV1),
    bob: peer("bob", certificateV1),
    certificateNames: 12,
    rules: [["raw", `${match.fromAlice} udp length > 1000 counter drop`]],
    steps: givesUp,
    truth: { initiator: fragmentsV1Lost, responder: fragmentsV1Lost },
  },
];
