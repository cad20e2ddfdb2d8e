import type { ByteReader } from "../../../bytes/reader.js";
import { type PayloadFrame, payloadOf } from "../frame.js";
import type { VendorIdPayload } from "./type.js";

/** Vendor ID (RFC 7296 3.12, RFC 2408 3.16): bytes that only their owner defines. */
export function decodeVendorId(frame: PayloadFrame, body: ByteReader): VendorIdPayload {
  return payloadOf(frame, {
    kind: "vendorId",
    data: body.rest(),
  });
}
