import type { ByteReader } from "../../../bytes/reader.js";
import type { CertificatePayload } from "./type.js";
import { type PayloadFrame, payloadOf } from "../frame.js";

/** Certificate (RFC 7296 3.6, RFC 2408 3.9): encoding, data; the certificate itself is not judged here. */
export function decodeCertificate(frame: PayloadFrame, body: ByteReader): CertificatePayload {
  const encoding = body.u8("certificate encoding");
  return payloadOf(frame, {
    kind: "certificate",
    encoding,
    data: body.rest(),
  });
}
