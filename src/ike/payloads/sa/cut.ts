import { u16At } from "../../../bytes/reader.js";
import type { IkeMessage, SaPayload } from "../../message.js";
import { PAYLOAD_V2 } from "../../registries/payload-types.js";

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
