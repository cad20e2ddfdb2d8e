import { transformStatus } from "../../../ike/registries/algorithm-status.js";
import { PRE_SHARED_KEY_METHODS } from "../../../ike/registries/attributes-v1.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import { GROUP } from "../../../ike/registries/key-exchange.js";
import { PROTOCOL } from "../../../ike/registries/protocols.js";
import { ENCR, INTEG, TRANSFORM_TYPE } from "../../../ike/registries/transforms-v2.js";
import type { Proposal } from "../../../ike/message.js";
import { suiteOf, type Suite } from "../../../ike/suite.js";
import { shortTransformName } from "../../../ike/transform.js";
import { saOf } from "../../../session/payloads.js";
import type { Setup } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import { messageName, phaseOf } from "../../phases.js";
import type { Evidence } from "../../finding.js";
import { defineRule } from "../../rule.js";
import { listed, type Message, say } from "../../../texts/message.js";

/**
 * Weak: within reach of an attacker, or of one soon. Ageing: an RFC advises against it, nobody is known to break it.
 * Neither is a state of the tunnel's health.
 */
type Strength = "weak" | "ageing";

/** Beyond the registry's status: 3DES (64-bit blocks), HMAC-SHA1 as integrity, and what does not encrypt. */
const WEAK_ENCR: ReadonlySet<number> = new Set([
  ENCR.ENCR_3DES,
  ENCR.ENCR_NULL,
  ENCR.ENCR_NULL_AUTH_AES_GMAC,
]);
const WEAK_INTEG: ReadonlySet<number> = new Set([INTEG.AUTH_HMAC_SHA1_96]);
/** 1,024 bits and below, the group of RFC 5114 with 1,024 bits included. Larger ones with a SHOULD NOT are ageing. */
const WEAK_GROUPS: ReadonlySet<number> = new Set([GROUP.MODP_768, GROUP.MODP_1024, GROUP.MODP_1024_160]);

/** IKEv1 numbers (RFC 2409 appendix A): DES, IDEA, Blowfish, RC5, 3DES, CAST; MD5. */
const WEAK_ENCRYPTION_V1: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6]);
const HASH_MD5 = 1;

interface Weakness {
  readonly name: string;
  readonly strength: Strength;
}

interface Case {
  readonly text: Message;
  readonly weaknesses: readonly Weakness[];
  readonly evidence: readonly Evidence[];
  readonly setup: Setup;
}

/** The chosen IKE suite has an algorithm that is weak. What is ageing, or was only offered, is told and no fault. */
export const weakCrypto = defineRule({
  code: "weak-crypto",
  severity: "info",
  title: "The IKE SA is protected with weak algorithms",
  explanation:
    "The chosen suite has an algorithm that the RFCs forbid or advise against: DES, 3DES, MD5, SHA1 as integrity, Diffie-Hellman groups of 1024 bits and less, or no encryption. As information it also names what is ageing, what is only offered, and aggressive mode with a pre-shared key, whose hash can be guessed offline.",
  signature:
    "The accepted proposal of the IKE SA has an algorithm that RFC 8247 forbids, or 3DES, NULL, HMAC-SHA1 as integrity, or a MODP group of 1024 bits and less; in IKEv1 also DES, IDEA, Blowfish, RC5, CAST and MD5. What an RFC only advises against, what was offered and not chosen, and aggressive mode with a pre-shared key are information.",
  remedies: [
    "Configure AES-GCM (or AES-CBC with SHA2-256) and group 19, 20, 31 or 14 at both ends.",
    "Put the strong proposal first at both ends, then remove the weak one, so that no tunnel is lost in between.",
    "Use main mode, or better IKEv2, instead of aggressive mode with a pre-shared key.",
  ],
  commands: ["proposals", "version"],
  references: ["RFC 8247", "RFC 8221", "RFC 9395"],
  detect: ({ setups }) => {
    const cases = setups.flatMap((setup) => [...chosenIn(setup), ...offeredIn(setup)]);
    const worst =
      cases.find(({ weaknesses, text }) => text === "chosen" && weaknesses.some(isWeak)) ??
      cases.find(({ text }) => text === "chosen") ??
      cases[0];
    if (worst === undefined) return null;
    const { setup, text, weaknesses } = worst;
    const isChosen = text === "chosen";
    const names = listed([...new Set(weaknesses.map(({ name }) => name))]);
    const exchange = setup.progress.chosen ?? setup.progress.opening[0];
    return {
      confidence: "certain",
      provenance: "observed",
      phase: exchange === undefined ? null : phaseOf(setup.sa, exchange),
      headline: isChosen ? say`the peers chose ${names}` : say`${names} offered, but not chosen`,
      summary: isChosen
        ? say`${setup.sa.responder.address} chose ${names} for the IKE SA out of what ${setup.sa.initiator.address} offered. ${advice(weaknesses)}`
        : say`${setup.sa.initiator.address} offers ${names} beside better algorithms; the peers did not choose it. Whoever does not need it should not offer it.`,
      evidence: worst.evidence,
    };
  },
});

