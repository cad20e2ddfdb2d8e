/** Ways that change under a living tunnel: a NAT that forgets, an address that moves, a smaller MTU. */
import { peer } from "../config.js";
import { espInARow } from "../decided.js";
import { match } from "../nft.js";
import type { Scenario } from "../scenario.js";
import type { Stage } from "../stage.js";
import { degraded, failing, healthy, suspected } from "../truth.js";

const forced = ["nat-forced-encapsulation"];
const collided = ["rekey-collision", ...forced];
const masquerade = (ports: string): string =>
  `ip saddr 192.0.2.0/24 udp sport { 500, 4500 } masquerade to :${ports}`;
const toOldPorts = `${match.fromBob} udp dport 40000-40100 counter drop`;
const roaming = peer("alice", { connection: { local_addrs: "%any", dpd_delay: "3s" } });

/** The router forgets its mappings and gives new ports; what still goes to the old ones is dropped. */
async function rebind(stage: Stage): Promise<void> {
  await stage.firewall.flush("nat");
  await stage.firewall.add("nat", masquerade("20000-20010"));
  await stage.firewall.add("raw", toOldPorts);
  await stage.forgetMappings();
}

/** alice leaves 192.0.2.10 and is at 192.0.2.11 from then on. */
async function move(stage: Stage): Promise<void> {
  const change = (what: string, address: string): Promise<string> =>
    stage.topology.exec("alice", ["ip", "addr", what, `${address}/24`, "dev", "eth0"]);
  await change("add", "192.0.2.11");
  await stage.topology.exec("alice", ["sysctl", "-qw", "net.ipv4.conf.eth0.promote_secondaries=1"]);
  await change("del", "192.0.2.10");
  await stage.topology.tryExec("alice", ["ip", "route", "replace", "default", "via", "192.0.2.1"]);
  stage.outer.alice = "192.0.2.11";
}

/** From the router to bob only 1000 bytes pass; larger packets with DF are answered by ICMP 3/4. */
async function narrow(stage: Stage): Promise<void> {
  const route = "route replace 198.51.100.0/24 dev to-bob mtu lock 1000";
  await stage.topology.exec("router", ["ip", ...route.split(" ")]);
}

async function smallAndLarge(stage: Stage): Promise<void> {
  await stage.alice.initiate();
  await stage.ping("alice", 4);
  await stage.pingWhole("alice", 6, 1100);
  await stage.ping("alice", 4);
  await stage.wait(3);
}

