import type { ByteReader } from "../../../bytes/reader.js";
import type { CertificateRequestPayload } from "./type.js";
import { type PayloadFrame, payloadOf } from "../frame.js";

/**
 * Certificate Request: an encoding, then the authority: SHA-1 hashes of public keys in IKEv2 (RFC 7296 3.7), a
 * distinguished name in IKEv1 (RFC 2408 3.10).
 */
export function decodeCertificateRequest(frame: PayloadFrame, body: ByteReader): CertificateRequestPayload {
  const encoding = body.u8("certificate encoding");
  return payloadOf(frame, {
    kind: "certificateRequest",
    encoding,
    authority: body.rest(),
  });
}
