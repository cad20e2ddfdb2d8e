/** Keys, selectors and proposals that differ, under other suites, over IPv6 and with a post-quantum key. */
import { peer, type Peer } from "../config.js";
import { answer, exchanges, firstOf, sentTimes } from "../decided.js";
import { match } from "../nft.js";
import { comesUp, givesUp, isRefused, type Scenario } from "../scenario.js";
import { failing, healthy } from "../truth.js";

const forced = ["nat-forced-encapsulation"];
const up = healthy(forced);
const refused = failing("IKE_AUTH", "authentication-failed", forced);
const childRefused = failing("IKE_AUTH", "child-rejected", forced);
const atAnswer = answer(exchanges.auth);
const secret = "another staple";
const chapoly: Partial<Peer> = {
  proposals: "chacha20poly1305-prfsha256-x25519",
  espProposals: "chacha20poly1305",
};
const counter: Partial<Peer> = {
  proposals: "aes128ctr-aesxcbc-prfaesxcbc-modp2048",
  espProposals: "aes128ctr-aesxcbc",
  plugins: { ctr: {} },
};
const ccm: Partial<Peer> = { proposals: "aes256ccm8-prfsha256-x25519", espProposals: "aes256ccm8" };
const cbc384: Partial<Peer> = { proposals: "aes256-sha384-ecp384", espProposals: "aes256-sha384" };
const gcm: Partial<Peer> = { proposals: "aes256gcm16-prfsha384-ecp256", espProposals: "aes256gcm16" };
const elsewhere: Partial<Peer> = { localSubnet: "10.9.0.0/24" };
const over6: Partial<Peer> = { outer: "ipv6" };
const aggressive = {
  version: 1,
  aggressive: true,
  charon: { i_dont_care_about_security_and_use_aggressive_mode_psk: "yes" },
} as const;

/** Another suite, and different keys. */
function wrongKey(name: string, suite: string, settings: Partial<Peer>): Scenario {
  return {
    name,
    description: `The ends have different pre-shared keys, under ${suite}; the responder says AUTH_FAILED`,
    alice: peer("alice", settings),
    bob: peer("bob", { ...settings, secret }),
    steps: isRefused,
    decided: atAnswer,
    truth: { initiator: refused, responder: refused },
  };
}

/** Another suite, and selectors that do not meet. Nothing follows the refusal. */
function wrongSubnet(name: string, suite: string, settings: Partial<Peer>): Scenario {
  return {
    name,
    description: `The responder protects another network than the initiator asks for, under ${suite}: TS_UNACCEPTABLE, and nothing follows`,
    alice: peer("alice", settings),
    bob: peer("bob", { ...settings, ...elsewhere }),
    steps: isRefused,
    decided: atAnswer,
    truth: { initiator: childRefused, responder: childRefused },
  };
}

