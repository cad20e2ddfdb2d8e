/** The tunnel is up, and ESP suffers on the way: loss, copies, size, one direction cut in the middle, no encryption. */
import { peer } from "../config.js";
import { match } from "../nft.js";
import type { Scenario } from "../scenario.js";
import type { Stage } from "../stage.js";
import { failing, healthy, type Truth } from "../truth.js";

const forced = ["nat-forced-encapsulation"];
const degraded = (findings: string[], info = forced, seen = ""): Truth => ({
  ...healthy(info, seen),
  status: "degraded",
  findings,
});
const fromAlice = `${match.fromAlice} ${match.espOn4500}`;
const everyTenth = "numgen inc mod 10 == 0 counter";

async function manyPings(stage: Stage): Promise<void> {
  await stage.alice.initiate();
  await stage.ping("alice", 120, 0.1);
  await stage.wait(2);
}

/** A TCP connection through the tunnel: bob reads, alice sends so many bytes and waits. */
async function upload(stage: Stage, bytes: number, seconds: number): Promise<void> {
  const listen =
    'use IO::Socket::INET;my $s=IO::Socket::INET->new(LocalAddr=>"10.2.0.1",LocalPort=>8080,Listen=>1,ReuseAddr=>1) or die;alarm $ARGV[0];my $c=$s->accept;while(sysread($c,my $b,65536)){syswrite($c,".")}';
  const send =
    'use IO::Socket::INET;alarm $ARGV[1];my $s=IO::Socket::INET->new(PeerAddr=>"10.2.0.1",PeerPort=>8080,LocalAddr=>"10.1.0.1") or die;syswrite($s,"x" x 20);sysread($s,my $b,1);syswrite($s,"x" x $ARGV[0]);sleep 60';
  const reading = stage.topology.tryExec("bob", ["perl", "-e", listen, `${seconds + 3}`], seconds + 10);
  await stage.wait(1);
  await stage.topology.tryExec("alice", ["perl", "-e", send, `${bytes}`, `${seconds}`], seconds + 10);
  await reading;
}

export const dataPlaneScenarios: Scenario[] = [
  {
    name: "esp-loss",
    description:
      "The router drops every tenth ESP packet of the initiator, which pings ten times a second; the others are answered",
    alice: peer("alice"),
    bob: peer("bob"),
    rules: [["raw", `${fromAlice} ${everyTenth} drop`]],
    steps: manyPings,
    truth: {
      initiator: healthy(forced, "all leave, and nine of ten are answered; ping does not repeat"),
      responder: degraded(["esp-loss"]),
    },
  },
  {
    name: "esp-duplicate",
    description: "The router sends every tenth ESP packet of the initiator twice",
    alice: peer("alice"),
    bob: peer("bob"),
    rules: [["raw", `${fromAlice} ${everyTenth} dup to 198.51.100.20 device to-bob`]],
    steps: manyPings,
    truth: {
      initiator: healthy(forced, "no packet twice, for the router is behind this place"),
      responder: degraded(["esp-duplicate"]),
    },
  },
  {
    name: "esp-large-tcp-lost",
    description:
      "The router silently drops ESP over 1000 bytes from the initiator; small pings are answered, a TCP connection through the tunnel opens and passes small data, then its full segments are repeated with doubling pauses and never acknowledged",
    alice: peer("alice"),
    bob: peer("bob"),
    rules: [["raw", `${fromAlice} udp length > 1000 counter drop`]],
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 4);
      await upload(stage, 4000, 14);
      await stage.ping("alice", 3);
      await stage.wait(2);
    },
    truth: {
      initiator: failing("ESP", "esp-large-packets-lost", forced),
      responder: degraded(["esp-loss"], forced, "the large packets never arrive, the small ones do"),
    },
  },
  {
    name: "esp-one-way-later",
    description:
      "After six answered pings the router begins to drop ESP from the responder, IKE passes; the initiator's pings go on in vain",
    alice: peer("alice", { connection: { dpd_delay: "3s" } }),
    bob: peer("bob"),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 6);
      await stage.firewall.add("raw", `${match.fromBob} ${match.espOn4500} counter drop`);
      await stage.ping("alice", 15, 1);
    },
    truth: {
      initiator: failing("ESP", "esp-one-way", forced),
      responder: healthy(forced, "ESP in both directions, for the loss is behind this place"),
    },
  },
  {
    name: "esp-null",
    description: "The child SA has NULL encryption with HMAC-SHA2-256; pings pass",
    alice: peer("alice", { espProposals: "null-sha256" }),
    bob: peer("bob", { espProposals: "null-sha256" }),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 12);
      await stage.wait(2);
    },
    truth: { initiator: degraded(["esp-null"]), responder: degraded(["esp-null"]) },
  },
];
