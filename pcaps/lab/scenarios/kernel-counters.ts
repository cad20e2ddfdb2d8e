/** Sequence counters and SAs of a real kernel, set by hand, played in a User Mode Linux. */
import { checkedPair, kernelPeer } from "../kernel-peer.js";
import type { Scenario } from "../scenario.js";
import type { Stage } from "../stage.js";
import { both, degraded, failing, healthy } from "../truth.js";
import { install, outgoing, protect } from "../xfrm.js";

/** Forty before 2^32. */
const NEAR_THE_END = ["replay-oseq", "0xffffffd7"];
const gcm = { proposals: "aes256gcm16-prfsha256-ecp256" };

/** Pings; takes the initiator's outgoing SAs out and puts them back, with a counter of their own; and pings again. */
const reinstalls =
  (before: number, counter: string[], ...after: [count: number, interval: number, size?: number]) =>
  async (stage: Stage): Promise<void> => {
    const { topology } = stage;
    await stage.alice.initiate();
    await stage.ping("alice", before);
    for (const one of await outgoing(topology, "alice")) await install(topology, "alice", one, counter);
    await stage.ping("alice", ...after);
  };

export const kernelCounterScenarios: Scenario[] = [
  {
    name: "kernel-sequence-restart",
    description:
      "After twelve answered pings the initiator's outgoing SA is put back with its counter at 0, as a fail-over without synchronised counters does; the responder takes all that follows for replays (XfrmInStateSeqError), dead peer detection is answered",
    ...checkedPair(),
    steps: reinstalls(12, [], 12, 1),
    truth: both(failing("ESP", "esp-sequence-restart")),
  },
  {
    name: "kernel-sequence-end",
    description:
      "After three answered pings the initiator's outgoing counter is set to 40 before 2^32; 40 pings are answered, then its kernel sends no more (XfrmOutStateSeqError)",
    ...checkedPair(),
    steps: reinstalls(3, NEAR_THE_END, 50, 0.25, 16),
    truth: both(degraded(["esp-sequence-exhaustion"])),
  },
  {
    name: "kernel-esn-wrap",
    description:
      "Extended sequence numbers; the initiator's outgoing counter is set to 40 before 2^32, and 80 pings run over it, all answered",
    ...checkedPair({ espProposals: "aes128gcm16-esn" }),
    steps: reinstalls(3, NEAR_THE_END, 80, 0.2, 16),
    truth: both(healthy()),
  },
  {
    name: "kernel-stale-spi",
    description:
      "AES-GCM; the responder deletes the tunnel, which is acknowledged; the initiator's kernel keeps the outgoing SA and its policy (put back by hand) and goes on sending into it (the responder: XfrmInNoStates)",
    kernel: true,
    alice: kernelPeer("alice", gcm),
    bob: kernelPeer("bob", gcm),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 8);
      const kept = await outgoing(stage.topology, "alice");
      await stage.bob.terminate();
      await stage.wait(1);
      for (const one of kept) {
        const counter = ["replay-oseq", "8"];
        await install(stage.topology, "alice", one, counter);
        await protect(stage.topology, "alice", one.settings[1] ?? "0");
      }
      await stage.ping("alice", 20, 0.8);
    },
    truth: both(failing("ESP", "esp-stale-spi")),
  },
];
