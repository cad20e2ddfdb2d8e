import type { Proposal, SaPayload } from "./message.js";
import { TRANSFORM_TYPE, transformTypeName } from "./registries/transforms-v2.js";
import { keyLengthV2, shortTransformName } from "./transform.js";

/** A transform type in which two proposals have nothing in common; what each has of it, empty where nothing. */
export interface TransformDifference {
  readonly type: number;
  readonly name: string;
  readonly here: readonly string[];
  readonly there: readonly string[];
}

/**
 * In what two IKEv2 offers of one protocol differ at least: the transform types without a common transform, of the two proposals
 * that have the fewest. Empty where they have a proposal in common; null where they have no protocol in common.
 */
export function offerDifference(
  here: Pick<SaPayload, "proposals">,
  there: Pick<SaPayload, "proposals">,
): readonly TransformDifference[] | null {
  let best: TransformDifference[] | null = null;
  for (const one of here.proposals) {
    for (const other of there.proposals) {
      if (one.protocol !== other.protocol) continue;
      const differing = differenceOf(one, other);
      if (best === null || differing.length < best.length) best = differing;
    }
  }
  return best;
}

function differenceOf(one: Proposal, other: Proposal): TransformDifference[] {
  const [here, there] = [byType(one), byType(other)];
  const types = [...new Set([...here.keys(), ...there.keys()])].toSorted((a, b) => a - b);
  return types.flatMap((type) => {
    const [a, b] = [here.get(type) ?? [], there.get(type) ?? []];
    if (a.some((name) => b.includes(name)) || (a.length === 0 && b.length === 0)) return [];
    return [{ type, name: transformTypeName(type), here: a, there: b }];
  });
}

/** Names of the transforms by type; NONE says the same as none. */
function byType({ transforms }: Proposal): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const transform of transforms) {
    const { type, id } = transform;
    const mayBeNone = type === TRANSFORM_TYPE.INTEG || type === TRANSFORM_TYPE.KE;
    if (mayBeNone && id === 0) continue;
    const bits = keyLengthV2(transform);
    const names = found.get(type) ?? [];
    names.push(`${shortTransformName(type, id)}${bits === null ? "" : `_${bits}`}`);
    found.set(type, names);
  }
  return found;
}
