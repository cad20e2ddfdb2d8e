/** Tunnels that work: what happens in the life of one, and small troubles that heal. */
import { peer } from "../config.js";
import { match } from "../nft.js";
import { comesUp, type Scenario } from "../scenario.js";
import type { Stage } from "../stage.js";
import { healthy, type Truth } from "../truth.js";

const forced = healthy(["nat-forced-encapsulation"]);
const cookie = healthy(["nat-forced-encapsulation", "cookie-challenge"]);
const repeated = healthy(["nat-forced-encapsulation", "retransmissions"]);
const lossy: Truth = { ...forced, status: "degraded", findings: ["retransmissions"] };
const gcm = { proposals: "aes128gcm16-prfsha256-x25519", espProposals: "aes128gcm16" };
const weak = { proposals: "3des-sha1-modp1024", espProposals: "3des-sha1" };
const weakened = healthy(["nat-forced-encapsulation", "weak-crypto"]);
const patient = { charon: { retransmit_timeout: "1.5", retransmit_tries: "3" } };

async function comesUpAndEnds(stage: Stage): Promise<void> {
  await stage.alice.initiate();
  await stage.ping("alice", 4);
  await stage.wait(2);
  await stage.alice.terminate();
  await stage.wait(3);
}

async function idles(stage: Stage): Promise<void> {
  await stage.alice.initiate();
  await stage.wait(12);
}

export const lifeScenarios: Scenario[] = [
  {
    name: "healthy-ikev2-delete",
    description: "The tunnel carries pings, then the initiator takes it down in order",
    alice: peer("alice", gcm),
    bob: peer("bob", gcm),
    steps: comesUpAndEnds,
    truth: { initiator: forced, responder: forced },
  },
  {
    name: "healthy-ikev2-rekey",
    description: "The initiator rekeys the child SA every 5 s and the IKE SA after 8 s while pings go on",
    alice: peer("alice", {
      ...gcm,
      // Generous hard limits, else strongSwan deletes before it has rekeyed.
      connection: { rekey_time: "8s", over_time: "60s", rand_time: "0" },
      child: { rekey_time: "5s", life_time: "60s", rand_time: "0" },
    }),
    bob: peer("bob", gcm),
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 14, 1);
    },
    truth: { initiator: forced, responder: forced },
  },
  {
    name: "healthy-ikev2-dpd",
    description: "The tunnel is up but idle; the initiator asks every second whether the peer lives",
    alice: peer("alice", { connection: { dpd_delay: "1s" } }),
    bob: peer("bob"),
    steps: idles,
    truth: { initiator: forced, responder: forced },
  },
  {
    name: "healthy-ikev1-dpd",
    description:
      "An IKEv1 tunnel is up but idle; both ends ask every second whether the peer lives (R-U-THERE)",
    alice: peer("alice", { version: 1, connection: { dpd_delay: "1s" } }),
    bob: peer("bob", { version: 1, connection: { dpd_delay: "1s" } }),
    steps: idles,
    truth: { initiator: forced, responder: forced },
  },
  {
    name: "healthy-ikev1-delete",
    description: "An IKEv1 tunnel carries pings, then the initiator deletes it in order",
    alice: peer("alice", { version: 1 }),
    bob: peer("bob", { version: 1 }),
    steps: comesUpAndEnds,
    truth: { initiator: forced, responder: forced },
  },
  {
    name: "weak-crypto",
    description:
      "A tunnel with 3DES, SHA-1 and a group of 1024 bits, for IKE and ESP, comes up and carries pings",
    alice: peer("alice", weak),
    bob: peer("bob", weak),
    steps: comesUp,
    truth: { initiator: weakened, responder: weakened },
  },
  {
    name: "healthy-ikev2-cookie",
    description:
      "The responder, which still holds a half-open IKE SA of an earlier try, asks for a cookie once; the tunnel comes up",
    alice: peer("alice"),
    bob: peer("bob", { charon: { cookie_threshold: "1", cookie_threshold_ip: "0" } }),
    async before(stage) {
      await stage.firewall.add("raw", `${match.fromAlice} udp dport 4500 drop`);
      await stage.alice.initiate(2);
      await stage.alice.terminate(true);
      await stage.firewall.flush("raw");
    },
    steps: comesUp,
    truth: { initiator: cookie, responder: cookie },
  },
  {
    name: "healthy-ikev2-auth-lost-once",
    description: "The router drops only the first IKE_AUTH request; its repetition succeeds",
    alice: peer("alice", patient),
    bob: peer("bob", patient),
    rules: [["raw", `${match.fromAlice} ${match.ikeOn4500} drop`]],
    async steps(stage) {
      const up = stage.alice.initiate();
      await stage.wait(0.8);
      await stage.firewall.flush("raw");
      await up;
      await stage.ping("alice", 4);
      await stage.wait(4);
    },
    truth: {
      initiator: repeated,
      responder: { ...forced, seen: "one IKE_AUTH request only, 1.5 s after IKE_SA_INIT" },
    },
  },
  {
    name: "healthy-ikev2-init-answer-lost-once",
    description:
      "The router drops only the first IKE_SA_INIT response; request and response are repeated and the tunnel comes up",
    alice: peer("alice", patient),
    bob: peer("bob", patient),
    rules: [["raw", `${match.fromBob} udp dport 500 drop`]],
    async steps(stage) {
      const up = stage.alice.initiate();
      await stage.wait(0.8);
      await stage.firewall.flush("raw");
      await up;
      await stage.ping("alice", 4);
      await stage.wait(4);
    },
    truth: { initiator: repeated, responder: repeated },
  },
  {
    name: "lossy-ikev2",
    description:
      "The router drops every second IKE answer of the responder, so each request is sent twice; dead peer detection asks every second and the tunnel carries pings",
    alice: peer("alice", {
      connection: { dpd_delay: "1s", mobike: "no" },
      charon: { retransmit_timeout: "0.5" },
    }),
    bob: peer("bob", { connection: { mobike: "no" } }),
    rules: [
      ["raw", `${match.fromBob} udp dport 500 numgen inc mod 2 0 counter drop`],
      ["raw", `${match.fromBob} ${match.ikeOn4500} numgen inc mod 2 0 counter drop`],
    ],
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("alice", 2);
      await stage.wait(12);
    },
    truth: { initiator: lossy, responder: lossy },
  },
];
