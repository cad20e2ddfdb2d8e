/** AH, transport mode, extended sequence numbers and IPv6 with a real kernel, played in a User Mode Linux. */
import type { Peer, Section } from "../config.js";
import { answer, espInARow, exchanges } from "../decided.js";
import { checkedPair } from "../kernel-peer.js";
import type { Scenario } from "../scenario.js";
import type { Stage } from "../stage.js";
import { ends } from "../topology.js";
import { both, degraded, failing, healthy } from "../truth.js";

const transport: Section = { mode: "transport", local_ts: "dynamic", remote_ts: "dynamic" };
const ah: Partial<Peer> = { espProposals: "", child: { ah_proposals: "sha256" } };
const ahTransport: Partial<Peer> = { espProposals: "", child: { ...transport, ah_proposals: "sha256" } };

const refused = failing("IKE_AUTH", "child-rejected", ["nat-detected"]);

/** Pings through a tunnel, both ways. */
async function pings(stage: Stage): Promise<void> {
  await stage.alice.initiate();
  await stage.ping("alice", 6);
  await stage.ping("bob", 6);
  await stage.wait(2);
}

/** Pings between the peers themselves. */
async function pingsOfPeers(stage: Stage): Promise<void> {
  await stage.alice.initiate();
  await stage.pingFrom("alice", ends.alice.outer, ends.bob.outer, 6);
  await stage.pingFrom("bob", ends.bob.outer, ends.alice.outer, 6);
  await stage.wait(2);
}

export const kernelModeScenarios: Scenario[] = [
  {
    name: "kernel-transport",
    description: "Transport mode between the peers themselves, AES-GCM; pings pass both ways",
    ...checkedPair({ espProposals: "aes128gcm16", child: transport }),
    steps: pingsOfPeers,
    truth: both(healthy()),
  },
  {
    name: "kernel-transport-null",
    description: "Transport mode with NULL encryption and HMAC-SHA2-256; pings pass both ways",
    ...checkedPair({ espProposals: "null-sha256", child: transport }),
    steps: pingsOfPeers,
    truth: both(degraded(["esp-null"])),
  },
  {
    name: "kernel-esn",
    description: "Extended sequence numbers, AES-CBC with HMAC-SHA2-256; pings pass both ways",
    ...checkedPair({ espProposals: "aes256-sha256-esn" }),
    steps: pings,
    truth: both(healthy(["plaintext-mirror"])),
  },
  {
    name: "kernel-ah-tunnel",
    description: "AH with HMAC-SHA2-256 in tunnel mode; pings pass both ways",
    ...checkedPair(ah),
    steps: pings,
    truth: both(healthy()),
  },
  {
    name: "kernel-ah-transport",
    description: "AH with HMAC-SHA2-256 in transport mode; pings pass both ways",
    ...checkedPair(ahTransport),
    steps: pingsOfPeers,
    truth: both(healthy()),
  },
  {
    name: "kernel-ah-blocked",
    description: "AH in tunnel mode; the router drops protocol 51 from the responder; pings in vain",
    ...checkedPair(ah),
    before: (stage) => stage.router.iptables(`-A FORWARD -p ah -s ${ends.bob.outer} -j DROP`),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 15, 1);
    },
    truth: {
      initiator: failing("ESP", "esp-one-way"),
      responder: healthy([], "AH in both directions, for the loss is behind this place"),
    },
  },
  {
    name: "kernel-ah-nat",
    description:
      "AH in tunnel mode, and the router translates the initiator's address: the responder takes the proposal, sees the NAT and refuses the Child SA with NO_PROPOSAL_CHOSEN; the initiator's pings leave in clear",
    ...checkedPair(ah),
    before: (stage) => stage.router.masquerade(),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 15, 1);
    },
    decided: answer(exchanges.auth),
    truth: {
      initiator: { ...refused, findings: ["child-rejected", "plaintext-leak"] },
      responder: refused,
    },
  },
  {
    name: "kernel-ipv6",
    description: "IKE and ESP over IPv6, the protected networks are IPv4; pings pass both ways",
    ...checkedPair({ outer: "ipv6", espProposals: "aes256gcm16" }),
    ipv6: true,
    steps: pings,
    truth: both(healthy()),
  },
  {
    name: "kernel-ipv6-esp-blocked",
    description:
      "Over IPv6; the router drops ESP from the responder, IKE passes; the initiator pings in vain",
    ...checkedPair({ outer: "ipv6" }),
    ipv6: true,
    before: (stage) => stage.router.ip6tables(`-A FORWARD -p esp -s ${ends.bob.outer6} -j DROP`),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 15, 1);
    },
    decided: espInARow(12),
    truth: {
      initiator: failing("ESP", "esp-blocked"),
      responder: healthy([], "ESP in both directions, for the loss is behind this place"),
    },
  },
];
