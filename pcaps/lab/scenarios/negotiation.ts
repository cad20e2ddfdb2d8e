/** The ends do not agree on algorithms, groups or the version of IKE. */
import { peer } from "../config.js";
import { comesUp, givesUp, isRefused, type Scenario } from "../scenario.js";
import { invalidKe, onlyVersion1, onlyVersion2 } from "../scripted.js";
import { failing, healthy } from "../truth.js";

const refusedV2 = failing("IKE_SA_INIT", "ike-no-proposal-chosen");
const refusedV1 = failing("MAIN_MODE", "ike-no-proposal-chosen");
const retried = healthy(["nat-forced-encapsulation", "ike-invalid-ke-retry"]);
const old = "aes128-sha1-modp1024";
const modern = "aes256-sha384-ecp384";

export const negotiationScenarios: Scenario[] = [
  {
    name: "no-proposal-ikev2",
    description: `The initiator offers ${old}, the responder accepts only ${modern}; its log: received proposals unacceptable, NO_PROP sent`,
    alice: peer("alice", { proposals: old }),
    bob: peer("bob", { proposals: modern }),
    steps: isRefused,
    truth: { initiator: refusedV2, responder: refusedV2 },
  },
  {
    name: "no-proposal-ikev1",
    description: `The initiator offers ${old} in main mode, the responder accepts only ${modern}; its log: no proposal found, NO_PROP sent`,
    alice: peer("alice", { version: 1, proposals: old }),
    bob: peer("bob", { version: 1, proposals: modern }),
    steps: isRefused,
    truth: { initiator: refusedV1, responder: refusedV1 },
  },
  {
    name: "invalid-ke-retry",
    description:
      "The initiator starts with group x25519, the responder wants ecp384, which was offered too; the second try succeeds and the tunnel carries pings",
    alice: peer("alice", { proposals: "aes256-sha256-x25519-ecp384" }),
    bob: peer("bob", { proposals: "aes256-sha256-ecp384" }),
    steps: comesUp,
    truth: { initiator: retried, responder: retried },
  },
  {
    name: "version-mismatch",
    description:
      "The initiator speaks IKEv1, the responder is configured for IKEv2 only; strongSwan says NO_PROPOSAL_CHOSEN then, its log: no IKE config found",
    alice: peer("alice", { version: 1 }),
    bob: peer("bob"),
    steps: isRefused,
    truth: { initiator: refusedV1, responder: refusedV1 },
  },
  {
    name: "version-mismatch-reverse",
    description:
      "The initiator speaks IKEv2, the responder is configured for IKEv1 only; strongSwan says NO_PROPOSAL_CHOSEN then, its log: no IKE config found",
    alice: peer("alice"),
    bob: peer("bob", { version: 1 }),
    steps: isRefused,
    truth: { initiator: refusedV2, responder: refusedV2 },
  },
  {
    name: "version-refused-ikev1",
    description:
      "The initiator speaks IKEv1; a scripted responder answers as a daemon built without IKEv1 does, with INVALID_MAJOR_VERSION in an IKEv2 message",
    alice: peer("alice", { version: 1 }),
    bob: onlyVersion2,
    steps: givesUp,
    truth: {
      initiator: failing("MAIN_MODE", "ike-version-mismatch"),
      responder: failing("MAIN_MODE", "ike-version-mismatch"),
    },
  },
  {
    name: "version-refused-ikev2",
    description:
      "The initiator speaks IKEv2; a scripted responder answers as a daemon built without IKEv2 does, with INVALID-MAJOR-VERSION in an IKEv1 message",
    alice: peer("alice"),
    bob: onlyVersion1,
    steps: givesUp,
    truth: {
      initiator: failing("IKE_SA_INIT", "ike-version-mismatch"),
      responder: failing("IKE_SA_INIT", "ike-version-mismatch"),
    },
  },
  {
    name: "invalid-ke-loop",
    description:
      "A scripted responder asks for group 20 (ecp384) in INVALID_KE_PAYLOAD, whatever group the initiator tries",
    alice: peer("alice", { proposals: "aes256-sha256-x25519-ecp384" }),
    bob: invalidKe,
    steps: isRefused,
    truth: {
      initiator: failing("IKE_SA_INIT", "ike-invalid-ke-loop"),
      responder: failing("IKE_SA_INIT", "ike-invalid-ke-loop"),
    },
  },
];
