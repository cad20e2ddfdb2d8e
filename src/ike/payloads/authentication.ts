import type { ByteReader } from "../../bytes/reader.js";
import type { AuthenticationPayload, HashPayload, PayloadFrame, SignaturePayload } from "../message.js";

/** AUTH of IKEv2 (RFC 7296 3.8): method, three reserved bytes, data. */
export function decodeAuthentication(frame: PayloadFrame, body: ByteReader): AuthenticationPayload {
  const method = body.u8("authentication method");
  body.skip(3, "authentication payload");
  return {
    kind: "authentication",
    type: frame.type,
    offset: frame.offset,
    length: frame.length,
    critical: frame.critical,
    method,
    data: body.rest(),
  };
}

/** HASH of IKEv1 (RFC 2408 3.11): data alone. */
export function decodeHash(frame: PayloadFrame, body: ByteReader): HashPayload {
  return {
    kind: "hash",
    type: frame.type,
    offset: frame.offset,
    length: frame.length,
    critical: frame.critical,
    data: body.rest(),
  };
}

/** SIG of IKEv1 (RFC 2408 3.12): data alone. */
export function decodeSignature(frame: PayloadFrame, body: ByteReader): SignaturePayload {
  return {
    kind: "signature",
    type: frame.type,
    offset: frame.offset,
    length: frame.length,
    critical: frame.critical,
    data: body.rest(),
  };
}
