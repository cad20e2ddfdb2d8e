/** Something answers IKE with an ICMP error. */
import { peer } from "../config.js";
import { match } from "../nft.js";
import { givesUp, type Scenario } from "../scenario.js";
import { empty, failing } from "../truth.js";

const closed = failing("IKE_SA_INIT", "icmp-port-unreachable");

export const refusalScenarios: Scenario[] = [
  {
    name: "nobody-listening",
    description: "No IKE daemon runs at the responder; its kernel answers port unreachable",
    alice: peer("alice"),
    bob: "no daemon",
    steps: givesUp,
    truth: { initiator: closed, responder: closed },
  },
  {
    name: "admin-prohibited",
    description: "The router rejects UDP port 500 from the initiator as administratively prohibited",
    alice: peer("alice"),
    bob: peer("bob"),
    rules: [["forward", `${match.fromAlice} udp dport 500 counter reject with icmp type admin-prohibited`]],
    steps: givesUp,
    truth: { initiator: failing("IKE_SA_INIT", "icmp-admin-prohibited"), responder: empty },
  },
  {
    name: "host-unreachable",
    description: "The router answers all towards the responder with host unreachable",
    alice: peer("alice"),
    bob: peer("bob"),
    rules: [["forward", `${match.fromAlice} counter reject with icmp type host-unreachable`]],
    steps: givesUp,
    truth: { initiator: failing("IKE_SA_INIT", "icmp-host-unreachable"), responder: empty },
  },
];
