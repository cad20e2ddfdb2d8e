import type { ByteReader } from "../../../bytes/reader.js";
import type { EapPayload } from "./type.js";
import { type PayloadFrame, payloadOf } from "../frame.js";
import { EAP_CODE, EAP_METHOD } from "../../registries/eap.js";

const EXPANDED_HEADER = 7;

/**
 * EAP (RFC 7296 3.16): a message of RFC 3748 4. Requests and responses have a type, expanded ones (5.7) a vendor and the
 * vendor's type behind it. The message's own length is kept as it is; a type that is cut stays in the data.
 */
export function decodeEap(frame: PayloadFrame, body: ByteReader): EapPayload {
  const code = body.u8("EAP code");
  const identifier = body.u8("EAP identifier");
  const messageLength = body.u16("EAP length");
  const hasType = (code === EAP_CODE.REQUEST || code === EAP_CODE.RESPONSE) && body.remaining > 0;
  const method = hasType ? body.u8("EAP type") : null;
  const isExpanded = method === EAP_METHOD.EXPANDED && body.remaining >= EXPANDED_HEADER;
  const vendor = isExpanded ? { id: body.u24("vendor ID"), type: body.u32("vendor type") } : null;
  return payloadOf(frame, {
    kind: "eap",
    code,
    identifier,
    messageLength,
    method,
    vendor,
    data: body.rest(),
  });
}
