/** ESP of a real kernel, played in a User Mode Linux: blocked on the way while IKE passes, and behind a NAT. */
import { espInARow } from "../decided.js";
import { checkedPair, kernelPeer } from "../kernel-peer.js";
import type { Scenario } from "../scenario.js";
import type { Stage } from "../stage.js";
import { ends } from "../topology.js";
import { both, degraded, failing, healthy } from "../truth.js";

const bob = kernelPeer("bob");
const blocked = failing("ESP", "esp-blocked");
const behindNat = ["nat-detected"];
/** A Linux host shows what it decrypted once more, in clear. */
const shown = [...behindNat, "plaintext-mirror"];
const idle = healthy([], "IKE and its dead peer detection, and no ESP at all: idle to all looks");
const behind = healthy([], "ESP in both directions, for the loss is behind this place");
const decided = espInARow(12);

const dropEsp = (from: "alice" | "bob"): string => `-A FORWARD -p esp -s ${ends[from].outer} -j DROP`;
/** UDP from port 4500 that carries ESP: its first four bytes are not the non-ESP marker. */
const dropEncapsulated = `-A FORWARD -s ${ends.bob.outer} -p udp --sport 4500 -m u32 --u32 0>>22&0x3C@8=0x1:0xffffffff -j DROP`;

/** Rules of the router from the start. */
const drops =
  (...rules: string[]): NonNullable<Scenario["before"]> =>
  async (stage) => {
    for (const rule of rules) await stage.router.iptables(rule);
  };

/** The initiator's pings, one a second. */
async function pings(stage: Stage): Promise<void> {
  await stage.alice.initiate();
  await stage.ping("alice", 15, 1);
  await stage.wait(2);
}

/** Pings both ways, a pause of several keepalives, and pings again. */
async function pingsWithPause(stage: Stage): Promise<void> {
  await stage.alice.initiate();
  await stage.ping("alice", 4);
  await stage.wait(14);
  await stage.ping("bob", 4);
}

export const kernelScenarios: Scenario[] = [
  {
    name: "kernel-esp-blocked-both",
    description:
      "The router drops protocol 50 both ways, IKE passes; both ends ping in vain, the initiator's dead peer detection is answered",
    ...checkedPair(),
    before: drops(dropEsp("alice"), dropEsp("bob")),
    async steps(stage) {
      await stage.alice.initiate();
      await Promise.all([stage.ping("alice", 15, 1), stage.ping("bob", 15, 1)]);
    },
    decided,
    truth: both(blocked),
  },
  {
    name: "kernel-esp-blocked-out",
    description: "The router drops protocol 50 from the initiator, IKE passes; the initiator pings in vain",
    ...checkedPair(),
    before: drops(dropEsp("alice")),
    steps: pings,
    decided,
    truth: { initiator: blocked, responder: idle },
  },
  {
    name: "kernel-esp-blocked-in",
    description: "The router drops protocol 50 from the responder, IKE passes; the initiator pings in vain",
    ...checkedPair(),
    before: drops(dropEsp("bob")),
    steps: pings,
    decided,
    truth: { initiator: blocked, responder: behind },
  },
  {
    name: "kernel-esp-blocked-later",
    description:
      "After six answered pings the router begins to drop protocol 50 from the responder, IKE passes; the initiator's pings go on in vain",
    ...checkedPair(),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 6);
      await stage.router.iptables(dropEsp("bob"));
      await stage.ping("alice", 15, 1);
    },
    decided,
    truth: { initiator: failing("ESP", "esp-one-way"), responder: behind },
  },
  {
    name: "kernel-esp-dropped-after-decryption",
    description:
      "The responder's own firewall drops what it decrypted (iptables, policy match); ESP arrives, nothing is answered, and dead peer detection is",
    ...checkedPair(),
    async before({ topology }) {
      const rule = "-A INPUT -m policy --dir in --pol ipsec -p icmp -j DROP";
      await topology.exec("bob", ["iptables-legacy", ...rule.split(" ")]);
    },
    steps: pings,
    decided,
    truth: {
      initiator: { ...blocked, seen: "protocol 50 leaves and none comes, as where it is blocked on the way" },
      responder: failing("ESP", "esp-one-way"),
    },
  },
  {
    name: "kernel-natt-healthy",
    description:
      "The router translates the initiator's address and ports; ESP of the kernel in UDP, keepalives every four seconds of silence; pings pass both ways",
    kernel: true,
    alice: kernelPeer("alice", { charon: { keep_alive: "4s" } }),
    bob,
    before: (stage) => stage.router.masquerade(),
    steps: pingsWithPause,
    truth: both(healthy(shown)),
  },
  {
    name: "kernel-natt-esp-dropped",
    description:
      "The initiator is behind NAT; the router drops ESP in UDP from the responder and passes IKE on the same port; the initiator pings in vain",
    ...checkedPair(),
    async before(stage) {
      await stage.router.masquerade();
      await stage.router.iptables(dropEncapsulated);
    },
    steps: pings,
    decided,
    truth: {
      initiator: failing("ESP", "esp-one-way", behindNat),
      responder: { ...behind, info: behindNat },
    },
  },
  {
    name: "kernel-natt-rebinding",
    description:
      "The router forgets its mappings in the middle of the tunnel's life and gives other ports; the responder's kernel tells of the new port and charon moves the SAs there; pings pass before and after",
    kernel: true,
    alice: kernelPeer("alice"),
    bob,
    before: (stage) => stage.router.masquerade("40000-40100"),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 5);
      await stage.router.iptables("-t nat -F POSTROUTING");
      await stage.router.masquerade("41000-41100");
      await stage.forgetMappings();
      await stage.ping("alice", 12, 1);
      await stage.ping("bob", 3);
    },
    truth: {
      initiator: healthy(behindNat, "no port changes before the router"),
      responder: degraded(["nat-mapping-changed"], behindNat),
    },
  },
];
