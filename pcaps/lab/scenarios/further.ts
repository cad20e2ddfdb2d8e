/** Further Child SAs, many clients behind one address, and ends that forget each other without a word. */
import { peer, type Peer } from "../config.js";
import { crowdAddresses, clientChild, clientInner, crowdTarget, type Crowd } from "../crowd.js";
import { answer, espInARow, exchanges } from "../decided.js";
import { match } from "../nft.js";
import type { Scenario } from "../scenario.js";
import type { Stage } from "../stage.js";
import { both, degraded, failing, healthy, suspected } from "../truth.js";

const forced = ["nat-forced-encapsulation"];
const up = healthy(forced);
const oneWay = suspected("ESP", "esp-one-way", forced);
const gcm: Partial<Peer> = { proposals: "aes128gcm16-prfsha256-x25519", espProposals: "aes128gcm16" };
const cbc: Partial<Peer> = { proposals: "aes256-sha512-modp3072", espProposals: "aes256-sha512" };
const second = "10.3.0.0/24";
const secondInner = "10.3.0.1";

/** alice's and bob's settings with a second child towards bob's second network. */
function two(settings: Partial<Peer>, atBob: Peer["children"][string] = {}, atAlice = {}): [Peer, Peer] {
  const alice = { more: { remote_ts: second, ...atAlice } };
  const bob = { more: { local_ts: second, ...atBob } };
  return [peer("alice", { ...settings, children: alice }), peer("bob", { ...settings, children: bob })];
}

const secondNetwork = async (stage: Stage): Promise<void> => {
  await stage.topology.exec("bob", ["ip", "addr", "add", `${secondInner}/24`, "dev", "lo"]);
};

/** The first child comes up and carries, then the second one is asked for, and the first carries on. */
async function oneAfterTheOther(stage: Stage): Promise<void> {
  await stage.alice.initiate();
  await stage.ping("alice", 4);
  const { code } = await stage.alice.initiate(10, "more");
  // Packets without a Child SA would leave in clear.
  if (code === 0) await stage.pingFrom("alice", "10.1.0.1", secondInner, 3);
  await stage.ping("alice", 4);
  await stage.wait(3);
}

const [aliceTs, bobTs] = two(gcm, { local_ts: "10.9.0.0/24" });
const [alicePfs, bobPfs] = two(
  cbc,
  { esp_proposals: "aes256-sha512-modp2048" },
  { esp_proposals: "aes256-sha512-ecp256" },
);
const third = "10.4.0.0/24";
const thirdInner = "10.4.0.1";
/** Three children of which bob refuses the second: its network there is another one. */
const [aliceThree, bobThree] = [
  peer("alice", { ...cbc, children: { more: { remote_ts: second }, third: { remote_ts: third } } }),
  peer("bob", { ...cbc, children: { more: { local_ts: "10.9.0.0/24" }, third: { local_ts: third } } }),
];

/** The router drops what alice sends in the SPI of the child that was made last. */
async function dropLastChild(stage: Stage, initiated: string): Promise<void> {
  const spi = /([0-9a-f]{8})_o\b/.exec(initiated)?.[1];
  if (spi === undefined) throw new Error(`no SPI in: ${initiated}`);
  await stage.firewall.add("raw", `${match.fromAlice} udp dport 4500 @th,64,32 0x${spi} counter drop`);
}

const [aliceOld, bobOld] = two({ version: 1 }, { local_ts: "10.9.0.0/24" });
const [aliceTwo, bobTwo] = two({ proposals: "aes256-sha384-ecp384", espProposals: "aes256-sha384" });

const translated: [["nat", string]] = [
  ["nat", "ip saddr 192.0.2.0/24 udp sport { 500, 4500 } masquerade to :40000-40100"],
];
const honest: Partial<Peer> = { proposals: "aes256gcm16-prfsha384-ecp256", espProposals: "aes256gcm16" };
const patient = { charon: { cookie_threshold_ip: "0", block_threshold: "0" } };

