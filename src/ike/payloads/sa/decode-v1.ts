import type { ByteReader } from "../../../bytes/reader.js";
import { readAttributes } from "../attributes.js";
import { faultAt } from "../decoder.js";
import { type PayloadFrame, payloadOf } from "../frame.js";
import type { OpaquePayload } from "../opaque/type.js";
import { KnownProposals } from "./known-proposals.js";
import { readProposals } from "./proposals.js";
import type { SaPayload, Transform } from "./type.js";

const DOI_IPSEC = 1;

const known = new KnownProposals((reader) => readProposals(reader, readTransform));

/** SIT_SECRECY and SIT_INTEGRITY bring labels behind the situation (RFC 2407 4.6.1); nothing in use sends them. */
const LABELLED_SITUATIONS = 0x06;

/**
 * Security Association of IKEv1 (RFC 2408 3.4, RFC 2407 4.6.1): DOI, situation, proposals. Only the IPsec DOI says
 * what follows the DOI field, so the payload of another one (GDOI) stays opaque.
 */
export function decodeSaV1(frame: PayloadFrame, body: ByteReader): SaPayload | OpaquePayload {
  const start = body.position;
  const doi = body.u32("domain of interpretation");
  if (doi !== DOI_IPSEC) {
    return payloadOf(frame, {
      kind: "opaque",
      body: body.bytes.subarray(start, body.end),
    });
  }
  const situation = body.u32("situation");
  if ((situation & LABELLED_SITUATIONS) !== 0) {
    throw faultAt(body, "situation", "secrecy or integrity labels are not decoded");
  }
  return payloadOf(frame, {
    kind: "sa",
    doi,
    situation,
    proposals: known.read(body),
  });
}

/** The rest of a transform behind its length (RFC 2408 3.6): number, transform ID, two reserved bytes, attributes. Throws DecodeError. */
export function readTransform(reader: ByteReader): Transform {
  const number = reader.u8("transform number");
  const id = reader.u8("transform ID");
  reader.skip(2, "transform");
  return { type: 0, id, number, attributes: readAttributes(reader) };
}
