/** The ends do not believe each other. */
import { peer } from "../config.js";
import { isRefused, type Scenario } from "../scenario.js";
import { failing } from "../truth.js";

const refused = failing("IKE_AUTH", "authentication-failed", ["nat-forced-encapsulation"]);
const refusedBehindNat = failing("IKE_AUTH", "authentication-failed", ["nat-detected"]);
const refusedMain = failing("MAIN_MODE", "authentication-failed", ["nat-forced-encapsulation"]);
const refusedAggressive = failing("AGGRESSIVE_MODE", "authentication-failed");
const secret = "another staple";
const aggressive = {
  version: 1,
  aggressive: true,
  charon: { i_dont_care_about_security_and_use_aggressive_mode_psk: "yes" },
} as const;
const honest = { ipsec: "none", proposals: "aes256gcm16-prfsha384-ecp384" } as const;

export const authenticationScenarios: Scenario[] = [
  {
    name: "wrong-psk-ikev2",
    description:
      "The ends have different pre-shared keys; the responder's log: tried 1 shared key, but MAC mismatched, AUTH_FAILED sent",
    alice: peer("alice"),
    bob: peer("bob", { secret }),
    steps: isRefused,
    truth: { initiator: refused, responder: refused },
  },
  {
    name: "wrong-psk-ikev1-main",
    description:
      "The ends have different pre-shared keys in IKEv1 main mode; the responder cannot decrypt the fifth message (log: invalid ID_V1 payload length, decryption failed?) and says PAYLOAD_MALFORMED, encrypted, from port 500, to each of its repetitions",
    alice: peer("alice", { version: 1 }),
    bob: peer("bob", { version: 1, secret }),
    steps: isRefused,
    truth: { initiator: refusedMain, responder: refusedMain },
  },
  {
    name: "wrong-psk-ikev1-aggressive",
    description:
      "The ends have different pre-shared keys in IKEv1 aggressive mode; the initiator's log: calculated HASH does not match HASH payload, AUTH_FAILED sent instead of the third message, the responder repeats the second",
    alice: peer("alice", aggressive),
    bob: peer("bob", { ...aggressive, secret }),
    steps: isRefused,
    truth: { initiator: refusedAggressive, responder: refusedAggressive },
  },
  {
    name: "wrong-identity-ikev2",
    description:
      "The initiator calls itself by a name that the responder has no configuration for; the responder's log: no matching peer config found, AUTH_FAILED sent",
    alice: peer("alice", { id: "carol.example.org" }),
    bob: peer("bob"),
    steps: isRefused,
    truth: { initiator: refused, responder: refused },
  },
  {
    name: "wrong-psk-ikev2-nat",
    description:
      "The ends have different pre-shared keys and the router translates the initiator's address and ports",
    alice: peer("alice", honest),
    bob: peer("bob", { ...honest, secret }),
    rules: [["nat", "ip saddr 192.0.2.0/24 udp sport { 500, 4500 } masquerade to :40000-40100"]],
    steps: isRefused,
    truth: { initiator: refusedBehindNat, responder: refusedBehindNat, router: refusedBehindNat },
  },
  {
    name: "wrong-psk-ikev2-500",
    description: "The ends have different pre-shared keys; without NAT and MOBIKE all stays on UDP port 500",
    alice: peer("alice", { ...honest, connection: { mobike: "no" } }),
    bob: peer("bob", { ...honest, secret, connection: { mobike: "no" } }),
    steps: isRefused,
    truth: {
      initiator: failing("IKE_AUTH", "authentication-failed"),
      responder: failing("IKE_AUTH", "authentication-failed"),
    },
  },
];
