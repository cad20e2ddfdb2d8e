import { DecodeError } from "../../../bytes/problem.js";
import { ByteReader, u16At, u32At } from "../../../bytes/reader.js";
import type { IkeMessage, SaPayload, Transform } from "../../message.js";
import { PAYLOAD_V1, PAYLOAD_V2 } from "../../registries/payload-types.js";
import { readTransform } from "./decode-v1.js";

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
/** "Last" or "more follow", a reserved byte and the length stand before the rest of a transform; bytes. */
const CHAIN_HEADER = 4;

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

/** The transforms from `from` on that end within the captured bytes, up to the first one that cannot be read. */
function wholeTransforms(body: Uint8Array, from: number): Transform[] {
  const transforms: Transform[] = [];
  for (let at = from; at + TRANSFORM_HEADER <= body.length;) {
    const end = at + u16At(body, at + 2);
    if (end < at + TRANSFORM_HEADER || end > body.length) break;
    const transform = transformIn(new ByteReader(body, "IKE transform length", at + CHAIN_HEADER, end));
    if (transform === null) break;
    transforms.push(transform);
    at = end;
  }
  return transforms;
}

function transformIn(reader: ByteReader): Transform | null {
  try {
    return readTransform(reader);
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}
