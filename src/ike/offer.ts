import type { Proposal, SaPayload, Transform, TransformAttribute } from "./message.js";
import { PHASE1_ATTRIBUTE, phase1ValueName } from "./registries/attributes-v1.js";
import { PHASE2_ATTRIBUTE, phase2ValueName, transformNameV1 } from "./registries/ipsec-doi.js";
import { PROTOCOL, protocolName } from "./registries/protocols.js";
import { TRANSFORM_TYPE } from "./registries/transforms-v2.js";
import { keyLengthV2, shortTransformName } from "./transform.js";

/** Order of the transform types in text: as daemons log them. Others follow by number. */
const TYPE_ORDER: readonly number[] = [
  TRANSFORM_TYPE.ENCR,
  TRANSFORM_TYPE.INTEG,
  TRANSFORM_TYPE.PRF,
  TRANSFORM_TYPE.KE,
];

/**
 * An offer for people, a line each: in IKEv2 one per proposal ("AES_CBC_256|AES_CBC_128/HMAC_SHA2_256_128/
 * PRF_HMAC_SHA2_256/MODP_2048"), in IKEv1 one per transform ("AES_CBC_256/SHA2_256/MODP_2048/PSK"). A protocol other
 * than IKE stands before it ("ESP:AES_GCM_16_256/NO_ESN").
 */
export function formatOffer(sa: SaPayload): string[] {
  return sa.proposals.flatMap((proposal) => formatProposal(proposal, sa.doi === null ? 2 : 1));
}

/** The lines of one proposal: a single one in IKEv2, one per transform in IKEv1. */
export function formatProposal(proposal: Proposal, version: 1 | 2): string[] {
  if (version === 2) return [protocolPrefix(version, proposal) + formatV2(proposal.transforms)];
  return proposal.transforms.map(
    (transform) =>
      protocolPrefix(version, proposal) +
      (proposal.protocol === PROTOCOL.IKE
        ? formatPhase1(transform)
        : formatPhase2(proposal.protocol, transform)),
  );
}

function protocolPrefix(version: 1 | 2, proposal: Proposal): string {
  return proposal.protocol === PROTOCOL.IKE ? "" : `${protocolName(version, proposal.protocol)}:`;
}

function formatV2(transforms: readonly Transform[]): string {
  const alternatives = new Map<number, string[]>();
  for (const transform of transforms) {
    const names = alternatives.get(transform.type) ?? [];
    names.push(sized(shortTransformName(transform.type, transform.id), keyLengthV2(transform)));
    alternatives.set(transform.type, names);
  }
  return [...alternatives]
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .map(([, names]) => names.join("|"))
    .join("/");
}

function rank(type: number): number {
  const index = TYPE_ORDER.indexOf(type);
  return index < 0 ? TYPE_ORDER.length + type : index;
}

function formatPhase1(transform: Transform): string {
  const { ENCRYPTION_ALGORITHM, HASH_ALGORITHM, GROUP_DESCRIPTION, AUTHENTICATION_METHOD, KEY_LENGTH } =
    PHASE1_ATTRIBUTE;
  const value = (type: number): number | null => valueOf(transform.attributes, type);
  const name = (type: number): string | null => {
    const number = value(type);
    return number === null ? null : phase1ValueName(type, number);
  };
  const encryption = name(ENCRYPTION_ALGORITHM);
  return joined([
    encryption === null ? null : sized(encryption, value(KEY_LENGTH)),
    name(HASH_ALGORITHM),
    name(GROUP_DESCRIPTION),
    name(AUTHENTICATION_METHOD),
  ]);
}

function formatPhase2(protocol: number, transform: Transform): string {
  const { AUTHENTICATION_ALGORITHM, GROUP_DESCRIPTION, ENCAPSULATION_MODE, KEY_LENGTH } = PHASE2_ATTRIBUTE;
  const named = [AUTHENTICATION_ALGORITHM, GROUP_DESCRIPTION, ENCAPSULATION_MODE].map((type) => {
    const number = valueOf(transform.attributes, type);
    return number === null ? null : phase2ValueName(type, number);
  });
  const algorithm = transformNameV1(protocol, transform.id).replace(/^(ESP|AH|IPCOMP)_/, "");
  return joined([sized(algorithm, valueOf(transform.attributes, KEY_LENGTH)), ...named]);
}

function valueOf(attributes: readonly TransformAttribute[], type: number): number | null {
  return attributes.find((attribute) => attribute.type === type)?.value ?? null;
}

function sized(name: string, keyLength: number | null): string {
  return keyLength === null ? name : `${name}_${keyLength}`;
}

function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join("/");
}
