/** ESP of a real kernel, played in a User Mode Linux: rekeys under loss, late packets and copies against the replay window. */
import { kernelPeer } from "../kernel-peer.js";
import type { Scenario } from "../scenario.js";
import type { Stage } from "../stage.js";
import { both, degraded, healthy } from "../truth.js";

/** IP protocol numbers. */
const [UDP, ESP] = [17, 50] as const;
const bob = kernelPeer("bob");
/** The old Child SA lives on for a moment beside the new one. */
const rekeys = { rekey_time: "8s", life_time: "20s", rand_time: "0" };

/** Pings four times a second from both ends. */
async function pingsBothWays(stage: Stage): Promise<void> {
  await Promise.all([stage.ping("alice", 80, 0.25, 16), stage.ping("bob", 80, 0.25, 16)]);
}

/** Pings while netem harms ESP towards the responder. */
const pingsHarmed =
  (harm: string, count: number, interval: number): Scenario["steps"] =>
  async (stage) => {
    await stage.alice.initiate();
    await stage.router.netem("bob", ESP, harm);
    await stage.ping("alice", count, interval, 16);
  };
const late = pingsHarmed("delay 2000ms reorder 95%", 180, 0.03);
const notHere = "all leave, and the router is behind this place";

export const kernelOrderScenarios: Scenario[] = [
  {
    name: "kernel-rekey-healthy",
    description:
      "Pings both ways four times a second while the Child SA is rekeyed every eight seconds with PFS, and the IKE SA once",
    kernel: true,
    alice: kernelPeer("alice", {
      espProposals: "aes256gcm16-ecp256",
      child: rekeys,
      connection: { rekey_time: "13s", over_time: "20s", rand_time: "0" },
    }),
    bob: kernelPeer("bob", { espProposals: "aes256gcm16-ecp256" }),
    async steps(stage) {
      await stage.alice.initiate();
      await pingsBothWays(stage);
    },
    truth: both(healthy()),
  },
  {
    name: "kernel-rekey-loss",
    description:
      "The router loses one ESP packet in eight towards both ends (netem) while the Child SA is rekeyed every eight seconds; pings both ways four times a second",
    kernel: true,
    alice: kernelPeer("alice", { child: rekeys }),
    bob,
    async steps(stage) {
      await stage.alice.initiate();
      for (const end of ["alice", "bob"] as const) await stage.router.netem(end, ESP, "loss 12%");
      await pingsBothWays(stage);
    },
    truth: both(degraded(["esp-loss"])),
  },
  {
    name: "kernel-rekey-answers-late",
    description:
      "The router delays IKE by 1.2 s each way (netem) while the Child SA is rekeyed every eight seconds: each end uses the new pair long before or after the other; pings both ways pass",
    kernel: true,
    alice: kernelPeer("alice", { child: rekeys, charon: { retransmit_timeout: "6.0" } }),
    bob,
    async steps(stage) {
      await stage.alice.initiate();
      for (const end of ["alice", "bob"] as const) await stage.router.netem(end, UDP, "delay 1200ms");
      await pingsBothWays(stage);
    },
    truth: {
      initiator: degraded(
        ["responder-slow"],
        [],
        "each answer to a rekey takes 2.4 s; on the way or there, that is the same from here",
      ),
      responder: healthy(),
    },
  },
  {
    name: "kernel-replay-late",
    description:
      "The router holds back one ESP packet in twenty towards the responder for two seconds (netem), so that it comes some 60 numbers late, behind the replay window of 32, and is refused (XfrmInStateSeqError)",
    kernel: true,
    alice: kernelPeer("alice"),
    bob,
    steps: late,
    truth: {
      initiator: healthy([], notHere),
      responder: degraded(["esp-reordered"]),
    },
  },
  {
    name: "kernel-replay-window-wide",
    description:
      "As kernel-replay-late, with a replay window of 256 at both ends: the late packets are taken, and each ping is answered",
    kernel: true,
    alice: kernelPeer("alice", { child: { replay_window: "256" } }),
    bob: kernelPeer("bob", { child: { replay_window: "256" } }),
    steps: late,
    truth: {
      initiator: healthy([], notHere),
      responder: healthy(["esp-reordered"], "the late packets are among those that are shown decrypted"),
    },
  },
  {
    name: "kernel-replay-copies-late",
    description:
      "The router doubles one ESP packet in six towards the responder and delays each by up to 300 ms (netem): packets come out of order, copies come later, and the kernel refuses these",
    kernel: true,
    alice: kernelPeer("alice"),
    bob,
    steps: pingsHarmed("delay 150ms 150ms duplicate 17%", 80, 0.1),
    truth: {
      initiator: healthy([], notHere),
      responder: degraded(["esp-duplicate"], ["esp-reordered"]),
    },
  },
];
