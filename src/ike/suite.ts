import { blockLengthV1, encryptionSizes, icvLengthOf } from "./cipher-sizes.js";
import type { SaPayload, Transform } from "./message.js";
import { LIFE_TYPE, PHASE1_ATTRIBUTE, phase1ValueName } from "./registries/attributes-v1.js";
import { groupName } from "./registries/key-exchange.js";
import { TRANSFORM_TYPE } from "./registries/transforms-v2.js";
import { keyLengthV2, shortTransformName } from "./transform.js";

/** An algorithm of a suite: its registry number and name without the registry's own prefix ("AES_CBC"). */
interface Algorithm {
  readonly id: number;
  readonly name: string;
}

/** The algorithms that an SA payload with one chosen proposal names; null where it names none. */
export interface Suite {
  readonly version: 1 | 2;
  readonly protocol: number;
  readonly encryption: Algorithm | null;
  /** Key length attribute, bits; null where the algorithm has one length only or the attribute is missing. */
  readonly keyLength: number | null;
  /** IKEv2; null with a combined-mode cipher. */
  readonly integrity: Algorithm | null;
  /** IKEv2; in IKEv1 the hash makes the PRF. */
  readonly prf: Algorithm | null;
  readonly group: Algorithm | null;
  /** Additional key exchanges of RFC 9370 in the order of their transform types. */
  readonly additionalGroups: readonly Algorithm[];
  /** IKEv2 Child SAs. */
  readonly esn: Algorithm | null;
  /** IKEv1 phase 1. */
  readonly hash: Algorithm | null;
  readonly authMethod: Algorithm | null;
  readonly lifetimeSeconds: number | null;
  readonly lifetimeKilobytes: number | null;
  /** Bytes of IV in each encrypted message: 0 in IKEv1, where it is derived. Null where unknown, as below. */
  readonly ivLength: number | null;
  /** The plaintext is padded to a multiple of this many bytes. */
  readonly blockLength: number | null;
  /** Bytes of integrity check value: 0 in IKEv1, which hashes inside. */
  readonly icvLength: number | null;
}

/**
 * The suite that a chosen SA payload names: that of an IKE_SA_INIT response, or of the responder's first phase 1
 * message. Of several proposals or alternatives, which a choice may not have, the first counts. Null where there is no
 * payload or no transform in it.
 */
export function suiteOf(
  sa: SaPayload | null,
  version: 1 | 2 = sa === null || sa.doi === null ? 2 : 1,
): Suite | null {
  const proposal = sa?.proposals[0];
  const first = proposal?.transforms[0];
  if (proposal === undefined || first === undefined) return null;
  return version === 2 ? suiteV2(proposal.protocol, proposal.transforms) : suiteV1(proposal.protocol, first);
}

function suiteV2(protocol: number, transforms: readonly Transform[]): Suite {
  const chosen = (type: number): Transform | undefined =>
    transforms.find((transform) => transform.type === type);
  const algorithm = (type: number): Algorithm | null => algorithmV2(chosen(type));
  const encryption = algorithm(TRANSFORM_TYPE.ENCR);
  const integrity = algorithm(TRANSFORM_TYPE.INTEG);
  const sizes = encryption === null ? null : encryptionSizes(encryption.id);
  const separateIcv = integrity === null ? null : icvLengthOf(integrity.id);
  return {
    version: 2,
    protocol,
    encryption,
    keyLength: keyLengthV2(chosen(TRANSFORM_TYPE.ENCR)),
    integrity: integrity?.id === 0 ? null : integrity,
    prf: algorithm(TRANSFORM_TYPE.PRF),
    group: algorithm(TRANSFORM_TYPE.KE),
    additionalGroups: transforms
      .filter(({ type }) => type >= TRANSFORM_TYPE.ADDKE1 && type <= TRANSFORM_TYPE.ADDKE7)
      .toSorted((a, b) => a.type - b.type)
      .map(({ type, id }) => ({ id, name: shortTransformName(type, id) })),
    esn: algorithm(TRANSFORM_TYPE.ESN),
    hash: null,
    authMethod: null,
    lifetimeSeconds: null,
    lifetimeKilobytes: null,
    ivLength: sizes?.iv ?? null,
    blockLength: sizes?.block ?? null,
    icvLength: sizes === null ? null : (sizes.icv ?? separateIcv),
  };
}

function suiteV1(protocol: number, transform: Transform): Suite {
  const value = (type: number): number | null =>
    transform.attributes.find((attribute) => attribute.type === type)?.value ?? null;
  const algorithm = (type: number): Algorithm | null => {
    const id = value(type);
    return id === null ? null : { id, name: phase1ValueName(type, id) };
  };
  const encryption = algorithm(PHASE1_ATTRIBUTE.ENCRYPTION_ALGORITHM);
  const group = value(PHASE1_ATTRIBUTE.GROUP_DESCRIPTION);
  const blockLength = encryption === null ? null : blockLengthV1(encryption.id);
  return {
    version: 1,
    protocol,
    encryption,
    keyLength: value(PHASE1_ATTRIBUTE.KEY_LENGTH),
    integrity: null,
    prf: null,
    group: group === null ? null : { id: group, name: groupName(group) },
    additionalGroups: [],
    esn: null,
    hash: algorithm(PHASE1_ATTRIBUTE.HASH_ALGORITHM),
    authMethod: algorithm(PHASE1_ATTRIBUTE.AUTHENTICATION_METHOD),
    lifetimeSeconds: lifetime(transform, LIFE_TYPE.SECONDS),
    lifetimeKilobytes: lifetime(transform, LIFE_TYPE.KILOBYTES),
    ivLength: blockLength === null ? null : 0,
    blockLength,
    icvLength: blockLength === null ? null : 0,
  };
}

/** RFC 2409 appendix A: a duration belongs to the life type before it. */
function lifetime(transform: Transform, wanted: number): number | null {
  let type: number | null = null;
  for (const attribute of transform.attributes) {
    if (attribute.type === PHASE1_ATTRIBUTE.LIFE_TYPE) type = attribute.value;
    if (attribute.type === PHASE1_ATTRIBUTE.LIFE_DURATION && type === wanted) return attribute.value;
  }
  return null;
}

function algorithmV2(transform: Transform | undefined): Algorithm | null {
  if (transform === undefined) return null;
  return { id: transform.id, name: shortTransformName(transform.type, transform.id) };
}
