/** The tunnel is up, and ESP suffers on the way: loss, copies, size, one direction cut in the middle, no encryption. */
import { peer } from "../config.js";
import { match } from "../nft.js";
import type { Scenario } from "../scenario.js";
import type { Stage } from "../stage.js";
import { ends, type End } from "../topology.js";
import { both, degraded, failing, healthy, suspected } from "../truth.js";

const forced = ["nat-forced-encapsulation"];
const fromAlice = `${match.fromAlice} ${match.espOn4500}`;
const gcm = { proposals: "aes256gcm16-prfsha384-ecp256", espProposals: "aes256gcm16" };
const everyTenth = "numgen inc mod 10 == 0 counter";

async function manyPings(stage: Stage): Promise<void> {
  await stage.alice.initiate();
  await stage.ping("alice", 120, 0.1);
  await stage.wait(2);
}

/** A TCP connection through the tunnel: one end sends so many bytes and waits, the other reads. */
async function upload(
  stage: Stage,
  bytes: number,
  seconds: number,
  sender: End = "alice",
  port = 8080,
): Promise<void> {
  const reader = sender === "alice" ? "bob" : "alice";
  const addresses = [ends[reader].inner, ends[sender].inner, `${port}`];
  const listen =
    'use IO::Socket::INET;my $s=IO::Socket::INET->new(LocalAddr=>$ARGV[1],LocalPort=>$ARGV[3],Listen=>1,ReuseAddr=>1) or die;alarm $ARGV[0];my $c=$s->accept;while(sysread($c,my $b,65536)){syswrite($c,".")}';
  const send =
    'use IO::Socket::INET;alarm $ARGV[1];my $s=IO::Socket::INET->new(PeerAddr=>$ARGV[2],PeerPort=>$ARGV[4],LocalAddr=>$ARGV[3]) or die;syswrite($s,"x" x 20);sysread($s,my $b,1);syswrite($s,"x" x $ARGV[0]);sleep 60';
  const taking = ["perl", "-e", listen, `${seconds + 3}`, ...addresses];
  const reading = stage.topology.tryExec(reader, taking, seconds + 10);
  await stage.wait(1);
  const sending = ["perl", "-e", send, `${bytes}`, `${seconds}`, ...addresses];
  await stage.topology.tryExec(sender, sending, seconds + 10);
  await reading;
}

/** So many UDP messages of growing size through the tunnel, one every half second; bob takes them and says nothing. */
async function messages(stage: Stage, count: number): Promise<void> {
  const take =
    'use IO::Socket::INET;my $s=IO::Socket::INET->new(LocalAddr=>"10.2.0.1",LocalPort=>514,Proto=>"udp") or die;alarm $ARGV[0];while($s->recv(my $b,65536)){}';
  const send =
    'use IO::Socket::INET;my $s=IO::Socket::INET->new(PeerAddr=>"10.2.0.1",PeerPort=>514,LocalAddr=>"10.1.0.1",Proto=>"udp") or die;for my $n (1..$ARGV[0]){$s->send("m" x (60+37*$n%700));select(undef,undef,undef,0.5)}';
  const taking = stage.topology.tryExec("bob", ["perl", "-e", take, `${count / 2 + 3}`], count + 10);
  await stage.wait(1);
  await stage.topology.tryExec("alice", ["perl", "-e", send, `${count}`], count + 10);
  await taking;
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
      responder: degraded(["esp-loss"], forced),
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
      responder: degraded(["esp-duplicate"], forced),
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
    name: "esp-large-tcp-lost-beside-pings",
    description:
      "The router silently drops ESP over 1000 bytes from the initiator; two TCP connections through the tunnel repeat their full segments with doubling pauses, while the responder's pings go on and are answered",
    alice: peer("alice", gcm),
    bob: peer("bob", gcm),
    rules: [["raw", `${fromAlice} udp length > 1000 counter drop`]],
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 3);
      const pings = stage.ping("bob", 16, 1.1);
      const first = upload(stage, 4000, 14);
      await stage.wait(0.3);
      await upload(stage, 4000, 14, "alice", 8081);
      await Promise.all([first, pings]);
      await stage.wait(2);
    },
    truth: {
      initiator: suspected("ESP", "esp-large-packets-lost", forced),
      responder: degraded(["esp-loss"], forced, "the large packets never arrive, the small ones do"),
    },
  },
  {
    name: "esp-large-download-lost",
    description:
      "The router silently drops ESP over 1000 bytes from the responder, which sends 30 kB over a TCP connection under AES-GCM; its full segments are repeated with doubling pauses",
    alice: peer("alice", gcm),
    bob: peer("bob", gcm),
    rules: [["raw", `${match.fromBob} ${match.espFrom4500} udp length > 1000 counter drop`]],
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 4);
      await upload(stage, 30_000, 14, "bob");
      await stage.ping("alice", 3);
      await stage.wait(2);
    },
    truth: {
      initiator: degraded(["esp-loss"], forced, "the large packets never arrive, the small ones do"),
      responder: failing("ESP", "esp-large-packets-lost", forced),
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
    truth: both(degraded(["esp-null"], forced)),
  },
  {
    name: "healthy-esp-upload",
    description:
      "Pings, then a TCP connection through the tunnel that carries 400 kB in full segments, all acknowledged",
    alice: peer("alice", { connection: { dpd_delay: "3s" } }),
    bob: peer("bob"),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 4);
      await upload(stage, 400_000, 6);
      await stage.wait(4);
    },
    truth: { initiator: healthy(forced), responder: healthy(forced) },
  },
  {
    name: "healthy-esp-messages",
    description:
      "A few pings, then UDP messages of many sizes from the initiator's network that nobody answers, as log servers get them; the liveness checks of the responder are answered",
    alice: peer("alice"),
    bob: peer("bob", { connection: { dpd_delay: "3s" } }),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 4);
      await messages(stage, 30);
      await stage.wait(2);
    },
    // One direction alone goes on to the end.
    truth: both({ ...healthy(forced), status: "up" }),
  },
  {
    name: "healthy-esp-rekeys",
    description:
      "Pings both ways four times a second while the child SA is rekeyed every five seconds: several generations of SPIs, each overlapping the next for a moment",
    alice: peer("alice", { child: { rekey_time: "5s", life_time: "8s", rand_time: "0" } }),
    bob: peer("bob"),
    async steps(stage) {
      await stage.alice.initiate();
      await Promise.all([stage.ping("alice", 80, 0.25), stage.ping("bob", 80, 0.25)]);
      await stage.wait(2);
    },
    truth: { initiator: healthy(forced), responder: healthy(forced) },
  },
];
