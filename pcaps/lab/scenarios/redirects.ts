/** Gateways that send the initiator elsewhere (REDIRECT, RFC 5685). */
import { peer } from "../config.js";
import { comesUp, isRefused, type Scenario } from "../scenario.js";
import { failing, healthy } from "../truth.js";

const forced = ["nat-forced-encapsulation"];
const loop = failing("IKE_SA_INIT", "redirect-loop");

export const redirectScenarios: Scenario[] = [
  {
    name: "healthy-ikev2-redirected",
    description:
      "A script at 198.51.100.21 (an address of the router) answers IKE_SA_INIT with REDIRECT to 198.51.100.20; the initiator goes there, and the tunnel comes up and carries pings",
    alice: peer("alice", { connection: { remote_addrs: "198.51.100.21" } }),
    bob: peer("bob"),
    redirects: [["198.51.100.21", "198.51.100.20"]],
    steps: comesUp,
    truth: {
      initiator: healthy([...forced, "redirected"]),
      responder: healthy(forced, "only the second gateway's part; the request says REDIRECTED_FROM"),
    },
  },
  {
    name: "redirect-loop",
    description:
      "Scripts at 198.51.100.20 and 198.51.100.21 answer IKE_SA_INIT with REDIRECT to each other; the initiator follows five times and stops (its log: only 5 redirects are allowed within 300 seconds)",
    alice: peer("alice"),
    bob: "no daemon",
    redirects: [
      ["198.51.100.20", "198.51.100.21"],
      ["198.51.100.21", "198.51.100.20"],
    ],
    steps: isRefused,
    truth: { initiator: loop, responder: loop },
  },
];
