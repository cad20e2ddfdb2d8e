/** The ends believe each other but do not agree on what the tunnel carries, or how. */
import { peer, type Peer } from "../config.js";
import type { Scenario } from "../scenario.js";
import type { Stage } from "../stage.js";
import { failing } from "../truth.js";

const forced = ["nat-forced-encapsulation"];
const refused = failing("IKE_AUTH", "child-rejected", forced);
const refusedQuick = failing("QUICK_MODE", "child-rejected", forced);
const elsewhere: Partial<Peer> = { remoteSubnet: "10.9.0.0/24" };
const alive: Partial<Peer> = { connection: { dpd_delay: "2s" } };

/** The IKE SA outlives the refusal, as dead peer detection shows. */
async function staysUpAlone(stage: Stage): Promise<void> {
  await stage.alice.initiate();
  await stage.wait(9);
}

export const childScenarios: Scenario[] = [
  {
    name: "child-ts-refused-ikev2",
    description:
      "The initiator asks for 10.9.0.0/24 behind the responder, who protects 10.2.0.0/24 only; its log: traffic selectors unacceptable, TS_UNACCEPT sent, keeping IKE_SA",
    alice: peer("alice", { ...alive, ...elsewhere }),
    bob: peer("bob"),
    steps: staysUpAlone,
    truth: { initiator: refused, responder: refused },
  },
  {
    name: "child-proposal-refused-ikev2",
    description:
      "The initiator offers ESP with aes128-sha1, the responder accepts only aes256gcm16; its log: no acceptable proposal found, NO_PROP sent, keeping IKE_SA",
    alice: peer("alice", {
      ...alive,
      proposals: "aes256gcm16-prfsha256-ecp256",
      espProposals: "aes128-sha1",
    }),
    bob: peer("bob", { proposals: "aes256gcm16-prfsha256-ecp256", espProposals: "aes256gcm16" }),
    steps: staysUpAlone,
    truth: { initiator: refused, responder: refused },
  },
  {
    name: "quick-mode-refused-ikev1",
    description:
      "In quick mode the initiator asks for 10.9.0.0/24 behind the responder, who protects 10.2.0.0/24 only; its log: no matching CHILD_SA config found, INVAL_ID sent",
    alice: peer("alice", { ...alive, ...elsewhere, version: 1 }),
    bob: peer("bob", { version: 1 }),
    steps: staysUpAlone,
    truth: { initiator: refusedQuick, responder: refusedQuick },
  },
  {
    name: "quick-mode-proposal-refused-ikev1",
    description:
      "In quick mode the initiator offers aes128-sha1, the responder accepts only aes256-sha256; its log: no acceptable ENCRYPTION_ALGORITHM found, NO_PROP sent",
    alice: peer("alice", { ...alive, version: 1, espProposals: "aes128-sha1" }),
    bob: peer("bob", { version: 1 }),
    steps: staysUpAlone,
    truth: { initiator: refusedQuick, responder: refusedQuick },
  },
];