export const moveScenarios: Scenario[] = [
  {
    name: "nat-rebinding",
    description:
      "The router translates the initiator's address and ports; in the middle of the tunnel's life it forgets its mappings and gives new ports (20000 and up); the responder answers IKE there, but goes on sending ESP to the old port, which the router drops; the initiator's pings are never answered again",
    alice: peer("alice", { connection: { dpd_delay: "2s" } }),
    bob: peer("bob"),
    rules: [["nat", masquerade("40000-40100")]],
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 5);
      await rebind(stage);
      await stage.ping("alice", 12, 1);
    },
    truth: {
      initiator: failing("ESP", "esp-one-way", ["nat-detected"], "no port changes before the router"),
      responder: failing("ESP", "nat-mapping-changed", ["nat-detected"]),
    },
  },
  {
    name: "nat-rebinding-followed",
    description:
      "As nat-rebinding, but without MOBIKE the responder follows to the new port with the first IKE message from there, rekeys the child SA, and pings pass again",
    alice: peer("alice", { connection: { dpd_delay: "2s", mobike: "no" } }),
    bob: peer("bob", { connection: { mobike: "no" } }),
    rules: [["nat", masquerade("40000-40100")]],
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 5);
      await rebind(stage);
      await stage.wait(3);
      await stage.ping("alice", 6, 1);
      await stage.wait(2);
    },
    truth: {
      initiator: healthy(["nat-detected"], "no port changes before the router"),
      responder: degraded(["nat-mapping-changed"], ["nat-detected"]),
    },
  },
  {
    name: "nat-mapping-refused",
    description:
      "The router translates the initiator's address and ports, the initiator sends no keepalives and is idle; the router forgets its mappings, and answers the responder's pings with ICMP port unreachable from the address that it had given",
    alice: peer("alice", { charon: { keep_alive: "0s" } }),
    bob: peer("bob"),
    rules: [["nat", masquerade("40000-40100")]],
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 5);
      await stage.wait(8);
      await stage.forgetMappings();
      await stage.wait(1);
      await stage.ping("bob", 6, 1);
    },
    decided: espInARow(4),
    truth: {
      initiator: healthy(["nat-detected"], "nothing is refused here, for nothing comes"),
      responder: failing("ESP", "nat-mapping-expired", ["nat-detected"]),
    },
  },
  {
    name: "mobike-move",
    description:
      "The initiator changes its address from 192.0.2.10 to 192.0.2.11 and tells the responder by MOBIKE (UPDATE_SA_ADDRESSES); then both ends rekey the child SA in the same moment (log: detected CHILD_REKEY collision), for kernel-libipsec cannot move one; pings pass before and after",
    alice: roaming,
    bob: peer("bob"),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 4);
      await move(stage);
      await stage.wait(4);
      await stage.ping("alice", 5);
      await stage.ping("bob", 3);
      await stage.wait(3);
    },
    truth: { initiator: healthy(collided), responder: healthy(collided) },
  },
  {
    name: "mobike-failed",
    description:
      "The initiator changes its address from 192.0.2.10 to 192.0.2.11, and the router drops all from there; its MOBIKE messages repeat and are never answered, while the responder pings the old address",
    alice: roaming,
    bob: peer("bob"),
    rules: [
      ["raw", "ip saddr 192.0.2.11 ip daddr 198.51.100.20 counter drop"],
      ["raw", "ip daddr 192.0.2.11 ip saddr 198.51.100.20 counter drop"],
    ],
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 4);
      await stage.ping("bob", 3);
      // The old address is gone; without this the router would answer host unreachable for it.
      await stage.firewall.add("raw", "ip daddr 192.0.2.10 ip saddr 198.51.100.20 counter drop");
      await move(stage);
      await stage.ping("bob", 14, 1);
    },
    truth: {
      initiator: failing("INFORMATIONAL", "mobike-failed", forced),
      responder: failing(
        "ESP",
        "path-lost",
        forced,
        "IKE and ESP of the initiator stop, the responder's ESP goes on",
      ),
    },
  },
  {
    name: "icmp-frag-needed",
    description:
      "The way from the router to the responder takes 1000 bytes only; large pings through the tunnel make the router answer ICMP fragmentation needed, next-hop MTU 1000, once; from then on the initiator sends its ESP in IP fragments, and all pings but the first large one are answered",
    alice: peer("alice", { connection: { dpd_delay: "3s" } }),
    bob: peer("bob"),
    before: narrow,
    steps: smallAndLarge,
    truth: {
      initiator: degraded(["icmp-frag-needed", "esp-fragmented"], forced),
      responder: degraded(["esp-fragmented"], [...forced, "esp-loss"], "one of 14 packets is missing"),
    },
  },
  {
    name: "icmp-frag-needed-ignored",
    description:
      "As icmp-frag-needed, but the initiator's own firewall drops the ICMP messages behind the sniffer; it goes on sending ESP of 1184 bytes with DF, and no large ping is ever answered, while small ones are",
    alice: peer("alice", { connection: { dpd_delay: "3s" } }),
    bob: peer("bob"),
    async before(stage) {
      await narrow(stage);
      await stage.deafToIcmp("alice");
    },
    steps: smallAndLarge,
    truth: {
      initiator: {
        ...failing("ESP", "icmp-frag-needed", forced),
        findings: ["icmp-frag-needed", "esp-large-packets-lost"],
      },
      responder: degraded(["esp-loss"], forced, "the large packets never arrive, the small ones do"),
    },
  },
  {
    name: "esp-large-packets-lost",
    description:
      "The router silently drops ESP over 1000 bytes from the initiator (a PMTU black hole): small pings are answered, large ones never",
    alice: peer("alice", { connection: { dpd_delay: "3s" } }),
    bob: peer("bob"),
    rules: [["raw", `${match.fromAlice} ${match.espOn4500} udp length > 1000 counter drop`]],
    steps: smallAndLarge,
    truth: {
      // One run of pings that nobody answers may also be a run of reports that needs no answer.
      initiator: suspected("ESP", "esp-large-packets-lost", forced),
      responder: degraded(["esp-loss"], forced, "the large packets never arrive, the small ones do"),
    },
  },
  {
    name: "plaintext-leak",
    description:
      "The initiator deletes the tunnel and goes on pinging the other protected network: the pings leave in clear, and the router answers network unreachable",
    alice: peer("alice"),
    bob: peer("bob"),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 4);
      await stage.alice.terminate();
      await stage.ping("alice", 6, 1);
      await stage.wait(2);
    },
    truth: {
      initiator: failing("ESP", "plaintext-leak", forced),
      responder: healthy(forced, "a tunnel that is used and deleted in order"),
    },
  },
];
