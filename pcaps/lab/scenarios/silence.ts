/** A tunnel that worked, and then a peer that is silent: all of it, or only some messages. */
import { peer } from "../config.js";
import { match } from "../nft.js";
import type { Scenario } from "../scenario.js";
import type { Stage } from "../stage.js";
import { failing, healthy, type Truth } from "../truth.js";

const forced = ["nat-forced-encapsulation"];
const timedOut = failing("INFORMATIONAL", "dpd-timeout", forced);
const asks = { connection: { dpd_delay: "2s" } };
/** alice gives up 9.5 s after the first of her unanswered requests; then comes silence. */
const untilGivenUp = 14;

async function cut(stage: Stage, ...rules: string[]): Promise<void> {
  await stage.alice.initiate();
  await stage.ping("alice", 4);
  for (const rule of rules) await stage.firewall.add("raw", rule);
}

export const silenceScenarios: Scenario[] = [
  {
    name: "dpd-path-cut",
    description:
      "The tunnel is up and was used; then, while it is idle, the router drops everything of the responder for good; the initiator's dead peer detection repeats its request and gives up (log: giving up after 3 retransmits)",
    alice: peer("alice", asks),
    bob: peer("bob"),
    async steps(stage) {
      await cut(stage, `${match.fromBob} counter drop`);
      await stage.wait(untilGivenUp);
    },
    truth: {
      initiator: timedOut,
      responder: failing(
        "INFORMATIONAL",
        "ike-response-lost",
        forced,
        "the requests arrive, each is answered, and they are repeated",
      ),
    },
  },
  {
    name: "dpd-ike-only-cut",
    description:
      "The tunnel is up; then the router drops IKE on UDP port 4500 from the responder for good, but ESP flows on in both directions while the initiator's dead peer detection repeats its request, until it gives up",
    alice: peer("alice", asks),
    bob: peer("bob"),
    async steps(stage) {
      await cut(stage, `${match.fromBob} ${match.ikeOn4500} counter drop`);
      // strongSwan does not ask while ESP comes in, so the question has to be on its way before.
      await stage.wait(2.6);
      await stage.ping("alice", 7, 1);
      await stage.wait(8);
    },
    truth: {
      initiator: timedOut,
      responder: failing(
        "INFORMATIONAL",
        "ike-response-lost",
        forced,
        "the requests arrive, each is answered, and they are repeated; ESP flows both ways",
      ),
    },
  },
  {
    name: "dpd-ikev1-path-cut",
    description:
      "An IKEv1 tunnel is up and was used; then the router drops everything of the responder for good; the initiator asks R-U-THERE every 2 s, hears nothing for 8 s and gives up (log: DPD check timed out)",
    alice: peer("alice", { version: 1, connection: { dpd_delay: "2s", dpd_timeout: "8s" } }),
    bob: peer("bob", { version: 1 }),
    async steps(stage) {
      await cut(stage, `${match.fromBob} counter drop`);
      await stage.wait(untilGivenUp);
    },
    truth: {
      initiator: timedOut,
      responder: healthy(forced, "each R-U-THERE is answered, and after some of them none comes"),
    },
  },
  {
    name: "dpd-peer-killed",
    description:
      "The tunnel is up; then the responder's daemon is killed and its firewall drops what comes to its ports; the initiator's dead peer detection repeats its request and gives up",
    alice: peer("alice", asks),
    bob: peer("bob"),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 4);
      await stage.closePorts("bob");
      await stage.bob.kill();
      await stage.wait(untilGivenUp);
    },
    truth: {
      initiator: timedOut,
      responder: { ...timedOut, seen: "the requests arrive, none is answered" },
    },
  },
  {
    name: "path-lost",
    description:
      "The tunnel is up and pinged from both ends; then the router drops everything in both directions; each end goes on sending ESP for a while, and the dead peer detection of both gives up",
    alice: peer("alice", asks),
    bob: peer("bob", asks),
    async steps(stage) {
      await cut(stage, `${match.fromBob} counter drop`, `${match.fromAlice} counter drop`);
      await Promise.all([stage.ping("alice", 8, 1), stage.ping("bob", 8, 1)]);
      await stage.wait(untilGivenUp - 8);
    },
    truth: { initiator: pathLost(), responder: pathLost() },
  },
  {
    name: "rekey-unanswered",
    description:
      "The tunnel is up; the router drops what has exchange type CREATE_CHILD_SA from the initiator, so the rekeying that it begins after 4 s is never answered; it gives up and forgets the tunnel",
    alice: peer("alice", { child: { rekey_time: "4s", life_time: "60s", rand_time: "0" } }),
    bob: peer("bob"),
    rules: [["raw", `${match.fromAlice} ${match.createChildOn4500} counter drop`]],
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 8, 1);
      await stage.wait(12);
    },
    truth: {
      initiator: failing("CREATE_CHILD_SA", "rekey-unanswered", forced),
      responder: healthy(forced, "a tunnel that is used and then idle, for the request never arrives"),
    },
  },
  {
    name: "rekey-child-pfs-mismatch",
    description:
      "The first child SA needs no key exchange and comes up; for rekeying the initiator offers modp2048 and the responder wants ecp384; the responder's log: no acceptable KEY_EXCHANGE_METHOD found, NO_PROP sent; the child SA dies at its lifetime of 12 s in the middle of pings, a new one is refused likewise, and the IKE SA lives on; a route keeps the pings from leaving in clear then",
    alice: peer("alice", {
      espProposals: "aes256-sha256-modp2048",
      connection: { dpd_delay: "2s" },
      child: { rekey_time: "4s", life_time: "12s", rand_time: "0" },
    }),
    bob: peer("bob", { espProposals: "aes256-sha256-ecp384" }),
    before: (stage) => stage.neverInClear("alice"),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 17, 1);
      await stage.wait(3);
    },
    truth: {
      initiator: failing("CREATE_CHILD_SA", "rekey-failed", forced),
      responder: failing("CREATE_CHILD_SA", "rekey-failed", forced),
    },
  },
];

/** The path is the cause, the timeout of dead peer detection follows from it. */
function pathLost(): Truth {
  return { ...failing("ESP", "path-lost", forced), findings: ["path-lost", "dpd-timeout"] };
}
