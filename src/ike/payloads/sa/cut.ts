import { u16At, u32At } from "../../../bytes/reader.js";
import type { IkeMessage, SaPayload, Transform, TransformAttribute } from "../../message.js";
import { PAYLOAD_V1, PAYLOAD_V2 } from "../../registries/payload-types.js";

/** Headers of a proposal and of a transform (RFC 7296 3.3.1, 3.3.2); bytes. */
const PROPOSAL_HEADER = 8;
const TRANSFORM_HEADER = 8;
/** "Last", of a proposal; a chosen SA payload has one proposal. */
const LAST = 0;

/**
 * The SA payload of IKEv2 in which the captured bytes of `message` end, with the first transform of its only proposal and without
 * attributes: 96 bytes of a packet hold as much. Null where it is whole, or something else or more of it is cut.
 */
export function cutChoice({ header, available, payloads }: IkeMessage): SaPayload | null {
  const last = payloads.at(-1);
  if (header.majorVersion !== 2 || last?.kind !== "opaque" || available >= header.length) return null;
  if (last.type !== PAYLOAD_V2.SA || last.body[0] !== LAST) return null;
  const { body, ...frame } = last;
  const at = PROPOSAL_HEADER + (body[6] ?? 0);
  if (body.length < at + TRANSFORM_HEADER) return null;
  const transform = { type: body[at + 4] ?? 0, id: u16At(body, at + 6), number: 0, attributes: [] };
  const spi = body.subarray(PROPOSAL_HEADER, at);
  const proposal = { number: body[4] ?? 0, protocol: body[5] ?? 0, spi, transforms: [transform] };
  return { ...frame, kind: "sa", doi: null, situation: null, proposals: [proposal] };
}

/** DOI and situation stand before the proposals in IKEv1 (RFC 2408 3.4); bytes. */
const DOI_AND_SITUATION = 8;
const ATTRIBUTE_HEADER = 4;
/** The bit of an attribute whose value takes the place of a length (RFC 2408 3.3). */
const FIXED_FORM = 0x8000;

/**
 * The offer of a message of IKEv1 that is its SA payload alone, as main mode 1 without vendor IDs, with the transforms of its first
 * proposal that were captured whole. Null where the message is whole, has more payloads or none of its transforms was captured.
 */
export function cutOfferV1({ header, available, payloads }: IkeMessage): SaPayload | null {
  const [only, ...others] = payloads;
  if (header.majorVersion !== 1 || only?.kind !== "opaque" || others.length > 0) return null;
  if (available >= header.length || only.type !== PAYLOAD_V1.SA) return null;
  if (only.offset + only.length !== header.length) return null;
  const { body, ...frame } = only;
  const spiAt = DOI_AND_SITUATION + PROPOSAL_HEADER;
  const transformsAt = spiAt + (body[spiAt - 2] ?? 0);
  const transforms = wholeTransforms(body, transformsAt);
  if (transforms.length === 0) return null;
  const [number = 0, protocol = 0] = body.subarray(DOI_AND_SITUATION + 4);
  const proposal = { number, protocol, spi: body.subarray(spiAt, transformsAt), transforms };
  return { ...frame, kind: "sa", doi: u32At(body, 0), situation: u32At(body, 4), proposals: [proposal] };
}

function wholeTransforms(body: Uint8Array, from: number): Transform[] {
  const transforms: Transform[] = [];
  for (let at = from; at + TRANSFORM_HEADER <= body.length;) {
    const end = at + u16At(body, at + 2);
    if (end < at + TRANSFORM_HEADER || end > body.length) break;
    const attributes = attributesIn(body.subarray(at + TRANSFORM_HEADER, end));
    transforms.push({ type: 0, id: body[at + 5] ?? 0, number: body[at + 4] ?? 0, attributes });
    at = end;
  }
  return transforms;
}

function attributesIn(bytes: Uint8Array): TransformAttribute[] {
  const attributes: TransformAttribute[] = [];
  for (let at = 0; at + ATTRIBUTE_HEADER <= bytes.length;) {
    const [form, value] = [u16At(bytes, at), u16At(bytes, at + 2)];
    const isFixed = (form & FIXED_FORM) !== 0;
    const from = at + ATTRIBUTE_HEADER;
    at = isFixed ? from : from + value;
    attributes.push({
      type: form & ~FIXED_FORM,
      value: isFixed ? value : null,
      bytes: isFixed ? null : bytes.subarray(from, at),
    });
  }
  return attributes;
}