function isWeak({ strength }: Weakness): boolean {
  return strength === "weak";
}

function advice(weaknesses: readonly Weakness[]): string {
  return weaknesses.some(isWeak)
    ? "No setup fails for it, but the protection is below what the RFCs on IKE algorithms allow or recommend."
    : "That works and is not known to be broken; the RFCs advise something newer.";
}

function chosenIn(setup: Setup): Case[] {
  const { chosen, suite } = setup.progress;
  if (chosen?.response == null || suite === null) return [];
  const proposal = saOf(chosen.response)?.proposals[0];
  const weaknesses =
    suite.version === 1
      ? [...weaknessesV1(suite), ...aggressiveWithKey(suite, chosen.exchangeType)]
      : proposal === undefined
        ? []
        : weaknessesV2(proposal);
  if (weaknesses.length === 0) return [];
  const name = messageName(setup.sa, chosen, "response");
  const names = listed(weaknesses.map((one) => one.name));
  return [
    { text: "chosen", weaknesses, setup, evidence: evidenceOf(chosen.response, say`${name}: ${names}`, 1) },
  ];
}

/** The weak proposals of an offer, only if the choice is known to be another. */
function offeredIn(setup: Setup): Case[] {
  const { chosen, suite } = setup.progress;
  if (chosen?.request == null || suite === null || chosenIn(setup).length > 0) return [];
  const offer = saOf(chosen.request);
  if (offer === null) return [];
  const weaknesses = offer.proposals
    .flatMap((proposal) =>
      suite.version === 2
        ? weaknessesV2(proposal)
        : proposal.transforms.flatMap((transform) => {
            const one = suiteOf({ ...offer, proposals: [{ ...proposal, transforms: [transform] }] });
            return one === null ? [] : weaknessesV1(one);
          }),
    )
    .filter(isWeak);
  if (weaknesses.length === 0) return [];
  const name = messageName(setup.sa, chosen, "request");
  return [
    { text: "offered", weaknesses, setup, evidence: evidenceOf(chosen.request, say`${name}: the offer`, 1) },
  ];
}

function weaknessesV2({ transforms }: Proposal): Weakness[] {
  return transforms.flatMap(({ type, id }) => {
    const strength = strengthV2(type, id);
    return strength === null ? [] : [{ name: shortTransformName(type, id), strength }];
  });
}

function strengthV2(type: number, id: number): Strength | null {
  const isAgainstRfc = transformStatus(PROTOCOL.IKE, type, id) !== null;
  switch (type) {
    case TRANSFORM_TYPE.ENCR:
      return isAgainstRfc || WEAK_ENCR.has(id) ? "weak" : null;
    case TRANSFORM_TYPE.INTEG:
      return isAgainstRfc || WEAK_INTEG.has(id) ? "weak" : null;
    case TRANSFORM_TYPE.PRF:
      return isAgainstRfc ? "weak" : null;
    case TRANSFORM_TYPE.KE:
      return groupStrength(id);
    default:
      return null;
  }
}

function groupStrength(id: number): Strength | null {
  if (WEAK_GROUPS.has(id)) return "weak";
  return transformStatus(PROTOCOL.IKE, TRANSFORM_TYPE.KE, id) === null ? null : "ageing";
}

/** HMAC-SHA1 is the PRF of IKEv1, where it is not known to be weak. */
function weaknessesV1({ encryption, hash, group }: Suite): Weakness[] {
  const found: Weakness[] = [];
  if (encryption !== null && WEAK_ENCRYPTION_V1.has(encryption.id)) {
    found.push({ name: encryption.name, strength: "weak" });
  }
  if (hash?.id === HASH_MD5) found.push({ name: hash.name, strength: "weak" });
  const strength = group === null ? null : groupStrength(group.id);
  if (group !== null && strength !== null) found.push({ name: group.name, strength });
  return found;
}

/**
 * Aggressive mode shows a hash over the pre-shared key to whoever asks. How bad that is depends on the key, which the
 * wire does not show: told, no more.
 */
function aggressiveWithKey({ authMethod }: Suite, exchangeType: number): Weakness[] {
  const isIt =
    exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE && PRE_SHARED_KEY_METHODS.has(authMethod?.id ?? 0);
  return isIt ? [{ name: "aggressive mode with a pre-shared key", strength: "ageing" }] : [];
}