/** Ten clients behind one address come up one after the other, and those that do ping. */
function crowd(
  changes: Omit<Crowd, "clients">,
): Pick<Scenario, "alice" | "bob" | "rules" | "before" | "steps"> {
  const clients = 10;
  const all = { clients, ...changes };
  const settings = { ...honest, ...patient, crowd: all };
  const numbers = Array.from({ length: clients }, (_, index) => index + 1);
  return {
    alice: peer("alice", settings),
    bob: peer("bob", settings),
    rules: translated,
    async before(stage) {
      for (const command of crowdAddresses(all)) await stage.topology.exec("alice", command);
      await stage.wait(1);
    },
    async steps(stage) {
      for (const client of numbers) await stage.alice.initiate(10, clientChild(client));
      for (const client of numbers) {
        if (client === changes.wrongKey || client === changes.wrongSubnet) continue;
        await stage.pingFrom("alice", clientInner(client), crowdTarget, 2);
      }
      await stage.wait(2);
    },
  };
}

/** One of ten clients fails: at the initiator it is not the first tunnel, at the responder all ten have one address. */
function oneFails(finding: string): Scenario["truth"] {
  return both(failing("IKE_AUTH", finding, ["nat-detected"]));
}
const allUp = healthy(["nat-detected"]);

export const furtherScenarios: Scenario[] = [
  {
    name: "further-child-ts-refused",
    description:
      "One Child SA carries pings; a second one is refused once in CREATE_CHILD_SA with TS_UNACCEPTABLE, which without keys looks as a refused rekey does",
    alice: aliceTs,
    bob: bobTs,
    before: secondNetwork,
    steps: oneAfterTheOther,
    truth: both(degraded(["rekey-failed"], forced)),
  },
  {
    name: "further-child-pfs-refused",
    description:
      "One Child SA carries pings; a second one is refused once in CREATE_CHILD_SA, for the ends have different Diffie-Hellman groups for it, under AES-CBC with SHA-512",
    alice: alicePfs,
    bob: bobPfs,
    before: secondNetwork,
    steps: oneAfterTheOther,
    truth: both(degraded(["rekey-failed"], forced)),
  },
  {
    name: "healthy-further-child",
    description:
      "Two Child SAs, the second one made in CREATE_CHILD_SA; both carry pings, under AES-CBC with SHA-384",
    alice: aliceTwo,
    bob: bobTwo,
    before: secondNetwork,
    steps: oneAfterTheOther,
    truth: { initiator: up, responder: up },
  },
  {
    name: "further-quick-mode-refused-ikev1",
    description:
      "IKEv1: one Child SA carries pings; the quick mode for a second one is refused with INVALID_ID_INFORMATION, which without keys looks as a refused rekey does",
    alice: aliceOld,
    bob: bobOld,
    before: secondNetwork,
    steps: oneAfterTheOther,
    truth: both(degraded(["child-rejected"], forced)),
  },
  {
    name: "first-child-refused",
    description:
      "The Child SA of IKE_AUTH is refused with TS_UNACCEPTABLE; the one of a later CREATE_CHILD_SA, for another network, comes up and carries pings",
    alice: aliceTwo,
    bob: { ...bobTwo, localSubnet: "10.9.0.0/24", children: { more: { local_ts: second } } },
    before: secondNetwork,
    async steps(stage) {
      await stage.alice.initiate();
      await stage.wait(1);
      await stage.alice.initiate(10, "more");
      await stage.pingFrom("alice", "10.1.0.1", secondInner, 4);
      await stage.wait(4);
    },
    truth: both(degraded(["child-rejected"], forced)),
  },
  {
    name: "further-child-refused-of-three",
    description:
      "Three Child SAs are asked for one right after the other; the second one is refused with TS_UNACCEPTABLE, the others carry pings, under AES-CBC with SHA-512",
    alice: aliceThree,
    bob: bobThree,
    async before(stage) {
      await stage.topology.exec("bob", ["ip", "addr", "add", `${thirdInner}/24`, "dev", "lo"]);
    },
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 2);
      await stage.alice.initiate(10, "more");
      await stage.alice.initiate(10, "third");
      await stage.pingFrom("alice", "10.1.0.1", thirdInner, 3);
      await stage.ping("alice", 3);
      await stage.wait(2);
    },
    decided: answer(exchanges.child, 0),
    truth: both(degraded(["child-rejected"], forced)),
  },
  {
    name: "esp-one-way-one-child",
    description:
      "Two Child SAs; the router drops what the initiator sends in the SPI of the second one. Both are pinged at the same time, and only the first one is answered",
    alice: aliceTwo,
    bob: bobTwo,
    before: secondNetwork,
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 2);
      const { stdout } = await stage.alice.initiate(10, "more");
      await dropLastChild(stage, stdout);
      await Promise.all([stage.ping("alice", 12), stage.pingFrom("alice", "10.1.0.1", secondInner, 12)]);
      await stage.wait(3);
    },
    truth: { initiator: oneWay, responder: up },
  },
  {
    name: "wrong-psk-one-of-ten",
    description:
      "Ten clients behind one address; the seventh has a wrong pre-shared key, the other nine come up and ping",
    ...crowd({ wrongKey: 7 }),
    decided: answer(exchanges.auth, 6),
    truth: oneFails("authentication-failed"),
  },
  {
    name: "child-ts-refused-one-of-ten",
    description:
      "Ten clients behind one address; the third one's Child SA is refused with TS_UNACCEPTABLE, the other nine come up and ping",
    ...crowd({ wrongSubnet: 3 }),
    decided: answer(exchanges.auth, 2),
    truth: oneFails("child-rejected"),
  },
  {
    name: "healthy-ten-clients",
    description: "Ten clients behind one address come up and ping",
    ...crowd({}),
    truth: { initiator: allUp, responder: allUp },
  },
  {
    name: "healthy-reauth-make-before-break",
    description:
      "The initiator authenticates anew every 4 s and keeps the old IKE SA until the new one is up; pings are answered throughout",
    alice: peer("alice", {
      ...gcm,
      connection: { reauth_time: "4s", over_time: "3s", rand_time: "0" },
      charon: { make_before_break: "yes" },
    }),
    bob: peer("bob", gcm),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 22, 0.4);
      await stage.wait(1);
    },
    truth: { initiator: up, responder: up },
  },
  {
    name: "peer-restarted-silent",
    description:
      "The responder's daemon is killed and started again, which nobody tells the initiator; its 25 pings go to a forgotten SPI and nothing comes back",
    alice: peer("alice", gcm),
    bob: peer("bob", gcm),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 4);
      await stage.bob.kill();
      await stage.bob.start(peer("bob", gcm), undefined);
      await stage.ping("alice", 25, 0.3);
    },
    decided: espInARow(15),
    truth: both(oneWay),
  },
  {
    name: "delete-lost",
    description:
      "The responder deletes the IKE SA and the router drops what it says about it; the initiator's 25 pings go to a forgotten SPI",
    alice: peer("alice", gcm),
    bob: peer("bob", gcm),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 4);
      await stage.firewall.add("raw", `${match.fromBob} ${match.ikeOn4500} counter drop`);
      await stage.bob.terminate(true);
      await stage.ping("alice", 25, 0.3);
    },
    decided: espInARow(15),
    truth: both(oneWay),
  },
  {
    name: "esp-dropped-at-responder",
    description:
      "The responder's own firewall drops ESP behind its sniffer and lets IKE in; the initiator pings 20 times, dead peer detection is answered",
    alice: peer("alice", { ...gcm, connection: { dpd_delay: "2s" } }),
    bob: peer("bob", gcm),
    before: (stage) => stage.dropEspAt("bob"),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 20, 0.4);
      await stage.wait(2);
    },
    decided: espInARow(15),
    truth: {
      initiator: failing("ESP", "esp-one-way", forced),
      responder: failing("ESP", "esp-one-way", forced),
    },
  },
  {
    name: "wrong-psk-mended",
    description:
      "The responder has another pre-shared key; after one refusal the initiator's is set right, and the next try comes up and carries pings",
    alice: peer("alice", { ...gcm, secret: "another staple" }),
    bob: peer("bob", gcm),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.alice.load(peer("alice", gcm));
      await stage.wait(1);
      await stage.alice.initiate();
      await stage.ping("alice", 4);
      await stage.wait(3);
    },
    truth: both(degraded(["authentication-failed"], forced)),
  },
];
