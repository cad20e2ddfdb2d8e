import type { AlgorithmStatus } from "../registries/algorithm-status.js";
import { phase1Status, phase2Status } from "../registries/algorithm-status-v1.js";
import type { TransformAttribute } from "../message.js";
import { phase1AttributeName, phase1ValueName } from "../registries/attributes-v1.js";
import { phase2AttributeName, phase2ValueName } from "../registries/ipsec-doi.js";
import { withStatus } from "./status.js";
import { hexText, listed, numbered, type Field } from "./field.js";

const ATTRIBUTE_HEADER = 4;

/** How the attributes of one registry are named. */
export interface AttributeNames {
  readonly type: (type: number) => string;
  /** The value itself where it has no name. */
  readonly value: (type: number, value: number) => string;
  /** The RFC that advises against the value, and how; null where none does. Left out where none speaks of the registry. */
  readonly status?: (type: number, value: number) => AlgorithmStatus | null;
}

/** IKEv1 phase 1 (RFC 2409 appendix A). */
export const PHASE1_NAMES: AttributeNames = {
  type: phase1AttributeName,
  value: phase1ValueName,
  status: phase1Status,
};

/** IKEv1 phase 2, the IPsec DOI (RFC 2407 4.5). */
export const PHASE2_NAMES: AttributeNames = {
  type: phase2AttributeName,
  value: phase2ValueName,
  status: phase2Status,
};

/** Data attributes (RFC 2408 3.3, RFC 7296 3.3.5) from `offset` on, a field each. */
export function attributeFields(
  attributes: readonly TransformAttribute[],
  offset: number,
  names: AttributeNames,
): Field[] {
  let end = offset;
  const offsets = attributes.map(
    (attribute) => (end += attributeLength(attribute)) - attributeLength(attribute),
  );
  return listed(attributes, (attribute, index) => ({
    name: names.type(attribute.type),
    value: attributeValue(attribute, names),
    offset: offsets[index] ?? end,
    length: attributeLength(attribute),
  }));
}

/** Bytes of an attribute, its header included. */
export function attributeLength({ bytes }: TransformAttribute): number {
  return ATTRIBUTE_HEADER + (bytes?.length ?? 0);
}

function attributeValue({ type, value, bytes }: TransformAttribute, names: AttributeNames): string {
  if (value === null) return hexText(bytes ?? new Uint8Array(0));
  const name = names.value(type, value);
  return withStatus(
    name === String(value) ? name : numbered(name, value),
    names.status?.(type, value) ?? null,
  );
}