export const suiteScenarios: Scenario[] = [
  wrongKey("wrong-psk-chapoly", "ChaCha20-Poly1305", chapoly),
  wrongKey("wrong-psk-ctr-xcbc", "AES-CTR with AES-XCBC", counter),
  { ...wrongKey("wrong-psk-ipv6", "AES-GCM, over IPv6", { ...gcm, ...over6 }), ipv6: true },
  wrongSubnet("child-ts-refused-chapoly", "ChaCha20-Poly1305", chapoly),
  wrongSubnet("child-ts-refused-sha384", "AES-CBC with SHA-384", cbc384),
  {
    name: "child-proposal-refused-ccm",
    description:
      "IKE with AES-CCM; the initiator offers ESP with AES-CCM, the responder accepts only AES-CBC with SHA-256: NO_PROPOSAL_CHOSEN, and nothing follows",
    alice: peer("alice", ccm),
    bob: peer("bob", { ...ccm, espProposals: "aes256-sha256" }),
    steps: isRefused,
    decided: atAnswer,
    truth: { initiator: childRefused, responder: childRefused },
  },
  {
    name: "wrong-ppk",
    description:
      "Both ends demand a post-quantum pre-shared key (RFC 8784) of the same name, and have different ones; the responder says AUTH_FAILED",
    alice: peer("alice", { ...gcm, ppk: "0x00112233445566778899aabbccddeeff" }),
    bob: peer("bob", { ...gcm, ppk: "0xffeeddccbbaa99887766554433221100" }),
    steps: isRefused,
    decided: atAnswer,
    truth: { initiator: refused, responder: refused },
  },
  {
    name: "healthy-ikev2-ppk",
    description: "Both ends demand a post-quantum pre-shared key (RFC 8784) and have the same; pings pass",
    alice: peer("alice", { ...gcm, ppk: "0x00112233445566778899aabbccddeeff" }),
    bob: peer("bob", { ...gcm, ppk: "0x00112233445566778899aabbccddeeff" }),
    steps: comesUp,
    truth: { initiator: up, responder: up },
  },
  {
    name: "healthy-ikev2-ipv6",
    description: "A tunnel over IPv6 that carries pings of IPv4",
    alice: peer("alice", { ...chapoly, ...over6 }),
    bob: peer("bob", { ...chapoly, ...over6 }),
    ipv6: true,
    steps: comesUp,
    truth: { initiator: up, responder: up },
  },
  {
    name: "aggressive-unknown-identity",
    description:
      "IKEv1 aggressive mode; the responder has no configuration for the initiator's identity and says AUTHENTICATION_FAILED in clear instead of the second message",
    alice: peer("alice", { ...aggressive, id: "carol.example.org" }),
    bob: peer("bob", aggressive),
    steps: isRefused,
    decided: firstOf(exchanges.informational1),
    truth: {
      initiator: failing("AGGRESSIVE_MODE", "authentication-failed"),
      responder: failing("AGGRESSIVE_MODE", "authentication-failed"),
    },
  },
  {
    name: "quick-mode-pfs-refused-ikev1",
    description:
      "In quick mode the responder demands a Diffie-Hellman group that the initiator does not offer: NO_PROPOSAL_CHOSEN",
    alice: peer("alice", { version: 1, proposals: "aes128-sha256-ecp256", espProposals: "aes128-sha256" }),
    bob: peer("bob", {
      version: 1,
      proposals: "aes128-sha256-ecp256",
      espProposals: "aes128-sha256-modp2048",
    }),
    steps: isRefused,
    decided: firstOf(exchanges.informational1),
    truth: {
      initiator: failing("QUICK_MODE", "child-rejected", forced),
      responder: failing("QUICK_MODE", "child-rejected", forced),
    },
  },
  {
    name: "healthy-childless",
    description:
      "Childless initiation (RFC 6023): IKE_AUTH makes no Child SA, a CREATE_CHILD_SA does; pings pass",
    alice: peer("alice", { ...gcm, connection: { childless: "force" } }),
    bob: peer("bob", { ...gcm, connection: { childless: "force" } }),
    steps: comesUp,
    truth: { initiator: up, responder: up },
  },
  {
    name: "childless-child-refused",
    description:
      "Childless initiation (RFC 6023); the CREATE_CHILD_SA for the only Child SA is refused with TS_UNACCEPTABLE",
    alice: peer("alice", { ...gcm, connection: { childless: "force" } }),
    bob: peer("bob", { ...gcm, ...elsewhere, connection: { childless: "force" } }),
    steps: isRefused,
    decided: answer(exchanges.child, 0),
    truth: {
      initiator: failing("CREATE_CHILD_SA", "child-rejected", forced),
      responder: failing("CREATE_CHILD_SA", "child-rejected", forced),
    },
  },
  {
    name: "answer-from-other-address",
    description:
      "The router gives the responder's answers another source address, as a host with several does; the initiator's firewall, which knows only the address it asked, drops them",
    alice: peer("alice", gcm),
    bob: peer("bob", gcm),
    rules: [["raw", `${match.fromBob} ip saddr set 198.51.100.21`]],
    before: (stage) => stage.onlyFrom("alice", "198.51.100.20"),
    steps: givesUp,
    decided: sentTimes(3),
    truth: {
      initiator: failing("IKE_SA_INIT", "ike-response-lost"),
      responder: failing("IKE_SA_INIT", "ike-response-lost", forced),
    },
  },
];
