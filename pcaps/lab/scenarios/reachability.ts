/** Something between the ends swallows or refuses IKE. */
import { peer } from "../config.js";
import { match } from "../nft.js";
import { givesUp, type Scenario } from "../scenario.js";
import { empty, failing } from "../truth.js";

const masquerade = "ip saddr 192.0.2.0/24 udp sport { 500, 4500 } masquerade to :40000-40100";
/** Does not force UDP encapsulation, so its NAT detection hashes are honest. */
const honest = { ipsec: "none" } as const;
const unanswered = failing("IKE_SA_INIT", "ike-init-unanswered");

export const reachabilityScenarios: Scenario[] = [
  {
    name: "port500-blocked",
    description: "The router drops UDP port 500 from the initiator, who gives up",
    alice: peer("alice"),
    bob: peer("bob"),
    rules: [["raw", `${match.fromAlice} udp dport 500 counter drop`]],
    steps: givesUp,
    truth: { initiator: unanswered, responder: empty },
  },
  {
    name: "answer500-blocked",
    description: "The router drops the responder's answers on UDP port 500; the initiator gives up",
    alice: peer("alice"),
    bob: peer("bob"),
    rules: [["raw", `${match.fromBob} udp dport 500 counter drop`]],
    steps: givesUp,
    truth: {
      initiator: { ...unanswered, seen: "requests only, as if they had not arrived" },
      responder: failing("IKE_SA_INIT", "ike-response-lost", ["nat-forced-encapsulation"]),
    },
  },
  {
    name: "port4500-blocked-nat",
    description:
      "The router translates the initiator's address and ports (500 becomes 40000 and up) and drops UDP port 4500",
    alice: peer("alice", honest),
    bob: peer("bob", honest),
    rules: [
      ["nat", masquerade],
      ["raw", "udp dport 4500 counter drop"],
    ],
    steps: givesUp,
    truth: {
      initiator: failing("IKE_AUTH", "natt-4500-unanswered", ["nat-detected"]),
      responder: failing("IKE_AUTH", "ike-auth-missing", ["nat-detected"]),
      // Its capture holds both links, and the requests on one of them only.
      router: {
        ...failing("IKE_AUTH", "natt-4500-unanswered", ["nat-detected"]),
        findings: ["lost-between-captures", "natt-4500-unanswered"],
      },
    },
  },
  {
    name: "port4500-blocked",
    description: "The router, which does no NAT, drops UDP port 4500 from the initiator",
    alice: peer("alice"),
    bob: peer("bob"),
    rules: [["raw", `${match.fromAlice} udp dport 4500 counter drop`]],
    steps: givesUp,
    truth: {
      initiator: failing("IKE_AUTH", "natt-4500-unanswered", ["nat-forced-encapsulation"]),
      responder: failing("IKE_AUTH", "ike-auth-missing", ["nat-forced-encapsulation"]),
    },
  },
  {
    name: "answer4500-blocked",
    description: "The router drops the responder's answers on UDP port 4500; the initiator gives up",
    alice: peer("alice", { connection: { mobike: "no" } }),
    bob: peer("bob", { connection: { mobike: "no" } }),
    rules: [["raw", `${match.fromBob} udp dport 4500 counter drop`]],
    steps: givesUp,
    truth: {
      initiator: failing(
        "IKE_AUTH",
        "natt-4500-unanswered",
        ["nat-forced-encapsulation"],
        "requests only, as if they had not arrived",
      ),
      responder: failing("IKE_AUTH", "ike-response-lost", ["nat-forced-encapsulation"]),
    },
  },
  {
    name: "auth-blocked-500",
    description:
      "All stays on UDP port 500 (no NAT, no MOBIKE); the router drops what has exchange type IKE_AUTH from the initiator",
    alice: peer("alice", { ...honest, connection: { mobike: "no" } }),
    bob: peer("bob", { ...honest, connection: { mobike: "no" } }),
    // The exchange type is byte 18 of the IKE header, which follows the 8 bytes of UDP.
    rules: [["raw", `${match.fromAlice} udp dport 500 @th,208,8 35 counter drop`]],
    steps: givesUp,
    truth: {
      initiator: failing("IKE_AUTH", "ike-auth-unanswered"),
      responder: failing("IKE_AUTH", "ike-auth-missing"),
    },
  },
];
