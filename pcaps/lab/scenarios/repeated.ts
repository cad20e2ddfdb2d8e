/** The same tunnel is set up more than once: after a crash, by both ends, or again and again. */
import { peer } from "../config.js";
import { match } from "../nft.js";
import type { Scenario } from "../scenario.js";
import { both, degraded, failing, healthy, type Truth } from "../truth.js";

const forced = ["nat-forced-encapsulation"];
const slow = { proposals: "aes256-sha256-modp8192" };
const restartingBob = peer("bob", { connection: { remote_addrs: "192.0.2.10" } });
const keepsBoth = peer("bob", { connection: { remote_addrs: "192.0.2.10", unique: "never" } });
const flapping: Truth = {
  ...failing("IKE_AUTH", "authentication-failed", forced),
  findings: ["authentication-failed", "sa-flapping"],
};

/** Every phase succeeds each time, so none of them is to blame. */
const flappingUp: Truth = { ...healthy(forced), status: "failing", findings: ["sa-flapping"] };

export const repeatedScenarios: Scenario[] = [
  {
    name: "peer-restarted-dpd",
    description:
      "The responder's daemon is killed and started anew with the tunnel up; it ignores what it no longer knows, so the initiator's dead peer detection gives up after 9.5 s and sets the tunnel up again, which then carries pings",
    alice: peer("alice", { connection: { dpd_delay: "2s" }, child: { dpd_action: "restart" } }),
    bob: restartingBob,
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 4);
      await stage.bob.kill();
      await stage.bob.start(restartingBob, undefined);
      await stage.wait(14);
      await stage.ping("alice", 4);
    },
    truth: {
      initiator: degraded(
        ["dpd-timeout"],
        forced,
        "a silence of 10 s that heals; nothing tells a restart from a path that was cut",
      ),
      responder: degraded(["dpd-timeout"], forced, "the requests arrive, none is answered; the new setup is"),
    },
  },
  {
    name: "peer-restarted",
    description:
      "The responder's daemon is killed and started anew with the tunnel up; it ignores the old tunnel's ESP and dead peer detection for 4 s and then sets the tunnel up again itself (INITIAL_CONTACT); the new one carries pings",
    alice: peer("alice", { connection: { dpd_delay: "2s" } }),
    bob: restartingBob,
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 4);
      await stage.bob.kill();
      await stage.bob.start(restartingBob, undefined);
      await stage.ping("alice", 3);
      await stage.wait(2.5);
      await stage.bob.initiate();
      await stage.ping("alice", 4);
      await stage.wait(4);
    },
    truth: both(degraded(["peer-restarted"], forced)),
  },
  {
    name: "peer-restarted-initiates",
    description:
      "The responder's daemon is killed and started anew with the tunnel up, and sets the tunnel up again itself (INITIAL_CONTACT); the old one is never deleted on the wire, the new one carries pings",
    alice: peer("alice"),
    bob: restartingBob,
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 4);
      await stage.bob.kill();
      await stage.bob.start(restartingBob, undefined);
      await stage.bob.initiate();
      await stage.ping("alice", 4);
      await stage.wait(4);
    },
    truth: both(degraded(["peer-restarted"], forced)),
  },
  {
    name: "simultaneous-initiation",
    description:
      "Both ends initiate in the same moment and neither insists on one tunnel: two IKE SAs with a child SA each come up and stay",
    alice: peer("alice", { connection: { unique: "never" } }),
    bob: keepsBoth,
    async steps(stage) {
      await Promise.all([stage.alice.initiate(), stage.bob.initiate()]);
      await stage.ping("alice", 4);
      await stage.ping("bob", 4);
      await stage.wait(4);
    },
    truth: both(degraded(["simultaneous-initiation"], forced)),
  },
  {
    name: "half-open-limit",
    description:
      "The router drops UDP port 4500 from the initiator, who begins anew every second without ever finishing: the first setups are answered, then the responder asks for a cookie, then it is silent; its log: ignoring IKE_SA setup, per-IP half-open IKE_SA limit of 5 reached",
    alice: peer("alice"),
    bob: peer("bob"),
    rules: [["raw", `${match.fromAlice} udp dport 4500 counter drop`]],
    async steps(stage) {
      for (let round = 0; round < 7; round++) {
        await stage.alice.initiate(1);
        await stage.alice.terminate(true);
      }
      await stage.alice.initiate();
      await stage.wait(5);
    },
    truth: {
      initiator: {
        ...failing("IKE_AUTH", "natt-4500-unanswered", [...forced, "cookie-challenge"]),
        findings: ["natt-4500-unanswered", "half-open-limit"],
      },
      responder: {
        ...failing("IKE_AUTH", "ike-auth-missing", [...forced, "cookie-challenge"]),
        findings: ["ike-auth-missing", "half-open-limit"],
      },
    },
  },
  {
    name: "flapping-auth",
    description:
      "The ends have different pre-shared keys and the initiator tries again every 1.3 s, eight times; each try is refused with AUTH_FAILED",
    alice: peer("alice"),
    bob: peer("bob", { secret: "another staple" }),
    async steps(stage) {
      for (let round = 0; round < 8; round++) {
        await stage.alice.initiate();
        await stage.wait(1.2);
      }
      await stage.wait(3);
    },
    truth: { initiator: flapping, responder: flapping },
  },
  {
    name: "flapping-delete",
    description:
      "The responder deletes the IKE SA about every 2 s and the initiator sets it up again at once, seven times; each tunnel carries a ping",
    alice: peer("alice", { child: { close_action: "start" } }),
    bob: peer("bob"),
    async steps(stage) {
      await stage.alice.initiate();
      for (let round = 0; round < 6; round++) {
        await stage.ping("alice", 2);
        await stage.wait(1);
        await stage.bob.terminate();
        await stage.wait(0.4);
      }
      await stage.ping("alice", 2);
      await stage.wait(2);
    },
    truth: {
      initiator: flappingUp,
      responder: flappingUp,
    },
  },
  {
    name: "reauth",
    description:
      "The initiator authenticates anew every 20 s by deleting the IKE SA and setting it up again (break before make), while it pings four times a second; with a group of 8192 bits each gap lasts some tenths of a second, and a route keeps its pings from leaving in clear",
    alice: peer("alice", {
      ...slow,
      connection: { reauth_time: "20s", over_time: "60s", rand_time: "0" },
    }),
    bob: peer("bob", slow),
    before: (stage) => stage.neverInClear("alice"),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 190, 0.25);
    },
    truth: both(degraded(["reauth-gap"], forced)),
  },
];
