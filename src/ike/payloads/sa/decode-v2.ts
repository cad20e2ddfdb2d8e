import type { ByteReader } from "../../../bytes/reader.js";
import { readAttributes } from "../attributes.js";
import { type PayloadFrame, payloadOf } from "../frame.js";
import { KnownProposals } from "./known-proposals.js";
import { readProposals } from "./proposals.js";
import type { SaPayload, Transform } from "./type.js";

const known = new KnownProposals((reader) => readProposals(reader, readTransform));

/** Security Association of IKEv2 (RFC 7296 3.3): proposals, each with typed transforms. */
export function decodeSaV2(frame: PayloadFrame, body: ByteReader): SaPayload {
  return payloadOf(frame, {
    kind: "sa",
    doi: null,
    situation: null,
    proposals: known.read(body),
  });
}

/** RFC 7296 3.3.2: type, reserved, transform ID, attributes. */
function readTransform(reader: ByteReader): Transform {
  const type = reader.u8("transform type");
  reader.skip(1, "transform");
  const id = reader.u16("transform ID");
  return { type, id, number: 0, attributes: readAttributes(reader) };
}
